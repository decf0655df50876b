package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PageCacheTest {
    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 1024;

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void forget_ofAForcedFile_leavesItsBytesAndNotItsPages() throws Throwable {
        byte[] bytes = new byte[PAGES * PAGE_BYTES];
        new Random(1).nextBytes(bytes);
        Path file = folder.resolve("segment");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Disk.writeFully(out, ByteBuffer.wrap(bytes), 0);
            out.force(true);
        }
        assertEquals(PAGES, residentPages(file));

        PageCache.forget(file);

        int left = Files.getFileStore(folder).type().equals("tmpfs") ? PAGES : PAGES / 2; // whose pages are the file
        assertTrue(residentPages(file) <= left, () -> "pages are still in memory");
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void forget_ofAFileThatIsGone_doesNothing() {
        PageCache.forget(folder.resolve("gone"));
    }

    /** As the kernel says (mincore). */
    @SuppressWarnings("restricted")
    private static int residentPages(Path file) throws Throwable {
        try (Arena arena = Arena.ofConfined();
                FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment mapped = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
            MemorySegment resident = arena.allocate(PAGES);
            Linker linker = Linker.nativeLinker();
            int failed = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("mincore"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS))
                    .invokeExact(mapped, mapped.byteSize(), resident);
            assertEquals(0, failed);
            int pages = 0;
            for (int i = 0; i < PAGES; i++) {
                pages += resident.get(ValueLayout.JAVA_BYTE, i) & 1;
            }
            return pages;
        }
    }
}
