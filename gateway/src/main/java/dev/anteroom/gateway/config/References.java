package dev.anteroom.gateway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code env:NAME} and {@code file:PATH}; what stands there instead is never repeated in a message. Stateless. */
final class References {
    private static final String FILE = "file:";
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final String SECRET_EXPECTED = "env:NAME or file:PATH, which says where the secret is kept";
    private static final String FILE_EXPECTED = "file:PATH, relative to the folder of this file";

    private References() {}

    static @Nullable SecretReference secret(Section section, String key, Path folder) {
        if (!section.has(key)) {
            return null;
        }
        String text = section.isText(key) ? section.textOrNull(key, SECRET_EXPECTED) : null;
        if (text == null) {
            if (!section.isText(key)) {
                section.wrong(key, "this is not a reference to a secret", SECRET_EXPECTED);
            }
            return null;
        }
        if (text.startsWith("env:")) {
            String name = text.substring("env:".length());
            if (ENV_NAME.matcher(name).matches()) {
                return new SecretReference.Env(name);
            }
            section.wrong(key, "this is not the name of an environment variable", SECRET_EXPECTED);
            return null;
        }
        if (text.startsWith(FILE)) {
            FileReference file = resolve(section, key, text, folder);
            return file == null ? null : new SecretReference.File(file);
        }
        section.wrong(key, "a secret must not stand in this file, only where it is kept", SECRET_EXPECTED);
        return null;
    }

    static @Nullable FileReference file(Section section, String key, Path folder) {
        String text = section.textOrNull(key, FILE_EXPECTED);
        if (text == null) {
            return null;
        }
        if (!text.startsWith(FILE)) {
            section.wrong(key, "this is not a reference to a file", FILE_EXPECTED);
            return null;
        }
        return resolve(section, key, text, folder);
    }

    /** Whether a text of a list means a file of further texts. */
    static boolean isFile(String text) {
        return text.startsWith(FILE);
    }

    /** The file that one element of a list names. */
    static @Nullable FileReference file(Section section, String key, int index, String text, Path folder) {
        FileReference file = parsed(text, folder);
        if (file == null) {
            section.wrong(key, index, "this is not the path of a file", FILE_EXPECTED);
        }
        return file;
    }

    private static @Nullable FileReference resolve(Section section, String key, String text, Path folder) {
        FileReference file = parsed(text, folder);
        if (file == null) {
            section.wrong(key, "this is not the path of a file", FILE_EXPECTED);
        }
        return file;
    }

    private static @Nullable FileReference parsed(String text, Path folder) {
        String written = text.substring(FILE.length());
        try {
            Path path = Path.of(written);
            if (!written.isBlank() && !written.startsWith("//")) {
                return new FileReference(written, folder.resolve(path).normalize());
            }
        } catch (InvalidPathException e) {
            // The callers have one message for all of these; the exception would repeat the text.
        }
        return null;
    }
}
