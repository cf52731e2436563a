package mx.refahub.batch.run;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.JobRules;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.RuleTrail.Difference;
import mx.refahub.domain.store.Person;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds of the jobs of this program. */
final class RuleDesk implements JobRules {
    private final RuleTable table;
    private final Map<String, JobDefinition> definitions;
    private final TransactionTemplate together;
    private final RuleTrail trail;

    RuleDesk(RuleTable table, Map<String, JobDefinition> definitions, TransactionTemplate together, RuleTrail trail) {
        this.table = table;
        this.definitions = definitions;
        this.together = together;
        this.trail = trail;
    }

    Terms terms(String job) {
        return rule(job).terms();
    }

    private Rule rule(String job) {
        return table.find(job).orElseGet(() -> new Rule(job, DefaultTerms.of(job), null, null));
    }

    @Override
    public List<Rule> all() {
        return definitions.keySet().stream().map(this::rule).toList();
    }

    @Override
    public Outcome<Rule> put(String job, Terms terms, Person by) {
        if (!definitions.containsKey(job)) return Outcome.refused("job-unknown", job);
        together.executeWithoutResult(status -> {
            List<Difference> differences = Difference.between(words(terms(job)), words(terms));
            table.put(job, terms, by.name());
            if (!differences.isEmpty()) trail.changed(by, RuleTrail.Act.RULE_PUT, job, differences);
        });
        return Outcome.done(rule(job));
    }

    /** Each field by the name that the console has words for. */
    private static Map<String, String> words(Terms terms) {
        Map<String, String> words = new LinkedHashMap<>();
        Duration timeout = terms.timeout();
        words.put("in-charge", terms.inCharge());
        words.put("timeout", timeout == null ? "" : String.valueOf(timeout.toSeconds()));
        words.put("retries", String.valueOf(terms.retries()));
        words.put("retry-after", String.valueOf(terms.retryAfter().toSeconds()));
        words.put("told", String.join(", ", terms.told()));
        return words;
    }

    @Override
    public Outcome<Rule> reset(String job, Person by) {
        if (!definitions.containsKey(job)) return Outcome.refused("job-unknown", job);
        together.executeWithoutResult(status -> {
            List<Difference> differences = Difference.between(words(terms(job)), words(DefaultTerms.of(job)));
            table.forget(job);
            if (!differences.isEmpty()) trail.changed(by, RuleTrail.Act.RULE_RESET, job, differences);
        });
        return Outcome.done(rule(job));
    }

    @Override
    public List<After> afters() {
        return table.afters();
    }

    @Override
    public Outcome<After> follow(
            UUID id, String job, String after, boolean onlyChanged, Map<String, String> parameters, Person by) {
        JobDefinition definition = definitions.get(job);
        if (definition == null) return Outcome.refused("job-unknown", job);
        if (!definitions.containsKey(after)) return Outcome.refused("job-unknown", after);
        if (definition.needsFile()
                || definition.parameters().stream()
                        .anyMatch(one -> one.kind() == Parameter.Kind.FILE && one.required()))
            return Outcome.refused("schedule-needs-file", job);
        Optional<Refusal> wrong = definition.check(parameters, Set.of());
        if (wrong.isPresent()) return new Outcome.Refused<>(wrong.get());
        Outcome<After> made = together.execute(status -> {
            table.lock();
            List<After> known = table.afters();
            Optional<After> same =
                    known.stream().filter(one -> one.id().equals(id)).findFirst();
            if (same.isPresent()) return Outcome.done(same.get());
            if (known.stream()
                    .anyMatch(one -> one.job().equals(job) && one.after().equals(after)))
                return Outcome.refused("job-after-known", job, after);
            if (leads(known, job, after, new HashSet<>())) return Outcome.refused("job-after-cycle", job, after);
            After one = new After(id, job, after, onlyChanged, parameters, by.name(), null);
            table.follow(one);
            trail.changed(by, RuleTrail.Act.FOLLOWER_MADE, job, Difference.between(Map.of(), words(one)));
            return Outcome.done(one);
        });
        if (made == null) throw new IllegalStateException("no outcome");
        return made;
    }

    /** Whether the end of one job starts the other in the end; each starts itself. */
    private static boolean leads(List<After> known, String from, String to, Set<String> seen) {
        if (from.equals(to)) return true;
        if (!seen.add(from)) return false;
        return known.stream().anyMatch(one -> one.after().equals(from) && leads(known, one.job(), to, seen));
    }

    @Override
    public Outcome<After> unfollow(UUID id, Person by) {
        Outcome<After> gone = together.execute(status -> {
            table.lock();
            Optional<After> known =
                    table.afters().stream().filter(one -> one.id().equals(id)).findFirst();
            if (known.isEmpty()) return Outcome.refused("job-after-unknown", id.toString());
            table.unfollow(id);
            trail.changed(
                    by,
                    RuleTrail.Act.FOLLOWER_DELETED,
                    known.get().job(),
                    Difference.between(words(known.get()), Map.of()));
            return Outcome.done(known.get());
        });
        if (gone == null) throw new IllegalStateException("no outcome");
        return gone;
    }

    private static Map<String, String> words(After after) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("after", after.after());
        words.put("only-changed", String.valueOf(after.onlyChanged()));
        new TreeMap<>(after.parameters()).forEach((name, value) -> words.put("parameter " + name, value));
        return words;
    }

    @Override
    public List<ViewAge> views() {
        return table.views();
    }
}
