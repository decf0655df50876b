package dev.anteroom.gateway.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a whole file of bounded size as UTF-8; what it holds is never repeated in a problem. Stateless. */
final class TextFile {
    static final int MAX_BYTES = 1 << 20;

    private TextFile() {}

    /** The text of the file without its byte order mark, or null where it cannot be had, which is then in {@code problems}. */
    static @Nullable String read(Path file, Problems problems, String expected) {
        byte[] bytes = problems.bytes(file, MAX_BYTES + 1, expected);
        if (bytes == null) {
            return null;
        }
        if (bytes.length > MAX_BYTES) {
            problems.add(0, 0, "", "the file is too large", "at most " + Units.showSize(MAX_BYTES));
            return null;
        }
        return decode(bytes, problems);
    }

    private static @Nullable String decode(byte[] bytes, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        out.flip();
        if (result.isError()) {
            int line = 1;
            int lineStart = 0;
            for (int i = 0; i < out.length(); i++) {
                if (out.get(i) == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            problems.add(line, out.length() - lineStart + 1, "", "the file is not UTF-8 from here on", "UTF-8");
            return null;
        }
        return !out.isEmpty() && out.get(0) == '\uFEFF'
                ? out.subSequence(1, out.length()).toString()
                : out.toString();
    }
}
