package mx.refahub.pos.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.cash.CashChain;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashDay;
import mx.refahub.domain.cash.CashEntry;
import mx.refahub.domain.cash.CashLimits;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;

/** Drawers in memory, as far as pages look at them: floats and movements, no sales. */
final class DeskCash implements CashSessions {
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");
    private static final CashLimits LIMITS = new CashLimits(
            List.of(Money.mxn(50_000), new Money(2_500, Denomination.USD)),
            List.of(Money.mxn(2_000), new Money(100, Denomination.USD)));

    private final DeskStore store;
    private final Clock clock;
    private final Map<UUID, List<CashMovement.Recorded>> movements = new HashMap<>();
    private final Map<UUID, CashCount> counts = new HashMap<>();
    private final Map<UUID, CashReport> zs = new HashMap<>();

    DeskCash(DeskStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public synchronized Outcome<Standing> standing(UUID session) {
        return store.cashSession(session)
                .map(found -> Outcome.done(new Standing(found, "Caja 1", LIMITS)))
                .orElseGet(() -> Outcome.refused("cash-session-unknown"));
    }

    @Override
    public synchronized Outcome<CashSession> takeOver(UUID act, UUID session, Person who) {
        return store.cashSession(session)
                .map(found -> Outcome.done(store.keep(found.withCashier(who))))
                .orElseGet(() -> Outcome.refused("cash-session-unknown"));
    }

    @Override
    public synchronized Outcome<CashMovement.Recorded> move(
            UUID session, CashMovement movement, Person who, Person approver) {
        CashSession found = store.cashSession(session).orElse(null);
        if (found == null) return Outcome.refused("cash-session-unknown");
        if (movement.reason().needsReference() && movement.reference().isEmpty())
            return Outcome.refused("cash-reference-missing");
        boolean allowed =
                CashLimits.mayApprove(who.role()) || approver != null && CashLimits.mayApprove(approver.role());
        if (LIMITS.needsApproval(movement) && !allowed)
            return Outcome.refused(
                    "cash-over-limit",
                    LIMITS.movement(movement.amount().currency()).text());
        if (found.isCounted()) return Outcome.refused("cash-session-counted");
        CashMovement.Recorded recorded = new CashMovement.Recorded(
                movement, session, clock.instant(), who.name(), approver == null ? "" : approver.name());
        List<CashMovement.Recorded> all = movements.computeIfAbsent(session, id -> new ArrayList<>());
        if (all.stream().noneMatch(one -> one.movement().equals(movement))) all.add(recorded);
        return Outcome.done(recorded);
    }

    private CashReport report(CashSession session, CashReport.Seal seal) {
        List<CashReport.Sum> sums = new ArrayList<>();
        sums.add(new CashReport.Sum(Tender.Kind.CASH, CashEntry.Kind.OPENED, session.openingFloat()));
        List<CashMovement.Recorded> moved = movements.getOrDefault(session.id(), List.of());
        for (CashMovement.Recorded one : moved) {
            CashMovement m = one.movement();
            sums.add(new CashReport.Sum(
                    Tender.Kind.CASH, m.kind().entry(), m.kind().signed(m.amount())));
        }
        List<CashReport.TenderLine> tenders = CashReport.tenders(sums);
        CashCount count = counts.get(session.id());
        return new CashReport(
                new CashReport.Head(
                        session.id(),
                        session.register(),
                        "Caja 1",
                        "C1",
                        today().fold(day -> day, refusal -> LocalDate.EPOCH),
                        session.openedAt(),
                        session.openedByName(),
                        session.cashier(),
                        session.cashierName()),
                clock.instant(),
                seal,
                count == null ? tenders : CashReport.counted(tenders, count),
                CashReport.Sales.none(),
                List.of(),
                moved,
                count);
    }

    @Override
    public synchronized Outcome<CashReport> x(UUID session) {
        return store.cashSession(session)
                .map(found -> Outcome.done(report(found, null)))
                .orElseGet(() -> Outcome.refused("cash-session-unknown"));
    }

    @Override
    public Outcome<CashReport> printX(UUID session, boolean withExpected, Person who) {
        return x(session);
    }

    @Override
    public synchronized Outcome<CashReport> count(UUID act, UUID session, CashCount count, Person who) {
        CashSession found = store.cashSession(session).orElse(null);
        if (found == null) return Outcome.refused("cash-session-unknown");
        counts.putIfAbsent(session, count);
        store.keep(new CashSession(
                found.id(),
                found.register(),
                found.openedBy(),
                found.openedByName(),
                found.openedAt(),
                found.openingFloat(),
                found.cashier(),
                found.cashierName(),
                clock.instant(),
                null));
        return x(session);
    }

    @Override
    public synchronized Outcome<CashReport> counted(UUID session) {
        return counts.containsKey(session) ? x(session) : Outcome.refused("cash-not-counted");
    }

    @Override
    public synchronized Outcome<CashReport> close(UUID act, UUID session, List<Why> reasons, Person who) {
        if (zs.containsKey(act)) return Outcome.done(zs.get(act));
        CashSession found = store.cashSession(session).orElse(null);
        if (found == null) return Outcome.refused("cash-session-unknown");
        if (!counts.containsKey(session)) return Outcome.refused("cash-not-counted");
        CashReport open = report(found, null);
        if (open.tenders().stream()
                .anyMatch(line -> LIMITS.needsReason(line.difference())
                        && reasons.stream()
                                .noneMatch(why -> why.tender() == line.tender()
                                        && !why.reason().isBlank())))
            return Outcome.refused("cash-reason-missing", "Efectivo");
        CashReport z = report(
                found,
                new CashReport.Seal(act, zs.size() + 1L, 0, who.id(), who.name(), 4, Sha256.digest(new byte[1])));
        zs.put(act, z);
        store.closed(session);
        return Outcome.done(z);
    }

    @Override
    public Outcome<CashSession> reopen(UUID act, UUID session, String reason, Person who) {
        return Outcome.refused("cash-session-unknown");
    }

    @Override
    public synchronized List<ZHead> zs(UserId cashier, int limit) {
        return zs.values().stream()
                .filter(z -> cashier == null || z.head().cashier().equals(cashier))
                .map(z -> new ZHead(
                        z.seal().id(),
                        z.head().session(),
                        z.head().register(),
                        z.head().registerName(),
                        z.seal().number(),
                        0,
                        false,
                        false,
                        z.head().cashier(),
                        z.head().cashierName(),
                        z.at()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Outcome<CashReport> z(UUID id) {
        return zs.containsKey(id) ? Outcome.done(zs.get(id)) : Outcome.refused("cash-z-unknown");
    }

    @Override
    public Outcome<CashReport> reprint(UUID z, Person who) {
        return z(z);
    }

    @Override
    public synchronized Outcome<CashDay> day(LocalDate day) {
        return Outcome.done(new CashDay(day, clock.instant(), List.copyOf(zs.values()), true));
    }

    @Override
    public Outcome<LocalDate> today() {
        return Outcome.done(clock.instant().atZone(ZONE).toLocalDate());
    }

    @Override
    public Outcome<CashDay> printDay(LocalDate day, Person who) {
        return day(day);
    }

    @Override
    public synchronized Outcome<CashChain.Verdict> verify(UUID session) {
        return Outcome.done(new CashChain.Verdict.Broken(3, CashChain.What.EDITED));
    }
}
