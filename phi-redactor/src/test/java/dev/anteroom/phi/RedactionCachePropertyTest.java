package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A call says the same with a cache as without, whatever became of its conversation since the last call; {@code -Danteroom.seed=N} replays a
 * run.
 */
class RedactionCachePropertyTest {

    private static final int CONVERSATIONS = 150;
    private static final int CALLS = 10;
    private static final int MANY = 1_000;
    private static final long PLENTY = 1 << 24;
    private static final LocalDate LAST_DAY = LocalDate.of(2027, 3, 31);
    private static final InstantSource IN_FORCE = () -> Instant.parse("2027-03-31T23:59:59Z");
    private static final InstantSource EXPIRED = () -> Instant.parse("2027-04-01T00:00:00Z");

    private static final SiteKnowledge SITE = new SiteKnowledge(
            List.of("Quarrelwood Clinic"),
            List.of("Nadia Quillfeather"),
            List.of(new RecordNumberFormat("ward", "QW-99999")),
            List.of(
                    new ReviewedException("Zorblatt", List.of(), null, "an eponym", "R. Viewer", LAST_DAY),
                    new ReviewedException(
                            "Mopani",
                            List.of("sign"),
                            PhiCategory.NAME,
                            "an eponym",
                            "R. Viewer",
                            LAST_DAY.plusDays(9))));

    /** The first in every line says that the second is a name or a number; in the lines after they stand without a word of it. */
    private static final String[] PIECES = {
        "Patient: %N %M, MRN %I.",
        "Dr. %M saw the patient.",
        "Her physician is %N %M, MD.",
        "MRN: %I",
        "SSN 219-09-%i",
        "call (312) 555-01%d%d",
        "born 3/1%d/1961",
        "she lives at 12 %M Street, Boston, MA",
        "%M",
        "%N said that %M was late",
        "%n and %m too",
        "the number %I again",
        "%I",
        "was %i it?",
        "%B",
        "see https://x.example/?q=%U now",
        "\"%N\\n%M\"",
        "code %X.",
        "What is your MRN?",
        "It is %I",
        "4821",
        "Dr. Zorblatt maneuver",
        "Dr. Mopani sign",
        "Nadia Quillfeather at Quarrelwood Clinic",
        "QW-4%d821",
        "metformin 500 mg twice a day, BP 120/80",
        "[NAME_1] and [MRN_2]",
        "ask the next",
        "\u00E9\uD83D\uDE00\u200B",
        "\n",
        ""
    };

    private static final String[] GIVEN = {"Mary", "Tobias", "Ilse", "Grace", "Will"};
    private static final String[] FAMILY = {
        "Brightwater", "Okonjimo", "Vandersloot", "Long", "May", "Tarrow", "Zorblatt"
    };
    private static final String[] NUMBERS = {"48213907", "0048213", "7719", "A4821-77", "550123"};

    private static Random random() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        return new Random(seed);
    }

    private static String pick(Random random, String[] texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String piece = pick(random, PIECES);
            for (int at = 0; at < piece.length(); at++) {
                char c = piece.charAt(at);
                text.append(c == '%' ? value(random, piece.charAt(++at)) : String.valueOf(c));
            }
            text.append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static String value(Random random, char kind) {
        String name = pick(random, GIVEN) + " " + pick(random, FAMILY);
        byte[] hidden = ("for " + (random.nextBoolean() ? name : "MRN " + pick(random, NUMBERS)) + " only")
                .getBytes(StandardCharsets.UTF_8);
        return switch (kind) {
            case 'N' -> pick(random, GIVEN);
            case 'M' -> pick(random, FAMILY);
            case 'n' -> pick(random, GIVEN).toLowerCase(Locale.ROOT);
            case 'm' -> pick(random, FAMILY).toUpperCase(Locale.ROOT);
            case 'I' -> pick(random, NUMBERS);
            case 'i' -> String.valueOf(1000 + random.nextInt(20));
            case 'd' -> String.valueOf(random.nextInt(10));
            case 'B' -> Base64.getEncoder().encodeToString(hidden);
            case 'X' -> HexFormat.of().formatHex(hidden);
            case 'U' -> URLEncoder.encode(name, StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException("no such value");
        };
    }

    private static Position position(Random random) {
        String path = "$.messages[*]";
        return switch (random.nextInt(12)) {
            case 0 -> Position.person(path, pick(random, GIVEN));
            case 1 ->
                Position.number(path, random.nextBoolean() ? "48213907" : "550123", random.nextBoolean() ? "mrn" : "n");
            case 2 -> Position.text(path, pick(random, NUMBERS), "mrn");
            default -> Position.text(path, text(random));
        };
    }

    private static KnownValues known(Random random) {
        KnownValues.Builder known = KnownValues.builder();
        if (random.nextBoolean()) {
            known.add(PhiCategory.NAME, pick(random, GIVEN) + " " + pick(random, FAMILY));
        }
        if (random.nextBoolean()) {
            known.add(PhiCategory.MRN, pick(random, NUMBERS));
        }
        return known.build();
    }

    /** Does to a conversation what apps do to theirs: mostly, they add to it. */
    private static List<Position> next(Random random, List<Position> before) {
        List<Position> after = new ArrayList<>(before);
        int some = random.nextInt(before.size() + 1);
        switch (random.nextInt(12)) {
            case 0 -> after.subList(some, after.size()).clear();
            case 1 -> after.subList(0, some).clear();
            case 2 -> Collections.shuffle(after, random);
            case 3 -> after.add(some, position(random));
            case 4 -> {
                if (some < after.size()) {
                    after.set(some, position(random));
                }
            }
            case 5 -> {}
            default -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    after.add(position(random));
                }
            }
        }
        return after;
    }

    /** Takes the first word of a text for a name where the text before asks for it, and the last as the length of the next says. Reach 1. */
    private static final class Neighbours implements Detector {

        final AtomicLong seen = new AtomicLong();

        @Override
        public String version() {
            return "neighbours-1";
        }

        @Override
        public int reach() {
            return 1;
        }

        @Override
        public void detect(Document document, Candidates candidates) {
            seen.addAndGet(document.size());
            for (int i = 0; i < document.size(); i++) {
                Tokens t = document.tokens(i);
                if (t.count() > 0 && i > 0 && document.text(i - 1).toString().contains("next")) {
                    candidates.add(i, t.start(0), t.end(0), PhiCategory.NAME, "test.after", 0.7f);
                }
                if (t.count() > 0
                        && i + 1 < document.size()
                        && document.position(i + 1).text().length() % 3 == 0) {
                    candidates.add(
                            i, t.start(t.count() - 1), t.end(t.count() - 1), PhiCategory.ID, "test.before", 0.2f);
                }
            }
        }
    }

    /** Every redactor that may share a cache, and one more with a layer that looks at neighbours. */
    private static List<Redactor> redactors(Detector further) {
        List<Redactor> redactors = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            redactors.add(Redactor.create(profile, SiteKnowledge.none()));
            redactors.add(Redactor.create(profile, SITE, List.of(), IN_FORCE));
            redactors.add(Redactor.create(profile, SITE, List.of(), EXPIRED));
            redactors.add(Redactor.create(profile, SITE, List.of(further), IN_FORCE));
            redactors.add(Redactor.create(profile, SITE, List.of(Taggers.SHIPPED.layer(profile)), IN_FORCE));
        }
        return redactors;
    }

    private static void assertSame(List<Position> call, Redaction expected, Redaction actual) {
        assertEquals(expected.spans(), actual.spans());
        assertEquals(expected.vault().size(), actual.vault().size());
        assertEquals(expected.outboundScan().toString(), actual.outboundScan().toString());
        for (Span span : expected.spans()) {
            String value = call.get(span.position()).text().substring(span.start(), span.end());
            for (String part : value.split("\\P{L}+")) {
                assertEquals(clean(expected, part), clean(actual, part));
            }
            assertEquals(clean(expected, value), clean(actual, value));
        }
        for (int i = 0; i < call.size(); i++) {
            if (call.get(i).form() == Position.Form.NUMBER) {
                assertEquals(expected.number(i).value(), actual.number(i).value());
                continue;
            }
            String text = expected.text(i).value();
            assertEquals(text, actual.text(i).value());
            assertEquals(Restored.text(expected.vault(), text), Restored.text(actual.vault(), text));
        }
    }

    private static boolean clean(Redaction redaction, String text) {
        byte[] json = ('"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"')
                .getBytes(StandardCharsets.UTF_8);
        return redaction.outboundScan().clean(json, 0, json.length, _ -> false);
    }

    /** Leads one conversation through many calls, with changing redactors, tenants and knowledge. */
    private static void converse(Random random, List<Redactor> redactors, RedactionCache cache) {
        Redactor redactor = redactors.get(random.nextInt(redactors.size()));
        RedactionCache.Scope scope = new RedactionCache.Scope("north");
        KnownValues known = known(random);
        List<List<Position>> branches = new ArrayList<>();
        List<Position> call = List.of();
        for (int i = 0; i < CALLS; i++) {
            branches.add(call);
            if (random.nextInt(8) == 0) {
                call = branches.get(random.nextInt(branches.size()));
            }
            call = next(random, call);
            switch (random.nextInt(12)) {
                case 0 -> redactor = redactors.get(random.nextInt(redactors.size()));
                case 1 -> scope = new RedactionCache.Scope(random.nextBoolean() ? "north" : "south");
                case 2 -> known = known(random);
                default -> {}
            }
            long seed = random.nextLong();
            Redaction expected = redactor.redact(call, known, new Random(seed));
            Redaction actual = redactor.redact(call, known, new Random(seed), cache, scope);
            assertSame(call, expected, actual);
        }
    }

    @Test
    void redact_conversationsSharingACache_sayTheSameAsWithout() {
        Random random = random();
        Neighbours neighbours = new Neighbours();
        RedactionCache cache = new RedactionCache(MANY, PLENTY, random);
        List<Redactor> redactors = redactors(neighbours);
        for (int i = 0; i < CONVERSATIONS; i++) {
            converse(random, redactors, cache);
        }
        assertTrue(cache.size() > 0 && cache.size() <= MANY);
    }

    @Test
    void redact_cacheThatLosesNearlyEverything_saysTheSameAsWithout() {
        Random random = random();
        List<Redactor> redactors = redactors(new Neighbours());
        for (int i = 0; i < CONVERSATIONS; i++) {
            RedactionCache cache = random.nextBoolean()
                    ? new RedactionCache(16 + random.nextInt(64), PLENTY, random)
                    : new RedactionCache(MANY, 16L * (200 + random.nextInt(2_000)), random);
            converse(random, redactors, cache);
        }
    }

    @Test
    void redact_threadsSharingACache_sayTheSameAsWithout() throws Exception {
        Random random = random();
        RedactionCache cache = new RedactionCache(MANY, PLENTY, random);
        List<Redactor> redactors = redactors(new Neighbours());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < CONVERSATIONS / 3; i++) {
                long seed = random.nextLong();
                Callable<Void> same = () -> {
                    converse(new Random(seed), redactors, cache);
                    return null;
                };
                for (Future<Void> done : threads.invokeAll(List.of(same, same))) {
                    done.get();
                }
            }
        }
    }

    /** Two calls of one tenant go on from the same turns in different ways, at the same time. */
    @Test
    void redact_branchesOfOneConversationAtOnce_sayTheSameAsWithout() throws Exception {
        Random random = random();
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        RedactionCache.Scope scope = new RedactionCache.Scope("north");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                RedactionCache cache = new RedactionCache(MANY, PLENTY, random);
                List<Position> shared = new ArrayList<>();
                for (int k = 0; k < 12; k++) {
                    shared.add(Position.text("$", "Dr. " + pick(random, FAMILY) + " called; " + pick(random, FAMILY)));
                }
                redactor.redact(shared, KnownValues.none(), random, cache, scope);
                List<Callable<Void>> branches = new ArrayList<>();
                for (String end : List.of("How is she?", "And the dose?")) {
                    List<Position> call = new ArrayList<>(shared);
                    call.add(Position.text("$", end));
                    Redaction expected = redactor.redact(call, KnownValues.none(), new Random(5));
                    branches.add(() -> {
                        for (int k = 0; k < CALLS; k++) {
                            assertSame(
                                    call,
                                    expected,
                                    redactor.redact(call, KnownValues.none(), new Random(5), cache, scope));
                        }
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(branches)) {
                    done.get();
                }
            }
        }
    }

    @Test
    void redact_turnAdded_readsOnlyItAndItsNeighbours() {
        Random random = random();
        Neighbours neighbours = new Neighbours();
        Redactor redactor = Redactor.create(Profile.BALANCED, SITE, List.of(neighbours), IN_FORCE);
        RedactionCache cache = new RedactionCache(MANY, PLENTY, random);
        List<Position> call = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            call.add(Position.text("$", "Turn " + i + ": Dr. " + pick(random, FAMILY) + " called."));
            neighbours.seen.set(0);
            redactor.redact(call, KnownValues.none(), random, cache, new RedactionCache.Scope("north"));
            assertTrue(neighbours.seen.get() <= 3, () -> "saw " + neighbours.seen);
        }
        neighbours.seen.set(0);
        redactor.redact(call, KnownValues.none(), random, cache, new RedactionCache.Scope("south"));
        assertEquals(20, neighbours.seen.get());
    }

    @Test
    void redact_valueThatOnlyTheNextTurnShows_isFoundInTurnsBefore() {
        Redactor redactor = Redactor.create(Profile.BALANCED, SITE, List.of(new Neighbours()), IN_FORCE);
        RedactionCache cache = new RedactionCache(MANY, PLENTY, new Random(3));
        RedactionCache.Scope scope = new RedactionCache.Scope("north");
        List<Position> call = new ArrayList<>();
        for (String text : List.of("the ferrolite stays", "a ferrolite", "and more", "a ferrolite", "yes")) {
            call.add(Position.text("$", text));
            Redaction expected = redactor.redact(call, KnownValues.none(), new Random(5));
            assertSame(call, expected, redactor.redact(call, KnownValues.none(), new Random(5), cache, scope));
        }
        assertEquals(
                "the [ID_1] stays",
                redactor.redact(call, KnownValues.none(), new Random(5), cache, scope)
                        .text(0)
                        .value());
    }
}
