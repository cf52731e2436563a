package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.StoreLives;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;

/** A store that was reconciled last night with one document that differs, and an older disk that asks to go on. */
final class FakeTrust implements Reconciliations, StoreLives {
    static final UUID DIFFERENCE = UUID.fromString("01939b8e-0000-7000-8000-0000000000d1");
    static final String MACHINE = "ab12cd34ef56";

    private final Clock clock;
    private final List<String> settled = new ArrayList<>();
    private boolean granted;

    FakeTrust(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<InRound> round(long run) {
        return List.of(new InRound(
                new StoreId(UUID.fromString("01890000-0000-7000-8000-000000000001")),
                "CENTRO",
                "Centro",
                RoundOutcome.DIFFERENT,
                false,
                Instant.parse("2026-11-21T10:30:00Z"),
                12,
                3400,
                1,
                2,
                0,
                0,
                false,
                null));
    }

    @Override
    public List<Run> runs(StoreId store, int most) {
        return List.of(
                new Run(new UUID(5, 5), Report.Cause.NIGHT, clock.instant(), 1, 940, 940, 12, 1, 44, 2, 0, false));
    }

    @Override
    public List<CellRow> cells(UUID run) {
        return List.of(
                new CellRow(LocalDate.of(2026, 11, 20), "sale", 310, 12_345_600, 310, 12_345_600, false),
                new CellRow(LocalDate.of(2026, 11, 20), "cash-movement", 4, 0, 4, 0, true));
    }

    @Override
    public List<Difference> differences(StoreId store, int most) {
        return List.of(difference());
    }

    private Difference difference() {
        String reason = settled.isEmpty() ? null : settled.getFirst();
        return new Difference(
                DIFFERENCE,
                Finding.Kind.DIFFERS,
                712,
                null,
                LocalDate.of(2026, 11, 20),
                "sale",
                10_000L,
                12_000L,
                clock.instant(),
                null,
                reason == null ? null : clock.instant(),
                reason == null ? null : "Ana",
                reason);
    }

    @Override
    public Optional<Pair> pair(UUID difference) {
        return difference.equals(DIFFERENCE)
                ? Optional.of(
                        new Pair(difference(), new StoreId(new UUID(1, 1)), "{\"total\":10000}", "{\"total\":12000}"))
                : Optional.empty();
    }

    @Override
    public Outcome<Difference> settle(UUID difference, Person by, String reason) {
        if (reason.isBlank()) return Outcome.refused("reason-needed");
        if (!settled.isEmpty()) return Outcome.refused("difference-settled");
        settled.add(reason);
        return Outcome.done(difference());
    }

    @Override
    public List<Life> lives(StoreId store) {
        return List.of(new Life(1, 0, Cause.REGISTERED, "admin", clock.instant(), clock.instant(), 0L));
    }

    @Override
    public List<Claim> claims(StoreId store) {
        return List.of(claim());
    }

    private Claim claim() {
        return new Claim(
                MACHINE,
                Cause.DISK_IS_OLDER,
                900,
                940,
                clock.instant(),
                clock.instant(),
                granted ? clock.instant() : null,
                null,
                false);
    }

    @Override
    public Outcome<ConsoleAccess.OneTimeCode> replacement(StoreId store, Person by) {
        return Outcome.done(
                new ConsoleAccess.OneTimeCode("7K3M-9QXA", clock.instant().plus(Duration.ofDays(1))));
    }

    @Override
    public Outcome<Claim> grant(StoreId store, String machine, Person by) {
        if (!machine.equals(MACHINE)) return Outcome.refused("claim-unknown");
        granted = true;
        return Outcome.done(claim());
    }

    @Override
    public Outcome<Claim> discard(StoreId store, String machine, Person by) {
        return Outcome.refused(machine.equals(MACHINE) ? "claim-heard" : "claim-unknown");
    }
}
