package mx.refahub.hub.work;

import java.net.InetAddress;
import java.net.UnknownHostException;
import mx.refahub.batch.BatchSettings;
import mx.refahub.domain.job.Workplace;

final class ThisProcess {
    private ThisProcess() {}

    static Workplace hub(BatchSettings settings) {
        return new Workplace(settings.owner(), true, host(), pid());
    }

    /** By the name that it is given, or one that no other living process has: the hub's own is not for it. */
    static Workplace worker(BatchSettings settings) {
        boolean named = !settings.owner().equals(BatchSettings.HUB);
        return new Workplace(named ? settings.owner() : host() + "-" + pid(), false, host(), pid());
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
