package dev.anteroom.traces;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells the kernel that a file is not read again soon (POSIX.1-2001, {@code posix_fadvise}). Without that, a journal fills the memory with
 * pages that nobody reads, and each new page costs: up to 3 ms of a processor a MiB on virtual machines that give unused memory back to
 * their host. Thread-safe.
 */
final class PageCache {
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int POSIX_FADV_DONTNEED = 4;

    private record Calls(MethodHandle open, MethodHandle fadvise, MethodHandle close) {}

    private static final @Nullable Calls CALLS = link();

    private PageCache() {}

    /** Gives up the clean pages of a file. It is advice: where it cannot be given, nothing happens. */
    static void forget(Path file) {
        Calls calls = CALLS;
        if (calls == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) calls.open.invokeExact(arena.allocateFrom(file.toString()), O_RDONLY_CLOEXEC);
            if (descriptor >= 0) {
                try {
                    int _ = (int) calls.fadvise.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED);
                } finally {
                    int _ = (int) calls.close.invokeExact(descriptor);
                }
            }
        } catch (Throwable e) {
            throw new IllegalStateException("a call that throws nothing threw", e);
        }
    }

    /** Where the numbers above are known to hold. */
    @SuppressWarnings("restricted") // three functions of the C library, with the types that it gives them
    private static @Nullable Calls link() {
        String architecture = System.getProperty("os.arch", "");
        boolean known = System.getProperty("os.name", "").equals("Linux")
                && (architecture.equals("amd64") || architecture.equals("aarch64"));
        if (!known) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle open = call(
                linker,
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        MethodHandle fadvise = call(
                linker,
                "posix_fadvise",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT));
        MethodHandle close = call(linker, "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        return new Calls(open, fadvise, close);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(Linker linker, String name, FunctionDescriptor types, Linker.Option... options) {
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(address, types, options);
    }
}
