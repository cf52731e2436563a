package mx.refahub.domain.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** What was raised and what became of it, and the rules behind it. */
public interface Alerts {
    /**
     * @param value as last measured, in the kind's unit
     * @param detail words of whoever measured; may be empty
     * @param muted nobody is told for now
     * @param mine whether the rule tells the person who asks
     */
    record Alert(
            UUID id,
            UUID rule,
            String ruleName,
            AlertKind kind,
            String subject,
            String name,
            @Nullable UUID store,
            long value,
            long threshold,
            String detail,
            Instant raisedAt,
            Instant seenAt,
            @Nullable Instant toldAt,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            String note,
            @Nullable Instant resolvedAt,
            boolean muted,
            boolean mine) {}

    enum What {
        RAISED,
        TOLD,
        REMINDED,
        ACKNOWLEDGED,
        RESOLVED
    }

    record Event(Instant at, What what, String who, String note) {}

    enum View {
        /** Lasts, and nobody has acknowledged it. */
        NEW,
        /** Lasts. */
        LASTING,
        RESOLVED,
        ALL
    }

    /** The newest first. @param kind null for all; {@code store} null for all */
    List<Alert> list(View view, @Nullable AlertKind kind, @Nullable UUID store, boolean mine, int limit, Person who);

    /** What happened to one, oldest first. */
    List<Event> events(UUID alert);

    /** @return refused: {@code alert-unknown}, {@code alert-over}, {@code alert-note} (too long) */
    Outcome<Alert> acknowledge(UUID alert, String note, Person by);

    /**
     * What is new for each person: what lasts, is not acknowledged, not muted, and whose rule tells them.
     *
     * @param newest when the last of them was raised; null with none
     */
    record Bell(int count, @Nullable Instant newest) {}

    Bell bell(Person who);

    List<AlertRule> rules();

    /**
     * Makes a rule, or changes the one of this id. What it raised and no longer would is over at the next look.
     *
     * @return refused: {@code alert-rule-audience} (by mail, and nobody to mail to), {@code alert-rule-kind} (a rule does not change its kind), {@code store-unknown},
     *     {@code user-unknown}
     */
    Outcome<AlertRule> keep(AlertRule rule, Person by);

    /** @param until null: speaks again. @return refused: {@code alert-rule-unknown} */
    Outcome<AlertRule> mute(UUID rule, @Nullable Instant until, Person by);

    /** What it raised is over. @return refused: {@code alert-rule-unknown} */
    Outcome<UUID> remove(UUID rule, Person by);

    /** @param raised alerts; {@code resolved} alerts; {@code letters} written */
    record Looked(int raised, int resolved, int letters) {}

    /** Measures everything now and raises, resolves and tells what follows; also done by itself every minute, by one process of several. */
    Looked look();
}
