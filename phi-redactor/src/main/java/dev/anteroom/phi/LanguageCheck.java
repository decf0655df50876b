package dev.anteroom.phi;

/**
 * Tells whether a whole text is in another language than English, the only one for which detection was measured.
 * Stateless. Time is linear in the text.
 *
 * <p>It is slow to say so. Texts of fewer than {@value #LEAST_WORDS} words, JSON documents, and texts without the small words of some language,
 * such as lists of names, drugs or codes, are never foreign. A long English text with a sentence of another language is English.
 */
public final class LanguageCheck {

    private static final int LEAST_WORDS = 12;

    /** About as much as twelve words say, in scripts that put no spaces between them too. */
    private static final int LEAST_OTHER_LETTERS = 30;

    /** Of all words, the part that must be small words of one language: one in so many. */
    private static final int ONE_SMALL_WORD_IN = 8;

    private static final int LEAST_SMALL_WORDS = 4;
    private static final int LEAST_DIFFERENT = 3;
    private static final int LONGEST = 10;

    private static final String ENGLISH = """
            the of and to in is was with for on at he she his her him they their it its this that these those not no are were be been has
            have had by from as an a or but if which who when what will would can could should may might do does did after before then than
            there here you your i my me we our us so all any some more most into over under about because while during also only very
            """;

    /**
     * Words that are frequent in one of the languages, one language a line. Left out is what is English too, what is part of names (de, la, van,
     * der), and what is a clinical abbreviation (na, po, od, co, se).
     */
    private static final String[] OTHERS = {
        "que con por para una los las fue sin pero como más está están tiene su sus lo ha este esta desde hace también muy cuando"
                + " presenta refiere ser entre hay porque donde durante sobre hasta nos fueron ella después antes mi",
        "les une est dans pour avec sur par qui pas plus cette ces son ses sont été elle nous vous ont mais aux depuis sans comme très"
                + " avait était leur après chez aussi être fait deux même donc où je ne que et il ce",
        "und mit ist nicht ein eine einen einem einer wurde wird auf für sich bei dem auch nach aus wie hat haben sind zur zum oder noch"
                + " nur über seit keine unter durch vor kein ich sie wir ihr ihre sein seine dass wurden beim es im das",
        "que com uma para não foi por mais como ao dos das ele ela seu sua está são tem há sem nos nas também já quando muito mas depois"
                + " até desde apresenta refere pelo pela foram ser sobre entre eu meu minha em um os",
        "che con una per non sono della alla nel nella dal dalla più anche come gli suo sua stato stata ma ha è questo questa dopo senza"
                + " dei delle degli ed presenta molto quando fino due essere tra ai il un si",
        "nie się jest oraz przez dla że od jak ale był była było są ze przy który która które jego jej tak tym już bez pacjent kilku"
                + " został została bardzo również także przed między może mnie ich",
        "het een niet met voor zijn dat die ook naar bij aan werd wordt maar heeft deze dit uit nog geen tot zij hij haar worden"
                + " sinds door omdat waren kan ik mijn te er om op en ze",
        "và của là có không được cho với người trong các một này đã tôi bị khi những từ bệnh nhân đến sau trước để vào ngày như nhưng cũng"
                + " rất ở về",
        "ang ng sa mga ay siya niya ako hindi ito kung nang naman dahil kanyang kaniyang lang din rin isang wala nga mula noong ni"
                + " pasyente kanya namin nila pero para si ko ba"
    };

    private static final int ENGLISH_BIT = 1 << OTHERS.length;
    private static final String[] WORDS = new String[2048];
    private static final int[] LANGUAGES = new int[WORDS.length];

    static {
        for (int i = 0; i < OTHERS.length; i++) {
            enter(OTHERS[i], 1 << i);
        }
        enter(ENGLISH, ENGLISH_BIT);
    }

    private LanguageCheck() {}

    private static void enter(String words, int language) {
        for (String word : words.split("\\s+")) {
            int hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = hash * 31 + word.charAt(i);
            }
            int slot = slot(word.length(), hash);
            while (WORDS[slot] != null && !WORDS[slot].equals(word)) {
                slot = slot + 1 & WORDS.length - 1;
            }
            WORDS[slot] = word;
            LANGUAGES[slot] |= language;
        }
    }

    private static int slot(int length, int hash) {
        int mixed = (hash + length) * 0x9E3779B9;
        return mixed >>> 21;
    }

    /** Returns whether a text as a whole is in a language other than English. */
    public static boolean isForeign(String text) {
        if (isJson(text)) {
            return false;
        }
        Counts counts = new Counts();
        int length = text.length();
        int at = 0;
        while (at < length) {
            char c = text.charAt(at);
            if (isAsciiLetter(c) || (c >= 128 && isLatin(text.codePointAt(at)))) {
                at = counts.word(text, at);
            } else if (c < 128) {
                at++;
            } else {
                int other = text.codePointAt(at);
                counts.otherLetters += Character.isLetter(other) ? 1 : 0;
                at += Character.charCount(other);
            }
        }
        return counts.foreign();
    }

    private static boolean isJson(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return end - start >= 2
                && ((text.charAt(start) == '{' && text.charAt(end - 1) == '}')
                        || (text.charAt(start) == '[' && text.charAt(end - 1) == ']'));
    }

    private static boolean isAsciiLetter(char c) {
        int lower = c | 32;
        return lower >= 'a' && lower <= 'z';
    }

    /** Returns whether a character beyond ASCII is a Latin letter. */
    private static boolean isLatin(int c) {
        return Character.isLetter(c) && (c < 0x250 || Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
    }

    /** What was counted in one text. Confined to one thread. */
    private static final class Counts {

        private int words;
        private int latinLetters;
        private int otherLetters;
        private int english;
        private final int[] hits = new int[OTHERS.length];
        private final long[] different = new long[OTHERS.length];

        /** Counts the word that begins at an offset, and returns the offset after it. */
        int word(String text, int start) {
            int length = text.length();
            int hash = 0;
            int end = start;
            while (end < length) {
                char c = text.charAt(end);
                if (isAsciiLetter(c)) {
                    hash = hash * 31 + (c | 32);
                    end++;
                } else if (c >= 128 && isLatin(text.codePointAt(end))) {
                    hash = hash * 31 + Character.toLowerCase(c);
                    end += Character.charCount(text.codePointAt(end));
                } else {
                    break;
                }
            }
            words++;
            latinLetters += end - start;
            // Capitals are abbreviations more often than words.
            boolean shouted = end - start > 1 && Character.isUpperCase(text.charAt(end - 1));
            if (end - start <= LONGEST && !shouted) {
                lookUp(text, start, end - start, hash);
            }
            return end;
        }

        private void lookUp(String text, int start, int length, int hash) {
            int slot = slot(length, hash);
            while (WORDS[slot] != null) {
                if (WORDS[slot].length() == length && text.regionMatches(true, start, WORDS[slot], 0, length)) {
                    count(LANGUAGES[slot], slot);
                    return;
                }
                slot = slot + 1 & WORDS.length - 1;
            }
        }

        private void count(int languages, int slot) {
            if ((languages & ENGLISH_BIT) != 0) {
                english++;
                return;
            }
            for (int i = 0; i < hits.length; i++) {
                if ((languages & 1 << i) != 0) {
                    hits[i]++;
                    different[i] |= 1L << (slot * 0x9E3779B9 >>> 26);
                }
            }
        }

        boolean foreign() {
            if (otherLetters >= LEAST_OTHER_LETTERS && otherLetters > latinLetters) {
                return true;
            }
            if (words < LEAST_WORDS) {
                return false;
            }
            for (int i = 0; i < hits.length; i++) {
                if (hits[i] >= LEAST_SMALL_WORDS
                        && hits[i] * ONE_SMALL_WORD_IN >= words
                        && hits[i] > 2 * english
                        && Long.bitCount(different[i]) >= LEAST_DIFFERENT) {
                    return true;
                }
            }
            return false;
        }
    }
}
