package mx.refahub.pos.console;

import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.store.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people do to runs, in the audit trail before it is done: {@code run-stop} and the like. */
final class RunActs {
    private static final Logger log = LoggerFactory.getLogger(RunActs.class);

    private final ActLog acts;

    RunActs(ActLog acts) {
        this.acts = acts;
    }

    void starts(Person by, String job) {
        acts.acts(by, "run-start", job);
        log.info("run to be started job={} by={}", job, by.id());
    }

    void does(Person by, String act, long run) {
        acts.acts(by, "run-" + act, Long.toString(run));
        log.info("run act={} run={} by={}", act, run, by.id());
    }
}
