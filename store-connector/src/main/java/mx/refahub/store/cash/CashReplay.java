package mx.refahub.store.cash;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashEntry;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.store.sqlite.Session;
import tools.jackson.databind.json.JsonMapper;

/**
 * The drawer out of its documents: movements, changes of cashier, Zs and reopenings, each with its row in the journal. What the books hold already stays. A count has no document of its own: it stands in
 * the Z, and is put before it. The journal of such a session is whole in itself; it is not, row for row, the one that the Z vouches for, and its check says so.
 */
public final class CashReplay {
    private static final Money NOTHING = Money.mxn(0);

    private final CashRows rows;

    public CashReplay(JsonMapper json) {
        this.rows = new CashRows(json);
    }

    public void movement(Session session, CashMovementBody body) throws SQLException {
        if (session.exists("select 1 from cash_movement where id = ?", body.id())) return;
        CashMovement movement = new CashMovement(
                body.id(),
                CashMovement.Kind.valueOf(body.kind()),
                new Money(body.amount(), java.util.Currency.getInstance(body.currency())),
                CashMovement.Reason.valueOf(body.reason()),
                body.note(),
                body.reference());
        append(
                session,
                body.session(),
                body.at(),
                body.by(),
                body.byName(),
                body.id(),
                movement.kind().entry(),
                movement.kind().signed(movement.amount()),
                movement.reason() + "; reference " + movement.reference() + "; note " + movement.note()
                        + "; approved by " + body.approvedByName());
        rows.insert(
                session,
                new CashMovement.Recorded(movement, body.session(), body.at(), body.byName(), body.approvedByName()),
                new UserId(body.by()));
    }

    /** An <i>abono</i> lies in the drawer that took it, in the tender that it came in. */
    public void accountPayment(Session session, AccountPaymentBody body) throws SQLException {
        append(
                session,
                body.cashSession(),
                body.at(),
                body.by(),
                body.byName(),
                body.id(),
                CashEntry.Kind.ACCOUNT_PAYMENT,
                Tender.Kind.valueOf(body.kind()),
                new Money(body.amount(), java.util.Currency.getInstance(body.currency())),
                body.number());
    }

    /** A deposit of a promise lies in the drawer that took it. */
    public void deposit(Session session, PromisePaymentBody body) throws SQLException {
        PromisePaymentBody.ForeignBody foreign = body.foreign();
        if (foreign != null)
            append(
                    session,
                    body.cashSession(),
                    body.at(),
                    body.by(),
                    body.byName(),
                    body.id(),
                    CashEntry.Kind.DEPOSIT,
                    Tender.Kind.CASH,
                    new Money(foreign.given(), java.util.Currency.getInstance(foreign.currency())),
                    body.number());
        append(
                session,
                body.cashSession(),
                body.at(),
                body.by(),
                body.byName(),
                body.id(),
                CashEntry.Kind.DEPOSIT,
                Tender.Kind.valueOf(body.kind()),
                new Money(body.amount(), java.util.Currency.getInstance(body.currency())),
                body.number());
    }

    /** What was given back of it, out of the drawer that paid it. */
    public void depositBack(Session session, PromiseChangedBody body) throws SQLException {
        PromiseChangedBody.BackBody back = body.back();
        if (back == null) return;
        PromiseChangedBody.SlipBody slip = back.slip();
        if (slip != null)
            append(
                    session,
                    back.cashSession(),
                    body.at(),
                    body.by(),
                    body.byName(),
                    body.id(),
                    CashEntry.Kind.DEPOSIT_BACK,
                    Tender.Kind.STORE_CREDIT,
                    new Money(-slip.amount(), java.util.Currency.getInstance(back.currency())),
                    back.number());
        if (back.returned() == 0) return;
        append(
                session,
                back.cashSession(),
                body.at(),
                body.by(),
                body.byName(),
                body.id(),
                CashEntry.Kind.DEPOSIT_BACK,
                Tender.Kind.valueOf(back.kind()),
                new Money(-back.returned(), java.util.Currency.getInstance(back.currency())),
                back.number());
    }

    public void switched(Session session, CashierSwitchedBody body) throws SQLException {
        append(
                session,
                body.session(),
                body.at(),
                body.to(),
                body.toName(),
                body.id(),
                CashEntry.Kind.SWITCHED,
                NOTHING,
                "from " + body.from());
        session.update("""
                update cash_session
                set cashier_id = ?, cashier_name = ?
                where id = ?
                """, body.to(), body.toName(), body.session());
    }

    public void closed(Session session, CashSessionClosedBody body, long documentSequence) throws SQLException {
        if (session.exists("select 1 from cash_z where id = ?", body.id())) {
            session.update("update cash_z set document_sequence = ? where id = ?", documentSequence, body.id());
            return;
        }
        CashReport z = body.toReport();
        CashReport.Seal seal = z.seal();
        CashCount count = z.count();
        if (seal == null || count == null) throw new IllegalArgumentException("a Z has a number and a count");
        // Its id is the Z's: a count is known by nothing else here.
        append(
                session,
                body.session(),
                body.closedAt(),
                body.closedBy(),
                body.closedByName(),
                body.id(),
                CashEntry.Kind.COUNTED,
                count.cash(Money.MXN),
                CashRows.text(count));
        if (!session.exists("select 1 from cash_count where id = ?", body.id()))
            rows.insert(
                    session,
                    body.id(),
                    body.session(),
                    body.closedAt(),
                    new UserId(body.closedBy()),
                    body.closedByName(),
                    count);
        append(
                session,
                body.session(),
                body.closedAt(),
                body.closedBy(),
                body.closedByName(),
                body.id(),
                CashEntry.Kind.CLOSED,
                NOTHING,
                "Z " + body.zNumber() + " supersedes " + body.supersedes());
        rows.insert(session, z, seal, documentSequence);
        session.update("""
                update cash_session
                set closed_at = ?, counted_at = coalesce(counted_at, ?), cashier_id = ?, cashier_name = ?
                where id = ?
                """, body.closedAt(), body.closedAt(), body.cashier(), body.cashierName(), body.session());
        session.update("""
                update register
                set next_z = max(next_z, ?)
                where id = ?
                """, body.zNumber() + 1, body.register());
    }

    public void reopened(Session session, CashSessionReopenedBody body) throws SQLException {
        boolean known = session.exists(
                "select 1 from cash_journal where cause = ? and kind = ?", body.id(), CashEntry.Kind.REOPENED);
        append(
                session,
                body.session(),
                body.at(),
                body.by(),
                body.byName(),
                body.id(),
                CashEntry.Kind.REOPENED,
                NOTHING,
                body.reason());
        // Closed again since, as the books say: its Z follows, or was read.
        if (known) return;
        session.update("""
                update cash_session
                set closed_at = null, counted_at = null
                where id = ?
                  and not exists (
                      select 1 from cash_session later
                      where later.register_id = cash_session.register_id and later.closed_at is null and later.id <> cash_session.id)
                """, body.session());
    }

    private static void append(
            Session session,
            UUID cashSession,
            Instant at,
            UUID by,
            String byName,
            UUID cause,
            CashEntry.Kind kind,
            Money amount,
            String detail)
            throws SQLException {
        append(session, cashSession, at, by, byName, cause, kind, Tender.Kind.CASH, amount, detail);
    }

    private static void append(
            Session session,
            UUID cashSession,
            Instant at,
            UUID by,
            String byName,
            UUID cause,
            CashEntry.Kind kind,
            Tender.Kind tender,
            Money amount,
            String detail)
            throws SQLException {
        // An act may move more than one tender.
        boolean known = session.exists(
                "select 1 from cash_journal where cause = ? and kind = ? and tender = ? and currency = ?",
                cause,
                kind,
                tender,
                amount.currency().getCurrencyCode());
        if (known || !session.exists("select 1 from cash_session where id = ?", cashSession)) return;
        CashJournal.append(
                session,
                cashSession,
                new CashJournal.Act(at, new UserId(by), byName, cause),
                kind,
                tender,
                amount,
                detail);
    }
}
