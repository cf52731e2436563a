package mx.refahub.store.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreStatus.ClockState;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a ticket may be dated by this machine's clock. Judged by what cannot be wrong: the program's own date, the newest document, and the hub's clock, carried on by the
 * machine's running time since the hub last answered, so that a clock set back in between is seen at once.
 */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    private static final Duration ACCEPTANCE = Duration.ofDays(1);
    private static final int LONGEST_REASON = 300;

    private final SqliteFile sales;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ClockSettings settings;
    private final Instant built;
    private final Supplier<ZoneId> zone;
    private volatile @Nullable Hub hub;
    private volatile @Nullable Instant acceptedAt;

    /** @param offsetMillis as it was when the hub answered */
    private record Hub(Instant time, long nanos, long offsetMillis) {}

    /** @param nanos the machine's running time, which nobody sets */
    public ClockWatch(
            SqliteFile sales,
            Clock clock,
            LongSupplier nanos,
            ClockSettings settings,
            Instant built,
            Supplier<ZoneId> zone) {
        this.sales = sales;
        this.clock = clock;
        this.nanos = nanos;
        this.settings = settings;
        this.built = built;
        this.zone = zone;
        this.acceptedAt = sales.read(session -> session.first("""
                select at
                from clock_acceptance
                order by id desc
                limit 1
                """, row -> row.instant("at")))
                .orElse(null);
    }

    /** @param offsetMillis how far the hub's clock is ahead of this one */
    public void hubSaid(long offsetMillis) {
        hub = new Hub(clock.instant().plusMillis(offsetMillis), nanos.getAsLong(), offsetMillis);
    }

    public ClockState state() {
        if (refusal().isPresent()) return ClockState.WRONG;
        Hub said = hub;
        boolean off = said != null
                && Math.abs(said.offsetMillis()) > settings.banner().toMillis();
        return off ? ClockState.OFF : ClockState.RIGHT;
    }

    /** {@code clock-wrong} with what the clock says and what it was compared with. */
    public Optional<Refusal> refusal() {
        Instant now = clock.instant();
        Instant against = against(now);
        if (against == null || isAccepted(now)) return Optional.empty();
        return Optional.of(Refusal.of("clock-wrong", shown(now), shown(against)));
    }

    /** What the clock contradicts; null if nothing. */
    private @Nullable Instant against(Instant now) {
        Hub said = hub;
        if (said != null) return againstHub(now, said);
        if (now.isBefore(built.minus(settings.tolerance()))) return built;
        Instant newest = newest().orElse(null);
        if (newest == null) return null;
        if (now.isBefore(newest.minus(settings.tolerance()))) return newest;
        return now.isAfter(newest.plus(settings.longest())) ? newest : null;
    }

    /** A machine that slept does not count the time: the hub's clock carried on is a time that is surely over, not the time it is. */
    private @Nullable Instant againstHub(Instant now, Hub said) {
        Instant atLeast = said.time().plusNanos(nanos.getAsLong() - said.nanos());
        boolean wasAhead = said.offsetMillis() < -settings.tolerance().toMillis();
        Duration ahead = wasAhead ? settings.tolerance() : settings.longest();
        boolean wrong = now.isBefore(atLeast.minus(settings.tolerance())) || now.isAfter(atLeast.plus(ahead));
        return wrong ? atLeast : null;
    }

    private Optional<Instant> newest() {
        return sales.read(session -> session.first("""
                select occurred_at
                from outbox
                order by sequence desc
                limit 1
                """, row -> row.instant("occurred_at")));
    }

    /** Whether it looks wrong and a manager has confirmed it. */
    public boolean accepted() {
        Instant now = clock.instant();
        return isAccepted(now) && against(now) != null;
    }

    private boolean isAccepted(Instant now) {
        Instant at = acceptedAt;
        return at != null && Duration.between(at, now).abs().compareTo(ACCEPTANCE) < 0;
    }

    public Outcome<String> accept(Person who, String reason) {
        if (who.role() != Role.MANAGER && who.role() != Role.ADMIN) return Outcome.refused("not-manager");
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON || why.codePoints().anyMatch(Character::isISOControl))
            return Outcome.refused("clock-reason-missing");
        Optional<Refusal> refusal = refusal();
        if (refusal.isEmpty()) return Outcome.refused("clock-not-wrong");
        Instant now = clock.instant();
        String trouble = String.join(" / ", refusal.get().arguments());
        sales.change(session -> session.updateOne("""
                insert into clock_acceptance (at, user_id, user_name, trouble, reason)
                values (?, ?, ?, ?, ?)
                """, now, who.id().value(), who.name(), trouble, why));
        acceptedAt = now;
        LOG.warn("clock accepted user={} trouble={}", who.id(), trouble);
        return Outcome.done(shown(now));
    }

    private String shown(Instant at) {
        return SHOWN.format(at.atZone(zone.get()));
    }
}
