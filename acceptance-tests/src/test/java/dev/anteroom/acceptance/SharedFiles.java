package dev.anteroom.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds files of the directory {@code ../shared} beside the project, which may be there or not. Stateless. */
final class SharedFiles {
    private SharedFiles() {}

    static Optional<Path> find(String file) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("CONTRIBUTING.md"))) {
                Path wanted = at.resolve("../shared").resolve(file).normalize();
                return Files.exists(wanted) ? Optional.of(wanted) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
