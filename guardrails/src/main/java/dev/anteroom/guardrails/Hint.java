package dev.anteroom.guardrails;

import java.util.List;

/** What kind of thing a question asks for, or a sentence holds: bits of one number. */
final class Hint {

    static final int AMOUNT = 1;
    static final int TIME = 2;
    static final int PERSON = 4;
    static final int PLACE = 8;
    static final int REASON = 16;
    static final int FREQUENCY = 32;
    /** A unit of measure; with a number before it an amount. */
    static final int UNIT = 64;

    private Hint() {}

    /** Words of a question that tell what it asks for. */
    static TermTable asked() {
        TermTable table = new TermTable(64);
        enter(
                table,
                AMOUNT,
                "dose dosage doses strength amount much mg quantity level value weight height rate result");
        enter(table, TIME, "when date day time long since until deadline appointment");
        enter(table, PERSON, "who whom whose");
        enter(table, PLACE, "where");
        enter(table, REASON, "why reason cause purpose");
        enter(table, FREQUENCY, "often frequency frequently times");
        return table;
    }

    /** Words of a sentence that tell what it holds. */
    static TermTable held() {
        TermTable table = new TermTable(160);
        enter(
                table,
                UNIT,
                "mg mcg g kg ml l dl mm cm mmhg meq iu unit units tablet tablets capsule capsules pill pills puff puffs drop"
                        + " drops percent bpm pounds lb lbs inches cups glasses teaspoon tablespoon patch");
        enter(
                table,
                TIME,
                "january february march april june july august september october november december jan feb mar apr jun jul"
                        + " aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday today tomorrow"
                        + " yesterday tonight morning evening noon night bedtime week weeks month months year years day days"
                        + " hour hours minute minutes ago");
        enter(table, PERSON, "dr doctor physician nurse surgeon pharmacist mr mrs ms");
        enter(table, PLACE, "clinic hospital ward unit office pharmacy room department home");
        enter(table, REASON, "because due since therefore cause caused causes secondary");
        enter(
                table,
                FREQUENCY,
                "daily twice once thrice weekly monthly nightly hourly every bid tid qid qd qhs prn times each");
        return table;
    }

    private static void enter(TermTable table, int hint, String words) {
        Terms terms = new Terms();
        terms.reset(words, 0, words.length());
        while (terms.next()) {
            table.putIfAbsent(terms.plain(), hint);
        }
    }

    /** Stop words, and what a question consists of besides its matter. */
    static TermTable stopWords() {
        TermTable table = new TermTable(200);
        for (String words : List.of(
                "a an the of to in on at by for from with without about into over under as and or but nor so than that this",
                "these those there here it its is are was were be been being am do does did done has have had having can could",
                "will would shall should may might must i me my mine we us our you your yours he him his she her hers they them",
                "their what which who whom whose when where why how if then else not no yes please tell say said give show",
                "find list describe explain according context document documents text note notes much many any some all each",
                "also just only very more most other such up down out off again once s t d ll re ve m",
                "patient patients get got go going know question answer often long")) {
            enter(table, 0, words);
        }
        return table;
    }

    /** Words that mean the same here, in groups. */
    static List<String> synonyms() {
        return List.of(
                "dose dosage strength",
                "medication medicine drug med prescription",
                "doctor physician dr provider clinician",
                "operation surgery procedure",
                "appointment visit followup",
                "allergy allergic reaction",
                "cause reason due because",
                "begin start initiate",
                "stop discontinue cease",
                "bp pressure",
                "hour hr",
                "week wk",
                "age old",
                "diagnosis diagnosed diagnose dx",
                "symptom complaint complain");
    }
}
