package mx.refahub.store.cash;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.Failpoint;
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
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Open drawers over sales.db, to their Z. Each act is one transaction: journal, what it is about, paper and document stand or fall together. */
public final class SqliteCashSessions implements CashSessions {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCashSessions.class);
    private static final int MOST_LISTED = 500;
    private static final Money NOTHING = Money.mxn(0);

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final OutboxWriter outbox;
    private final PrintQueue prints;
    private final CashDrawer opener;
    private final CashRows rows;
    private final CashLimits limits;
    private final Clock clock;
    private final Runnable pageQueued;

    /** @param pageQueued called after a commit that queued a page; only sets a flag and returns */
    public SqliteCashSessions(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            OutboxWriter outbox,
            PrintQueue prints,
            CashDrawer opener,
            JsonMapper json,
            CashLimits limits,
            Clock clock,
            Runnable pageQueued) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.outbox = outbox;
        this.prints = prints;
        this.opener = opener;
        this.rows = new CashRows(json);
        this.limits = limits;
        this.clock = clock;
        this.pageQueued = pageQueued;
    }

    /**
     * @param fresh whether something was written
     * @param then after the commit, where something was
     */
    private record Acted<T>(Outcome<T> outcome, boolean fresh, Runnable then) {
        static <T> Acted<T> not(String code, String... arguments) {
            return new Acted<>(Outcome.refused(code, arguments), false, () -> {});
        }

        static <T> Acted<T> before(T value) {
            return new Acted<>(Outcome.done(value), false, () -> {});
        }

        static <T> Acted<T> now(T value) {
            return now(value, () -> {});
        }

        static <T> Acted<T> now(T value, Runnable then) {
            return new Acted<>(Outcome.done(value), true, then);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        Acted<T> in(Session session, Identity identity, Branch branch, CashRows.Drawer drawer) throws SQLException;
    }

    private <T> Outcome<T> act(UUID cashSession, Work<T> work) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        Acted<T> acted = sales.write(session -> {
            CashRows.Drawer drawer = rows.drawer(session, cashSession).orElse(null);
            if (drawer == null) return Acted.not("cash-session-unknown");
            Acted<T> result = work.in(session, identity, branch, drawer);
            if (result.fresh()) Failpoint.C1_INSIDE_STORE_TRANSACTION.pass();
            return result;
        });
        if (acted.fresh()) {
            Failpoint.C2_COMMITTED_NOT_ANSWERED.pass();
            outbox.ring();
            pageQueued.run();
            acted.then().run();
        }
        return acted.outcome();
    }

    /** Why nothing may happen in this drawer now. */
    private static Optional<String> standsStill(CashSession session) {
        if (session.closedAt() != null) return Optional.of("cash-session-ended");
        return session.isCounted() ? Optional.of("cash-session-counted") : Optional.empty();
    }

    @FunctionalInterface
    private interface Look<T> {
        Outcome<T> at(Session session, Branch branch, CashRows.Drawer drawer) throws SQLException;
    }

    private <T> Outcome<T> look(UUID cashSession, Look<T> look) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.read(session -> {
            CashRows.Drawer drawer = rows.drawer(session, cashSession).orElse(null);
            return drawer == null ? Outcome.refused("cash-session-unknown") : look.at(session, branch, drawer);
        });
    }

    @Override
    public Outcome<Standing> standing(UUID session) {
        return look(
                session,
                (reading, branch, drawer) ->
                        Outcome.done(new Standing(drawer.session(), drawer.registerName(), limits)));
    }

    @Override
    public Outcome<CashSession> takeOver(UUID act, UUID cashSession, Person who) {
        Outcome<CashSession> outcome = act(cashSession, (session, identity, branch, drawer) -> {
            CashSession before = drawer.session();
            Optional<CashEntry> earlier = CashJournal.of(session, act, CashEntry.Kind.SWITCHED);
            if (earlier.isPresent())
                return earlier.get().session().equals(cashSession)
                                && earlier.get().by().equals(who.id())
                        ? Acted.before(before)
                        : Acted.not("cash-act-differs");
            Optional<String> still = standsStill(before);
            if (still.isPresent()) return Acted.not(still.get());
            if (before.cashier().equals(who.id())) return Acted.before(before);
            OutboxWriter.Slot slot = outbox.next(session);
            CashJournal.append(
                    session,
                    cashSession,
                    new CashJournal.Act(slot.at(), who.id(), who.name(), act),
                    CashEntry.Kind.SWITCHED,
                    Tender.Kind.CASH,
                    NOTHING,
                    "from " + before.cashier());
            session.updateOne("""
                    update cash_session
                    set cashier_id = ?, cashier_name = ?
                    where id = ? and closed_at is null
                    """, who.id().value(), who.name(), cashSession);
            outbox.append(
                    session,
                    slot,
                    identity,
                    cashSession.toString(),
                    DocumentType.CASHIER_SWITCHED,
                    DocumentType.CASHIER_SWITCHED_SCHEMA,
                    new CashierSwitchedBody(
                            act,
                            cashSession,
                            identity.store().value(),
                            before.register().value(),
                            before.cashier().value(),
                            before.cashierName(),
                            who.id().value(),
                            who.name(),
                            slot.at()));
            return Acted.now(before.withCashier(who));
        });
        if (outcome instanceof Outcome.Done<CashSession>)
            LOG.info("cash session taken over session={} user={}", cashSession, who.id());
        return outcome;
    }

    @Override
    public Outcome<CashMovement.Recorded> move(
            UUID cashSession, CashMovement movement, Person who, @Nullable Person approver) {
        CashMovement.Reason reason = movement.reason();
        if (reason.needsReference() && movement.reference().isEmpty()) return Outcome.refused("cash-reference-missing");
        if (reason.needsNote() && movement.note().isEmpty()) return Outcome.refused("cash-note-missing");
        Person allowed = CashLimits.mayApprove(who.role()) ? who : approver;
        if (limits.needsApproval(movement) && (allowed == null || !CashLimits.mayApprove(allowed.role())))
            return Outcome.refused(
                    "cash-over-limit",
                    limits.movement(movement.amount().currency()).text());
        String approvedBy = limits.needsApproval(movement) && allowed != null ? allowed.name() : "";
        Outcome<CashMovement.Recorded> outcome = act(cashSession, (session, identity, branch, drawer) -> {
            Optional<CashMovement.Recorded> earlier = rows.movement(session, movement.id());
            if (earlier.isPresent())
                return earlier.get().movement().equals(movement)
                                && earlier.get().session().equals(cashSession)
                        ? Acted.before(earlier.get())
                        : Acted.not("cash-act-differs");
            Optional<String> still = standsStill(drawer.session());
            if (still.isPresent()) return Acted.not(still.get());
            OutboxWriter.Slot slot = outbox.next(session);
            CashMovement.Recorded recorded =
                    new CashMovement.Recorded(movement, cashSession, slot.at(), who.name(), approvedBy);
            CashJournal.append(
                    session,
                    cashSession,
                    new CashJournal.Act(slot.at(), who.id(), who.name(), movement.id()),
                    movement.kind().entry(),
                    Tender.Kind.CASH,
                    movement.kind().signed(movement.amount()),
                    reason + "; reference " + movement.reference() + "; note " + movement.note() + "; approved by "
                            + approvedBy);
            rows.insert(session, recorded, who.id());
            outbox.append(
                    session,
                    slot,
                    identity,
                    cashSession.toString(),
                    DocumentType.CASH_MOVEMENT,
                    DocumentType.CASH_MOVEMENT_SCHEMA,
                    new CashMovementBody(
                            movement.id(),
                            cashSession,
                            identity.store().value(),
                            drawer.session().register().value(),
                            movement.kind().name(),
                            movement.amount().currency().getCurrencyCode(),
                            movement.amount().minor(),
                            reason.name(),
                            movement.note(),
                            movement.reference(),
                            who.id().value(),
                            who.name(),
                            approvedBy,
                            slot.at()));
            prints.append(
                    session, drawer.session().register(), CashPaper.movement(recorded, drawer.registerName(), branch));
            return Acted.now(
                    recorded,
                    () -> opener.byRule(
                            drawer.session().register(),
                            opens(movement.kind()),
                            movement.id().toString(),
                            who));
        });
        if (outcome instanceof Outcome.Done<CashMovement.Recorded>)
            LOG.info(
                    "cash moved session={} movement={} kind={} amount={}",
                    cashSession,
                    movement.id(),
                    movement.kind(),
                    movement.amount().minor());
        return outcome;
    }

    @Override
    public Outcome<CashReport> x(UUID cashSession) {
        return look(
                cashSession,
                (session, branch, drawer) -> drawer.session().closedAt() != null
                        ? Outcome.refused("cash-session-ended")
                        : Outcome.done(rows.report(session, drawer, branch, clock.instant(), null)));
    }

    private static CashDrawer.Reason opens(CashMovement.Kind kind) {
        return switch (kind) {
            case PAID_IN -> CashDrawer.Reason.PAID_IN;
            case PAID_OUT -> CashDrawer.Reason.PAID_OUT;
            case DROP -> CashDrawer.Reason.CASH_DROP;
        };
    }

    @Override
    public Outcome<CashReport> printX(UUID cashSession, boolean withExpected, Person who) {
        return act(cashSession, (session, identity, branch, drawer) -> {
            if (drawer.session().closedAt() != null) return Acted.not("cash-session-ended");
            CashReport x = rows.report(session, drawer, branch, clock.instant(), null);
            prints.append(session, drawer.session().register(), CashPaper.report(x, branch, withExpected));
            return Acted.now(x);
        });
    }

    @Override
    public Outcome<CashReport> count(UUID act, UUID cashSession, CashCount count, Person who) {
        Outcome<CashReport> outcome = act(cashSession, (session, identity, branch, drawer) -> {
            Optional<CashRows.Counted> earlier = rows.countOf(session, act);
            if (earlier.isPresent()) {
                boolean same = earlier.get().session().equals(cashSession)
                        && earlier.get().count().equals(count);
                return same ? answer(session, drawer, branch) : Acted.not("cash-act-differs");
            }
            Optional<String> still = standsStill(drawer.session());
            if (still.isPresent()) return Acted.not(still.get());
            Instant at = outbox.next(session).at();
            CashJournal.append(
                    session,
                    cashSession,
                    new CashJournal.Act(at, who.id(), who.name(), act),
                    CashEntry.Kind.COUNTED,
                    Tender.Kind.CASH,
                    count.cash(Money.MXN),
                    CashRows.text(count));
            rows.insert(session, act, cashSession, at, who.id(), who.name(), count);
            session.updateOne("""
                    update cash_session
                    set counted_at = ?
                    where id = ? and counted_at is null and closed_at is null
                    """, at, cashSession);
            CashRows.Drawer counted = rows.drawer(session, cashSession).orElseThrow();
            return Acted.now(rows.report(session, counted, branch, at, null));
        });
        if (outcome instanceof Outcome.Done<CashReport>)
            LOG.info("cash counted session={} count={} user={}", cashSession, act, who.id());
        return outcome;
    }

    /** What a repeated count is told: what it came to, or the Z that came of it since. */
    private Acted<CashReport> answer(Session session, CashRows.Drawer drawer, Branch branch) throws SQLException {
        if (drawer.session().closedAt() != null)
            return Acted.before(rows.zsOf(session, drawer.session().id()).getLast());
        return drawer.session().isCounted()
                ? Acted.before(rows.report(session, drawer, branch, clock.instant(), null))
                : Acted.not("cash-not-counted");
    }

    @Override
    public Outcome<CashReport> counted(UUID cashSession) {
        return look(cashSession, (session, branch, drawer) -> {
            if (drawer.session().closedAt() != null) return Outcome.refused("cash-session-ended");
            if (!drawer.session().isCounted()) return Outcome.refused("cash-not-counted");
            return Outcome.done(rows.report(session, drawer, branch, clock.instant(), null));
        });
    }

    @Override
    public Outcome<CashReport> close(UUID act, UUID cashSession, List<Why> reasons, Person who) {
        Outcome<CashReport> outcome = act(cashSession, (session, identity, branch, drawer) -> {
            Optional<CashReport> earlier = rows.z(session, act);
            if (earlier.isPresent())
                return earlier.get().head().session().equals(cashSession)
                        ? Acted.before(earlier.get())
                        : Acted.not("cash-act-differs");
            if (drawer.session().closedAt() != null) return Acted.not("cash-session-ended");
            if (!drawer.session().isCounted()) return Acted.not("cash-not-counted");
            return close(session, identity, branch, drawer, act, reasons, who);
        });
        if (outcome instanceof Outcome.Done<CashReport>(CashReport z) && z.seal() != null)
            LOG.info(
                    "cash session closed session={} register={} z={} user={}",
                    cashSession,
                    z.head().register(),
                    z.seal().number(),
                    who.id());
        return outcome;
    }

    private Acted<CashReport> close(
            Session session,
            Identity identity,
            Branch branch,
            CashRows.Drawer drawer,
            UUID act,
            List<Why> reasons,
            Person who)
            throws SQLException {
        UUID cashSession = drawer.session().id();
        OutboxWriter.Slot slot = outbox.next(session);
        CashReport open = rows.report(session, drawer, branch, slot.at(), null);
        List<CashReport.TenderLine> lines = new ArrayList<>();
        List<String> unexplained = new ArrayList<>();
        for (CashReport.TenderLine line : open.tenders()) {
            String reason = reasons.stream()
                    .filter(why ->
                            why.tender() == line.tender() && why.currency().equals(line.currency()))
                    .map(why -> why.reason().strip())
                    .findFirst()
                    .orElse("");
            if (reason.isEmpty() && limits.needsReason(line.difference()))
                unexplained.add(CashPaper.name(line.tender(), line.currency()));
            Money counted = line.counted();
            if (counted == null) throw new IllegalStateException("a count that leaves out " + line.tender());
            lines.add(line.counted(counted, line.difference().isZero() ? "" : reason));
        }
        if (!unexplained.isEmpty()) return Acted.not("cash-reason-missing", String.join(", ", unexplained));
        long supersedes = rows.lastZ(session, cashSession);
        long number = rows.nextZ(session, drawer.session().register());
        CashChain.Link last = CashJournal.append(
                session,
                cashSession,
                new CashJournal.Act(slot.at(), who.id(), who.name(), act),
                CashEntry.Kind.CLOSED,
                Tender.Kind.CASH,
                NOTHING,
                "Z " + number + " supersedes " + supersedes
                        + lines.stream().map(SqliteCashSessions::text).collect(Collectors.joining()));
        CashReport.Seal seal = new CashReport.Seal(
                act, number, supersedes, who.id(), who.name(), last.entry().sequence(), last.hash());
        CashReport z = new CashReport(
                open.head(),
                slot.at(),
                seal,
                lines,
                open.sales(),
                open.taxes(),
                open.movements(),
                open.count(),
                open.deposits());
        outbox.append(
                session,
                slot,
                identity,
                cashSession.toString(),
                DocumentType.CASH_SESSION_CLOSED,
                DocumentType.CASH_SESSION_CLOSED_SCHEMA,
                CashSessionClosedBody.of(identity.store(), z));
        rows.insert(session, z, seal, slot.sequence());
        session.updateOne("""
                update cash_session
                set closed_at = ?
                where id = ? and closed_at is null
                """, slot.at(), cashSession);
        prints.append(session, z.head().register(), CashPaper.report(z, branch, true));
        return Acted.now(
                z, () -> opener.byRule(z.head().register(), CashDrawer.Reason.SESSION_CLOSE, "Z " + number, who));
    }

    private static String text(CashReport.TenderLine line) {
        return "; " + line.tender() + " " + line.currency() + " expected "
                + line.expected().minor() + " difference " + line.difference().minor() + " " + line.reason();
    }

    @Override
    public Outcome<CashSession> reopen(UUID act, UUID cashSession, String reason, Person who) {
        String why = reason.strip();
        if (why.isEmpty()) return Outcome.refused("cash-note-missing");
        Outcome<CashSession> outcome = act(cashSession, (session, identity, branch, drawer) -> {
            Optional<CashEntry> earlier = CashJournal.of(session, act, CashEntry.Kind.REOPENED);
            if (earlier.isPresent())
                return earlier.get().session().equals(cashSession)
                                && earlier.get().detail().equals(why)
                        ? Acted.before(drawer.session())
                        : Acted.not("cash-act-differs");
            CashSession before = drawer.session();
            if (before.closedAt() == null) return Acted.not("cash-session-open");
            if (session.exists("""
                    select 1
                    from cash_session
                    where register_id = ? and opened_at > ?
                    """, before.register().value(), before.openedAt()))
                return Acted.not("cash-session-not-last");
            OutboxWriter.Slot slot = outbox.next(session);
            CashJournal.append(
                    session,
                    cashSession,
                    new CashJournal.Act(slot.at(), who.id(), who.name(), act),
                    CashEntry.Kind.REOPENED,
                    Tender.Kind.CASH,
                    NOTHING,
                    why);
            session.updateOne("""
                    update cash_session
                    set closed_at = null, counted_at = null
                    where id = ? and closed_at is not null
                    """, cashSession);
            outbox.append(
                    session,
                    slot,
                    identity,
                    cashSession.toString(),
                    DocumentType.CASH_SESSION_REOPENED,
                    DocumentType.CASH_SESSION_REOPENED_SCHEMA,
                    new CashSessionReopenedBody(
                            act,
                            cashSession,
                            identity.store().value(),
                            before.register().value(),
                            rows.lastZ(session, cashSession),
                            why,
                            who.id().value(),
                            who.name(),
                            slot.at()));
            return Acted.now(rows.drawer(session, cashSession).orElseThrow().session());
        });
        if (outcome instanceof Outcome.Done<CashSession>)
            LOG.info("cash session opened again session={} user={}", cashSession, who.id());
        return outcome;
    }

    @Override
    public List<ZHead> zs(@Nullable UserId cashier, int limit) {
        return sales.read(session -> rows.zs(session, cashier, Math.clamp(limit, 1, MOST_LISTED)));
    }

    @Override
    public Outcome<CashReport> z(UUID id) {
        return sales.read(session -> rows.z(session, id))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused("cash-z-unknown"));
    }

    @Override
    public Outcome<CashReport> reprint(UUID z, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Outcome<CashReport> outcome = sales.write(session -> {
            CashReport report = rows.z(session, z).orElse(null);
            if (report == null) return Outcome.refused("cash-z-unknown");
            prints.append(session, report.head().register(), CashSheet.again(CashPaper.report(report, branch, true)));
            return Outcome.done(report);
        });
        if (outcome instanceof Outcome.Done<CashReport>) {
            LOG.info("Z printed again z={} user={}", z, who.id());
            pageQueued.run();
        }
        return outcome;
    }

    @Override
    public Outcome<LocalDate> today() {
        return branches.current()
                .map(branch ->
                        Outcome.done(clock.instant().atZone(branch.zone()).toLocalDate()))
                .orElseGet(() -> Outcome.refused("store-not-ready"));
    }

    @Override
    public Outcome<CashDay> day(LocalDate day) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return Outcome.done(sales.read(session -> day(session, day, branch)));
    }

    @Override
    public Outcome<CashDay> printDay(LocalDate day, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        CashDay printed = sales.write(session -> {
            CashDay figures = day(session, day, branch);
            prints.append(session, CashPaper.day(figures, branch));
            return figures;
        });
        pageQueued.run();
        return Outcome.done(printed);
    }

    private CashDay day(Session session, LocalDate day, Branch branch) throws SQLException {
        List<CashReport> reports = new ArrayList<>();
        boolean complete = true;
        for (CashRows.Drawer drawer : rows.openedBetween(
                session,
                day.atStartOfDay(branch.zone()).toInstant(),
                day.plusDays(1).atStartOfDay(branch.zone()).toInstant())) {
            if (drawer.session().closedAt() != null)
                reports.add(rows.zsOf(session, drawer.session().id()).getLast());
            else {
                complete = false;
                reports.add(rows.report(session, drawer, branch, clock.instant(), null));
            }
        }
        return new CashDay(day, clock.instant(), reports, complete);
    }

    @Override
    public Outcome<CashChain.Verdict> verify(UUID cashSession) {
        return look(cashSession, (session, branch, drawer) -> {
            List<CashChain.Seal> seals = new ArrayList<>();
            for (CashReport z : rows.zsOf(session, cashSession)) {
                CashReport.Seal seal = z.seal();
                if (seal != null)
                    seals.add(new CashChain.Seal(seal.number(), seal.journalSequence(), seal.journalHash()));
            }
            return Outcome.done(CashChain.verify(CashJournal.links(session, cashSession), seals));
        });
    }
}
