package mx.refahub.hub.work;

import java.util.List;
import java.util.function.LongPredicate;
import mx.refahub.domain.job.Workers.Worker;
import mx.refahub.domain.job.Workplace;
import mx.refahub.hub.StartRefused;

/** Two full hubs on one database, each with a broker of its own, would split the stores between them. */
final class OtherHubs {
    private OtherHubs() {}

    /**
     * @param runsHere whether a process of this number runs on this machine; one that was killed a moment ago still counts as alive in the database
     * @throws StartRefused if another hub is there
     */
    static void refuse(List<Worker> known, Workplace me, LongPredicate runsHere) {
        for (Worker other : known) {
            if (!other.hub() || !other.alive()) continue;
            boolean gone = other.host().equals(me.host()) && (other.pid() == me.pid() || !runsHere.test(other.pid()));
            if (!gone)
                throw new StartRefused(
                        "Another hub, '" + other.name() + "' on " + other.host()
                                + ", works on this database: stop it, start this one with refahub.hub.role=worker, or give both one broker outside (refahub.broker.url).");
        }
    }

    static boolean runsHere(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }
}
