package dev.anteroom.phi;

import java.text.Normalizer;

/** What every character that is not ASCII is read as. Immutable. */
final class Folding {

    /** The character is not seen: it is dropped. */
    static final int DROP = -1;

    /** The character stands for itself. */
    static final int KEEP = -2;

    /** Results from here on are expansions into several characters. */
    static final int EXPANSION = 0x10000;

    private static final String[] EXPANSIONS = {"ss", "ae", "AE", "oe", "OE", "ff", "fi", "fl", "ffi", "ffl", "st"};

    private static final String LOOK_ALIKES =
            "аaеeоoрpсcхxуyіiјjѕsһhԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSԌGԚQԜWαaοoνvρpιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"
                    + "ıiłlŁLøoØOđdĐDħhŧtƒfɡgʻ'ʼ'‘'’'‚'‛'′'“\"”\"„\"«\"»\"″\"‹'›'⁄/∕/∶:․.‥.。.、,";

    private static final char[] TABLE = new char[0x10000];
    private static final char DROPPED = 1;
    private static final char EXPANDED = 2;

    /** Mathematical alphanumeric symbols, U+1D400 to U+1D7FF. */
    private static final char[] MATHEMATICAL = new char[0x400];

    static {
        for (int c = 128; c < 0x10000; c++) {
            TABLE[c] = plain((char) c);
        }
        for (int i = 0; i < LOOK_ALIKES.length(); i += 2) {
            TABLE[LOOK_ALIKES.charAt(i)] = LOOK_ALIKES.charAt(i + 1);
        }
        for (int i = 0; i < MATHEMATICAL.length; i++) {
            String plain = Normalizer.normalize(Character.toString(0x1D400 + i), Normalizer.Form.NFKD);
            MATHEMATICAL[i] = plain.length() == 1 && plain.charAt(0) < 128 ? plain.charAt(0) : 0;
        }
    }

    private Folding() {}

    private static char plain(char c) {
        if (Character.isSurrogate(c)) {
            return c;
        }
        switch (Character.getType(c)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {
                return DROPPED;
            }
            case Character.SPACE_SEPARATOR -> {
                return ' ';
            }
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                return '\n';
            }
            case Character.DASH_PUNCTUATION -> {
                return '-';
            }
            case Character.DECIMAL_DIGIT_NUMBER -> {
                return (char) ('0' + Character.digit(c, 10));
            }
            case Character.OTHER_LETTER -> {
                return c == '\u115F' || c == '\u1160' || c == '\u3164' ? DROPPED : c;
            }
            default -> {
                if (c == '\u2212') {
                    return '-';
                }
                if (expansionIndex(c) >= 0) {
                    return EXPANDED;
                }
                String whole = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
                boolean base = whole.length() == 1;
                for (int i = 1; i < whole.length(); i++) {
                    base = Character.getType(whole.charAt(i)) == Character.NON_SPACING_MARK && (base || i == 1);
                }
                return base && !Character.isSurrogate(whole.charAt(0)) ? whole.charAt(0) : c;
            }
        }
    }

    private static int expansionIndex(char c) {
        return switch (c) {
            case 'ß' -> 0;
            case 'æ' -> 1;
            case 'Æ' -> 2;
            case 'œ' -> 3;
            case 'Œ' -> 4;
            case '\uFB00' -> 5;
            case '\uFB01' -> 6;
            case '\uFB02' -> 7;
            case '\uFB03' -> 8;
            case '\uFB04' -> 9;
            case '\uFB05', '\uFB06' -> 10;
            default -> -1;
        };
    }

    /** Returns what a character of the basic plane is read as: a character, {@link #DROP} or an expansion. */
    static int basic(char c) {
        char plain = TABLE[c];
        if (plain == DROPPED) {
            return DROP;
        }
        return plain == EXPANDED ? EXPANSION + expansionIndex(c) : plain;
    }

    /** Returns what a character outside the basic plane is read as: an ASCII character, {@link #DROP} or {@link #KEEP}. */
    static int supplementary(int codePoint) {
        int mathematical = codePoint - 0x1D400;
        if (mathematical >= 0 && mathematical < MATHEMATICAL.length && MATHEMATICAL[mathematical] != 0) {
            return MATHEMATICAL[mathematical];
        }
        int type = Character.getType(codePoint);
        if (type == Character.FORMAT || type == Character.NON_SPACING_MARK) {
            return DROP;
        }
        return type == Character.DECIMAL_DIGIT_NUMBER ? '0' + Character.digit(codePoint, 10) : KEEP;
    }

    static String expansion(int folded) {
        return EXPANSIONS[folded - EXPANSION];
    }
}
