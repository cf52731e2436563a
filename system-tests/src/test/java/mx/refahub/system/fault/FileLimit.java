package mx.refahub.system.fault;

import java.io.IOException;
import java.util.List;

/**
 * A disk that takes nothing more, for some processes alone: the limit of the size of files that they may write (RLIMIT_FSIZE), set to nothing while they run. Each write to a file fails
 * then; pipes and connections do not mind. What such a process starts has the limit too.
 */
final class FileLimit {
    private FileLimit() {}

    static void full(List<Long> pids) throws IOException, InterruptedException {
        set(pids, "0");
    }

    static void roomy(List<Long> pids) throws IOException, InterruptedException {
        set(pids, "unlimited");
    }

    /** The soft limit alone, which any user may raise again up to the hard one. */
    private static void set(List<Long> pids, String soft) throws IOException, InterruptedException {
        if (pids.isEmpty()) return;
        boolean one = false;
        for (long pid : pids)
            // One that has ended meanwhile writes nothing either.
            one |= new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + soft + ":")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        if (!one) throw new IOException("no limit could be set on " + pids);
    }
}
