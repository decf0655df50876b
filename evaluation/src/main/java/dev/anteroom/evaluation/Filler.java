package dev.anteroom.evaluation;

import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.corpus.SampleValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Fills wordings: {@code {slot}} is a value, {@code [a|b|]} a choice, {@code \n} a line break. Confined to one thread. */
final class Filler {
    private static final String[] STATES = {"OH", "TX", "CA", "NY", "WA", "MN", "GA", "PA"};
    private static final int OVER_89_IN = 8;

    private final Random random;
    private final SampleValues samples;
    private final List<String> given;
    private final List<String> family;
    private final List<String> cities;
    private final List<String> facilities;
    private final Map<String, List<String>> words;

    Filler(Random random, DataFolder data) {
        this.random = random;
        this.samples = SampleValues.from(random);
        this.given = data.givenNames();
        this.family = data.familyNames();
        this.cities = data.cities();
        this.facilities = data.facilities();
        this.words = data.words();
    }

    LabelledText fill(String frame) {
        String decided = decide(frame, random).replace("\\n", "\n");
        TextBuilder text = new TextBuilder();
        int at = 0;
        for (int open = decided.indexOf('{'); open >= 0; open = decided.indexOf('{', open + 1)) {
            int close = open + 1;
            while (close < decided.length() && isSlot(decided.charAt(close))) {
                close++;
            }
            if (close > open + 1 && close < decided.length() && decided.charAt(close) == '}') {
                text.add(decided.substring(at, open));
                add(text, decided.substring(open + 1, close));
                at = close + 1;
            }
        }
        return text.add(decided.substring(at)).build();
    }

    private static boolean isSlot(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    }

    /** Choices hold a bar; other brackets, as of a list in JSON, stay. */
    static String decide(String frame, Random random) {
        StringBuilder text = new StringBuilder(frame.length());
        int at = 0;
        for (int open = frame.indexOf('['); open >= 0; open = frame.indexOf('[', open + 1)) {
            int close = frame.indexOf(']', open);
            if (close < 0) {
                break;
            }
            String inside = frame.substring(open + 1, close);
            if (open >= at && inside.indexOf('|') >= 0) {
                String[] choices = inside.split("\\|", -1);
                text.append(frame, at, open).append(choices[random.nextInt(choices.length)]);
                at = close + 1;
            }
        }
        return text.append(frame, at, frame.length()).toString();
    }

    private void add(TextBuilder text, String slot) {
        switch (slot) {
            case "name" -> name(text);
            case "full" -> text.add(Identifier.NAME, pick(given) + ' ' + pick(family));
            case "first" -> text.add(Identifier.NAME, pick(given));
            case "last", "fam" -> text.add(Identifier.NAME, pick(family));
            case "short" -> text.add(pick(List.of("Mr. ", "Ms. ", "Mrs. "))).add(Identifier.NAME, pick(family));
            case "init" ->
                text.add(
                        Identifier.NAME,
                        pick(given).charAt(0) + "." + pick(family).charAt(0) + '.');
            case "dr" ->
                text.add("Dr. ")
                        .add(Identifier.NAME, random.nextBoolean() ? pick(family) : pick(given) + ' ' + pick(family));
            case "fac" -> text.add(Identifier.FACILITY, pick(facilities));
            case "city" -> text.add(Identifier.PLACE, pick(cities));
            case "county" -> text.add(Identifier.PLACE, pick(family) + " County");
            case "street" -> street(text);
            case "addr" -> {
                street(text);
                text.add(", ")
                        .add(Identifier.PLACE, pick(cities))
                        .add(", " + state() + ' ')
                        .add(Identifier.ZIP, samples.next("zip"));
            }
            case "zip" -> text.add(Identifier.ZIP, samples.next("zip"));
            case "age" -> age(text);
            case "dob" -> text.add(Identifier.DATE, samples.next("date.birth"));
            case "hl7birth" ->
                text.add(
                        Identifier.DATE,
                        (1940 + random.nextInt(60)) + "0" + (1 + random.nextInt(9)) + (10 + random.nextInt(18)));
            case "isobirth" ->
                text.add(
                        Identifier.DATE,
                        (1940 + random.nextInt(60)) + "-0" + (1 + random.nextInt(9)) + "-" + (10 + random.nextInt(18)));
            case "id" -> text.add(Identifier.RECORD_NUMBER, samples.next("record"));
            case "plan" -> sample(text, "plan.member", "plan.mbi", "plan.medicaid");
            case "acct" -> sample(text, "account.number");
            case "lic" -> sample(text, "license.driver", "license.medical", "license.npi", "license.dea");
            case "veh" -> sample(text, "vehicle.vin", "vehicle.plate");
            case "dev" -> sample(text, "device.serial", "device.mac");
            case "date",
                    "phone",
                    "fax",
                    "email",
                    "ssn",
                    "mrn",
                    "url",
                    "ip",
                    "ssn.dashed",
                    "plan.member",
                    "plan.mbi",
                    "account.number",
                    "account.card",
                    "license.npi",
                    "vehicle.plate",
                    "vehicle.vin",
                    "device.serial",
                    "device.mac" -> sample(text, slot);
            default -> text.add(harmless(slot));
        }
    }

    /** What identifies nobody. */
    private String harmless(String slot) {
        return switch (slot) {
            case "state" -> state();
            case "year" -> Integer.toString(1990 + random.nextInt(35));
            case "wday" -> pick(List.of("Monday", "Wednesday", "Friday"));
            case "n" -> Integer.toString(1 + random.nextInt(30));
            case "dur" -> (2 + random.nextInt(9)) + pick(List.of(" days", " weeks", " months"));
            case "dose" -> pick(List.of("5 mg", "10 mg daily", "40 mg BID", "500 mg q8h", "2 g IV", "0.5 mcg/kg/min"));
            case "sex" -> pick(List.of("male", "female", "man", "woman"));
            case "icdc" -> pick(List.of("E11.9", "I50.22", "J44.1", "N18.32", "C50.911", "F32.1"));
            default -> {
                List<String> some = words.get(slot.toUpperCase(Locale.ROOT));
                if (some == null || some.isEmpty()) {
                    throw new IllegalArgumentException("--data: frames with slot {" + slot
                            + "} (expected: a known slot or a section of words.txt)");
                }
                yield pick(some);
            }
        };
    }

    private void name(TextBuilder text) {
        switch (random.nextInt(4)) {
            case 0 -> text.add(Identifier.NAME, pick(family) + ", " + pick(given));
            case 1 ->
                text.add(Identifier.NAME, pick(given) + ' ' + (char) ('A' + random.nextInt(26)) + ". " + pick(family));
            default -> text.add(Identifier.NAME, pick(given) + ' ' + pick(family));
        }
    }

    private void street(TextBuilder text) {
        text.add(
                Identifier.PLACE,
                (1 + random.nextInt(9800)) + " " + pick(family)
                        + pick(List.of(" Street", " Ave", " Rd", " Lane", " Drive")));
    }

    private void age(TextBuilder text) {
        if (random.nextInt(OVER_89_IN) == 0) {
            text.add(Identifier.AGE_OVER_89, samples.next("age"));
        } else {
            text.add(Integer.toString(1 + random.nextInt(89)));
        }
        text.add(pick(List.of("-year-old", " yo", " y/o", " year old")));
    }

    private void sample(TextBuilder text, String... slots) {
        String slot = slots[random.nextInt(slots.length)];
        text.add(SampleValues.kindOf(slot), samples.next(slot));
    }

    private String state() {
        return STATES[random.nextInt(STATES.length)];
    }

    String pick(List<String> items) {
        return items.get(random.nextInt(items.size()));
    }
}
