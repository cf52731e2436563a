package mx.refahub.system.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What processes use, as Linux counts it. */
final class Load {
    /** {@code sysconf(_SC_CLK_TCK)} of every Linux that runs Java. */
    private static final double TICKS = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    private Load() {}

    static List<Long> family(long pid) {
        List<Long> pids = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid)
                .ifPresent(
                        process -> process.descendants().map(ProcessHandle::pid).forEach(pids::add));
        return pids;
    }

    /** Seconds of processor that these and all that they have waited for have used. */
    static double seconds(List<Long> pids) {
        double seconds = 0;
        for (long pid : pids) {
            try {
                String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                // With those of children that have ended.
                for (int i = UTIME; i <= STIME + 2; i++) seconds += Long.parseLong(fields[i]) / TICKS;
            } catch (IOException e) {
                // It has ended, and its parent has counted it.
            }
        }
        return seconds;
    }

    /** Most of the memory that the process ever had in use, in MiB. */
    static long mostMemory(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status")))
            if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        return 0;
    }
}
