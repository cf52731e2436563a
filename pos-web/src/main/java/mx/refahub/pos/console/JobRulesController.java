package mx.refahub.pos.console;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.job.JobRules;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What holds of jobs: who is in charge, how long, how often again, who is told, and what runs after what. */
@RestController
final class JobRulesController {
    private static final Logger log = LoggerFactory.getLogger(JobRulesController.class);
    private static final int CHANGES = 100;

    private final JobRules rules;
    private final RuleTrail trail;
    private final Messages messages;

    JobRulesController(JobRules rules, RuleTrail trail, Messages messages) {
        this.rules = rules;
        this.trail = trail;
        this.messages = messages;
    }

    /** @param timeoutMinutes null for no limit */
    record Rule(
            String job,
            String inCharge,
            @Nullable Long timeoutMinutes,
            int retries,
            long retryAfterMinutes,
            List<String> told,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {}

    /** @param text why nothing was started; empty if something was */
    record Last(long run, @Nullable Long started, String text, Instant at) {}

    record Follower(
            UUID id,
            String job,
            String after,
            boolean onlyChanged,
            Map<String, String> parameters,
            String madeBy,
            @Nullable Last last) {}

    record View(
            String view,
            @Nullable Instant refreshedAt,
            @Nullable Long tookMillis,
            long rows) {}

    record Rules(List<Rule> rules, List<Follower> followers, List<View> views) {}

    record SentRule(
            @Nullable String inCharge,
            @Nullable Long timeoutMinutes,
            @Nullable Integer retries,
            @Nullable Long retryAfterMinutes,
            @Nullable List<String> told) {}

    record SentFollower(
            @Nullable String job,
            @Nullable String after,
            @Nullable Boolean onlyChanged,
            @Nullable Map<String, String> parameters) {}

    @GetMapping("/console/api/job-rules")
    Rules all(Locale locale) {
        return new Rules(
                rules.all().stream().map(JobRulesController::rule).toList(),
                rules.afters().stream().map(after -> follower(after, locale)).toList(),
                rules.views().stream()
                        .map(view -> new View(
                                view.view(),
                                view.refreshedAt(),
                                view.took() == null ? null : view.took().toMillis(),
                                view.rows()))
                        .toList());
    }

    /** @param act {@code rule_put} and the like */
    record Change(Instant at, String who, String act, String about, List<RuleTrail.Difference> differences) {}

    record Changes(List<Change> changes) {}

    /** Who decided what, from what to what, as the audit trail has it; newest first. */
    @GetMapping("/console/api/job-rules/changes")
    Changes changes() {
        return new Changes(trail.newest(CHANGES).stream()
                .map(one -> new Change(
                        one.at(), one.who(), one.act().name().toLowerCase(Locale.ROOT), one.about(), one.differences()))
                .toList());
    }

    @PutMapping("/console/api/job-rules/{job}")
    Rule put(@PathVariable String job, @RequestBody SentRule sent, @AuthenticationPrincipal Person person) {
        JobRules.Rule kept = ActRefused.unlessDone(rules.put(job, terms(sent), person));
        log.info("job rule put job={} terms={} by={}", job, kept.terms(), person.id());
        return rule(kept);
    }

    private static JobRules.Terms terms(SentRule sent) {
        Long timeout = sent.timeoutMinutes();
        Integer retries = sent.retries();
        Long after = sent.retryAfterMinutes();
        List<String> told = sent.told();
        try {
            return new JobRules.Terms(
                    sent.inCharge() == null ? "" : sent.inCharge(),
                    timeout == null ? null : Duration.ofMinutes(timeout),
                    retries == null ? 0 : retries,
                    Duration.ofMinutes(after == null ? 5 : after),
                    told == null ? List.of() : told);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ActRefused.of("job-rule-wrong");
        }
    }

    @DeleteMapping("/console/api/job-rules/{job}")
    Rule reset(@PathVariable String job, @AuthenticationPrincipal Person person) {
        JobRules.Rule own = ActRefused.unlessDone(rules.reset(job, person));
        log.info("job rule reset job={} by={}", job, person.id());
        return rule(own);
    }

    @PutMapping("/console/api/job-followers/{id}")
    Follower follow(
            @PathVariable UUID id,
            @RequestBody SentFollower sent,
            @AuthenticationPrincipal Person person,
            Locale locale) {
        Map<String, String> parameters = new HashMap<>();
        if (sent.parameters() != null)
            sent.parameters().forEach((name, value) -> {
                if (!value.isBlank()) parameters.put(name, value.strip());
            });
        JobRules.After kept = ActRefused.unlessDone(rules.follow(
                id,
                sent.job() == null ? "" : sent.job(),
                sent.after() == null ? "" : sent.after(),
                Boolean.TRUE.equals(sent.onlyChanged()),
                parameters,
                person));
        log.info("job follows job={} after={} by={}", kept.job(), kept.after(), person.id());
        return follower(kept, locale);
    }

    @DeleteMapping("/console/api/job-followers/{id}")
    Follower unfollow(@PathVariable UUID id, @AuthenticationPrincipal Person person, Locale locale) {
        JobRules.After gone = ActRefused.unlessDone(rules.unfollow(id, person));
        log.info("job follows no more job={} after={} by={}", gone.job(), gone.after(), person.id());
        return follower(gone, locale);
    }

    private static Rule rule(JobRules.Rule one) {
        JobRules.Terms terms = one.terms();
        return new Rule(
                one.job(),
                terms.inCharge(),
                terms.timeout() == null ? null : terms.timeout().toMinutes(),
                terms.retries(),
                terms.retryAfter().toMinutes(),
                terms.told(),
                one.changedBy(),
                one.changedAt());
    }

    private Follower follower(JobRules.After one, Locale locale) {
        JobRules.Followed last = one.last();
        return new Follower(
                one.id(),
                one.job(),
                one.after(),
                one.onlyChanged(),
                one.parameters(),
                one.madeBy(),
                last == null
                        ? null
                        : new Last(
                                last.run(),
                                last.started(),
                                last.refusal() == null
                                        ? ""
                                        : messages.text(locale, "refusal." + last.refusal(), List.of(one.job(), "")),
                                last.at()));
    }
}
