package mx.refahub.pos.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.JobRules;
import mx.refahub.domain.store.Person;

/** Keeps rules of two jobs; knows no cycles. */
final class FakeJobRules implements JobRules {
    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final Terms OWN =
            new Terms("ADMIN", Duration.ofHours(2), 1, Duration.ofMinutes(5), List.of("ADMIN"));

    private final Map<String, Rule> decided = new ConcurrentHashMap<>();
    private final List<After> afters = new CopyOnWriteArrayList<>();

    @Override
    public List<Rule> all() {
        return List.of(rule("catalogue-import"), rule("index-build"));
    }

    private Rule rule(String job) {
        return decided.getOrDefault(job, new Rule(job, OWN, null, null));
    }

    @Override
    public Outcome<Rule> put(String job, Terms terms, Person by) {
        if (!job.equals("index-build") && !job.equals("catalogue-import")) return Outcome.refused("job-unknown", job);
        decided.put(job, new Rule(job, terms, by.name(), AT));
        return Outcome.done(rule(job));
    }

    @Override
    public Outcome<Rule> reset(String job, Person by) {
        decided.remove(job);
        return Outcome.done(rule(job));
    }

    @Override
    public List<After> afters() {
        return List.copyOf(afters);
    }

    @Override
    public Outcome<After> follow(
            UUID id, String job, String after, boolean onlyChanged, Map<String, String> parameters, Person by) {
        if (job.equals(after)) return Outcome.refused("job-after-cycle", job, after);
        After made = new After(id, job, after, onlyChanged, parameters, by.name(), new Followed(7, 8L, null, AT));
        afters.add(made);
        return Outcome.done(made);
    }

    @Override
    public Outcome<After> unfollow(UUID id, Person by) {
        for (After one : afters) if (one.id().equals(id) && afters.remove(one)) return Outcome.done(one);
        return Outcome.refused("job-after-unknown", id.toString());
    }

    @Override
    public List<ViewAge> views() {
        return List.of(new ViewAge("part_vehicle_preview", AT, Duration.ofMillis(1500), 12));
    }
}
