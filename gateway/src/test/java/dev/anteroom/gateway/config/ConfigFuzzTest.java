package dev.anteroom.gateway.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFuzzTest {
    private static final int ROUNDS = 1_500;
    private static final List<String> NASTY = List.of(
            "\t",
            "\u0000",
            "\u2028",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a ",
            "!x ",
            "'",
            "\"",
            "|",
            ">",
            "#",
            "%",
            "@",
            "`",
            "? ",
            "---\n",
            "...\n",
            "null",
            "~",
            "<<: ",
            "99999999999999999999",
            "1e9",
            "-1",
            "\ud83d\ude00",
            "%YAML 1.1\n---\n",
            "\r",
            ",",
            "\\",
            "\n");

    @TempDir
    Path folder;

    @Test
    void load_mutatedFile_errorsWithLinesAndNeverAnException() throws IOException {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("ConfigFuzzTest seed " + seed + " (replay with -Danteroom.seed=" + seed + ")");
        Random random = new Random(seed);
        Path config = ConfigFixture.repositoryConfig();
        List<byte[]> originals = List.of(
                Files.readAllBytes(config.resolve("anteroom.yaml")),
                ConfigFixture.BASE.getBytes(StandardCharsets.UTF_8),
                Files.readAllBytes(config.resolve("examples/tls.yaml")));
        String contracts = Files.readString(config.resolve("contracts.yaml"));
        int rejected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = originals.get(round % originals.size());
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated = mutate(mutated, random);
            }
            int lines = new String(mutated, StandardCharsets.ISO_8859_1).split("\r\n|\r|\n", -1).length;
            if (ConfigFixture.load(folder, mutated, contracts) instanceof ConfigResult.Rejected(var errors)) {
                rejected++;
                assertFalse(errors.isEmpty());
                for (ConfigError error : errors) {
                    boolean wholeFile = error.line() == 0 && error.problem().contains("file");
                    assertTrue(
                            wholeFile || (error.line() >= 1 && error.line() <= lines + 20 && error.column() >= 1),
                            error.render());
                    assertFalse(error.render().contains("\n"), error.render());
                }
            }
        }
        assertTrue(rejected > ROUNDS / 4, "only " + rejected + " of " + ROUNDS + " were rejected");
    }

    private static byte[] mutate(byte[] original, Random random) {
        if (original.length == 0) {
            return original;
        }
        int at = random.nextInt(original.length);
        return switch (random.nextInt(7)) {
            case 0 -> {
                byte[] copy = original.clone();
                copy[at] = (byte) random.nextInt(256);
                yield copy;
            }
            case 1 -> splice(original, at, Math.min(original.length, at + 1 + random.nextInt(12)), new byte[0]);
            case 2 ->
                splice(original, at, at, NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8));
            case 3 -> random.nextInt(4) == 0 ? Arrays.copyOf(original, at) : splice(original, at, at, new byte[] {' '});
            case 4 -> lines(original, random, true);
            case 5 -> lines(original, random, false);
            default -> {
                int end = Math.min(original.length, at + 1 + random.nextInt(40));
                yield splice(original, at, at, Arrays.copyOfRange(original, at, end));
            }
        };
    }

    private static byte[] lines(byte[] original, Random random, boolean swap) {
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(original, StandardCharsets.ISO_8859_1).split("\n", -1)));
        int at = random.nextInt(lines.size());
        if (swap) {
            Collections.swap(lines, at, random.nextInt(lines.size()));
        } else if (random.nextBoolean()) {
            lines.add(at, lines.get(at));
        } else {
            lines.remove(at);
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] splice(byte[] original, int from, int to, byte[] fresh) {
        byte[] result = new byte[original.length - (to - from) + fresh.length];
        System.arraycopy(original, 0, result, 0, from);
        System.arraycopy(fresh, 0, result, from, fresh.length);
        System.arraycopy(original, to, result, from + fresh.length, original.length - to);
        return result;
    }
}
