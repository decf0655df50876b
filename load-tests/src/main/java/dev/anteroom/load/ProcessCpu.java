package dev.anteroom.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time and memory of running processes, as Linux counts them. Stateless. */
public final class ProcessCpu {
    /** Linux reports in hundredths of a second on every architecture it runs a JDK on (USER_HZ). */
    private static final long MICROS_PER_TICK = 10_000;

    private ProcessCpu() {}

    /** User and system time of one process, in steps of 10 ms. */
    public static long micros(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        // The command name in parentheses may hold spaces and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /** User and system time of a process and all its descendants that still run. */
    public static long microsWithChildren(long pid) throws IOException {
        long sum = micros(pid);
        for (ProcessHandle child : children(pid)) {
            try {
                sum += micros(child.pid());
            } catch (IOException e) {
                if (child.isAlive()) {
                    throw e;
                }
            }
        }
        return sum;
    }

    /** Resident memory of a process and all its descendants, in KiB. */
    public static long residentKib(long pid) throws IOException {
        long sum = resident(pid);
        for (ProcessHandle child : children(pid)) {
            sum += child.isAlive() ? resident(child.pid()) : 0;
        }
        return sum;
    }

    private static Iterable<ProcessHandle> children(long pid) {
        return ProcessHandle.of(pid)
                .map(handle -> handle.descendants().toList())
                .orElseGet(java.util.List::of);
    }

    private static long resident(long pid) throws IOException {
        for (String line :
                Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
