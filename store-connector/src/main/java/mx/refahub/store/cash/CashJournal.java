package mx.refahub.store.cash;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.cash.CashChain;
import mx.refahub.domain.cash.CashEntry;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** The chained journal of cash sessions in sales.db. Written inside the transaction of what it tells of; the only one who writes its table. */
public final class CashJournal {
    private CashJournal() {}

    /** Who did it, when, and because of what. */
    record Act(Instant at, UserId by, String byName, UUID cause) {}

    /** What a sale put into the drawer: each tender as it was handed over, then the change that went back. */
    public static void sale(Session session, Sale sale) throws SQLException {
        Act act = new Act(sale.soldAt(), sale.cashier(), sale.cashierName(), sale.id());
        Money change = sale.change();
        for (Tender tender : sale.tenders()) {
            Tender.Foreign foreign = tender.foreign();
            // Dollars lie in the drawer as dollars; what they were worth stands beside them.
            if (foreign != null)
                append(
                        session,
                        sale.cashSession(),
                        act,
                        CashEntry.Kind.SALE,
                        Tender.Kind.CASH,
                        foreign.given(),
                        sale.folio().text());
            append(
                    session,
                    sale.cashSession(),
                    act,
                    CashEntry.Kind.SALE,
                    tender.kind(),
                    tender.received(),
                    sale.folio().text());
        }
        if (!change.isZero())
            append(
                    session,
                    sale.cashSession(),
                    act,
                    CashEntry.Kind.CHANGE,
                    Tender.Kind.CASH,
                    change.negated(),
                    sale.folio().text());
    }

    /** A payment on a customer's account: money that came in without a sale. */
    public static void accountPayment(
            Session session,
            UUID cashSession,
            Instant at,
            Person who,
            UUID payment,
            Tender.Kind tender,
            Money amount,
            String number)
            throws SQLException {
        append(
                session,
                cashSession,
                new Act(at, who.id(), who.name(), payment),
                CashEntry.Kind.ACCOUNT_PAYMENT,
                tender,
                amount,
                number);
    }

    /**
     * A deposit for a layaway or a special order.
     *
     * @param foreign the dollars that it was paid in, which lie in the drawer as dollars; null otherwise
     */
    public static void deposit(
            Session session,
            UUID cashSession,
            Instant at,
            Person who,
            UUID act,
            Tender.Kind tender,
            Money amount,
            @Nullable Money foreign,
            String number)
            throws SQLException {
        Act because = new Act(at, who.id(), who.name(), act);
        if (foreign != null)
            append(session, cashSession, because, CashEntry.Kind.DEPOSIT, Tender.Kind.CASH, foreign, number);
        append(session, cashSession, because, CashEntry.Kind.DEPOSIT, tender, amount, number);
    }

    /** @param amount what was given back, positive */
    public static void depositBack(
            Session session,
            UUID cashSession,
            Instant at,
            Person who,
            UUID act,
            Tender.Kind tender,
            Money amount,
            String number)
            throws SQLException {
        append(
                session,
                cashSession,
                new Act(at, who.id(), who.name(), act),
                CashEntry.Kind.DEPOSIT_BACK,
                tender,
                amount.negated(),
                number);
    }

    /** @return the new last row */
    static CashChain.Link append(
            Session session,
            UUID cashSession,
            Act act,
            CashEntry.Kind kind,
            Tender.Kind tender,
            Money amount,
            String detail)
            throws SQLException {
        record Last(long sequence, Sha256 hash) {}
        Last last = session.first(
                        """
                select sequence, hash
                from cash_journal
                where cash_session_id = ?
                order by sequence desc
                limit 1
                """, row -> new Last(row.number("sequence"), Sha256.of(row.bytes("hash"))), cashSession)
                .orElse(new Last(0, Sha256.NONE));
        CashEntry entry = new CashEntry(
                cashSession,
                last.sequence() + 1,
                act.at(),
                kind,
                tender,
                amount,
                act.by(),
                act.byName(),
                act.cause(),
                detail);
        CashChain.Link link = new CashChain.Link(entry, last.hash(), entry.hash(last.hash()));
        session.updateOne(
                """
                insert into cash_journal (cash_session_id, sequence, at, kind, tender, currency, amount, by_id, by_name, cause, detail,
                                          previous_hash, hash)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                cashSession,
                entry.sequence(),
                entry.at(),
                kind,
                tender,
                amount.currency().getCurrencyCode(),
                amount.minor(),
                act.by().value(),
                act.byName(),
                act.cause(),
                detail,
                link.previousHash().bytes(),
                link.hash().bytes());
        return link;
    }

    /** The row that an act left, to tell whether it came before. */
    static Optional<CashEntry> of(Session session, UUID act, CashEntry.Kind kind) throws SQLException {
        return session.first("""
                select cash_session_id, sequence, at, kind, tender, currency, amount, by_id, by_name, cause, detail
                from cash_journal
                where cause = ? and kind = ?
                """, CashJournal::entry, act, kind);
    }

    static List<CashChain.Link> links(Session session, UUID cashSession) throws SQLException {
        return session.all(
                """
                select cash_session_id, sequence, at, kind, tender, currency, amount, by_id, by_name, cause, detail, previous_hash, hash
                from cash_journal
                where cash_session_id = ?
                order by sequence
                """,
                row -> new CashChain.Link(
                        entry(row), Sha256.of(row.bytes("previous_hash")), Sha256.of(row.bytes("hash"))),
                cashSession);
    }

    /** Sessions from before there was a chain get theirs out of what they sold. */
    static void chainOlderSessions(Session session) throws SQLException {
        record Older(UUID id, Act opening, Money openingFloat) {}
        List<Older> older = session.all(
                """
                select id, opened_at, opened_by, opened_by_name, opening_float
                from cash_session
                where not exists (select 1 from cash_journal where cash_journal.cash_session_id = cash_session.id)
                order by opened_at
                """,
                row -> new Older(
                        row.id("id"),
                        new Act(
                                row.instant("opened_at"),
                                new UserId(row.id("opened_by")),
                                row.text("opened_by_name"),
                                row.id("id")),
                        Money.mxn(row.number("opening_float"))));
        record Sold(Act act, Tender.Kind tender, Money received, Money amount, String folio) {}
        for (Older one : older) {
            append(session, one.id(), one.opening(), CashEntry.Kind.OPENED, Tender.Kind.CASH, one.openingFloat(), "");
            List<Sold> sold = session.all(
                    """
                    select sale.id, sale.sold_at, sale.folio_prefix || '-' || sale.folio_number as folio, sale_tender.kind, sale_tender.received,
                           sale_tender.amount
                    from sale
                    join sale_tender on sale_tender.sale_id = sale.id
                    where sale.cash_session_id = ?
                    order by sale.sold_at, sale_tender.position
                    """,
                    row -> new Sold(
                            new Act(
                                    row.instant("sold_at"),
                                    one.opening().by(),
                                    one.opening().byName(),
                                    row.id("id")),
                            Tender.Kind.valueOf(row.text("kind")),
                            Money.mxn(row.number("received")),
                            Money.mxn(row.number("amount")),
                            row.text("folio")),
                    one.id());
            for (Sold row : sold) {
                append(session, one.id(), row.act(), CashEntry.Kind.SALE, row.tender(), row.received(), row.folio());
                if (!row.received().equals(row.amount()))
                    append(
                            session,
                            one.id(),
                            row.act(),
                            CashEntry.Kind.CHANGE,
                            row.tender(),
                            row.amount().minus(row.received()),
                            row.folio());
            }
        }
    }

    private static CashEntry entry(Row row) throws SQLException {
        return new CashEntry(
                row.id("cash_session_id"),
                row.number("sequence"),
                row.instant("at"),
                CashEntry.Kind.valueOf(row.text("kind")),
                Tender.Kind.valueOf(row.text("tender")),
                new Money(row.number("amount"), Currency.getInstance(row.text("currency"))),
                new UserId(row.id("by_id")),
                row.text("by_name"),
                row.id("cause"),
                row.text("detail"));
    }
}
