package mx.refahub.store.cash;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.cash.CashDesk;
import mx.refahub.domain.cash.CashEntry;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cash sessions in sales.db. The schema allows one open session per register. */
public final class SqliteCashDesk implements CashDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCashDesk.class);

    private final SqliteFile sales;
    private final Identities identities;
    private final OutboxWriter outbox;
    private final CashDrawer opener;

    public SqliteCashDesk(SqliteFile sales, Identities identities, OutboxWriter outbox, CashDrawer opener) {
        this.sales = sales;
        this.identities = identities;
        this.outbox = outbox;
        this.opener = opener;
        sales.change(CashJournal::chainOlderSessions);
    }

    @Override
    public List<Register> registers() {
        return sales.read(session -> session.all(
                """
                select register.id as register, register.name as register_name, register.prefix,
                       open.id, open.register_id, open.opened_by, open.opened_by_name, open.opened_at, open.opening_float,
                       open.cashier_id, open.cashier_name, open.counted_at, open.closed_at
                from register
                left join cash_session open on open.register_id = register.id and open.closed_at is null
                where not exists (select 1 from station where station.id = register.id)
                order by register.prefix
                """,
                row -> new Register(
                        new RegisterId(row.id("register")),
                        row.text("register_name"),
                        row.text("prefix"),
                        row.isNull("id") ? Optional.empty() : Optional.of(session(row)))));
    }

    @Override
    public Outcome<CashSession> open(UUID id, RegisterId register, Money openingFloat, Person who) {
        if (openingFloat.isNegative()) return Outcome.refused("float-negative");
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("register-unknown");
        record Opening(Outcome<CashSession> outcome, boolean fresh) {}
        Opening opening = sales.write(session -> {
            Optional<CashSession> there = earlier(session, id, register);
            if (there.isPresent()) return new Opening(Outcome.done(there.get()), false);
            if (!session.exists("""
                    select 1
                    from register
                    where id = ? and not exists (select 1 from station where station.id = register.id)
                    """, register.value())) return new Opening(Outcome.refused("register-unknown"), false);
            OutboxWriter.Slot slot = outbox.next(session);
            CashSession opened = CashSession.opened(id, register, who, slot.at(), openingFloat);
            insert(session, opened);
            outbox.append(
                    session,
                    slot,
                    identity,
                    id.toString(),
                    DocumentType.CASH_SESSION_OPENED,
                    DocumentType.CASH_SESSION_OPENED_SCHEMA,
                    new CashSessionOpenedBody(
                            id,
                            identity.store().value(),
                            register.value(),
                            who.id().value(),
                            who.name(),
                            slot.at(),
                            openingFloat.minor(),
                            openingFloat.currency().getCurrencyCode()));
            return new Opening(Outcome.done(opened), true);
        });
        if (opening.fresh()) {
            LOG.info("cash session opened session={} register={} user={}", id, register, who.id());
            outbox.ring();
            opener.byRule(register, CashDrawer.Reason.SESSION_OPEN, id.toString(), who);
        }
        return opening.outcome();
    }

    /** The session's own row and the beginning of its journal. */
    public static void insert(Session session, CashSession opened) throws SQLException {
        session.updateOne(
                """
                insert into cash_session (id, register_id, opened_by, opened_by_name, opened_at, opening_float, cashier_id, cashier_name,
                                          closed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                opened.id(),
                opened.register().value(),
                opened.openedBy().value(),
                opened.openedByName(),
                opened.openedAt(),
                opened.openingFloat().minor(),
                opened.cashier().value(),
                opened.cashierName(),
                opened.closedAt());
        CashJournal.append(
                session,
                opened.id(),
                new CashJournal.Act(opened.openedAt(), opened.openedBy(), opened.openedByName(), opened.id()),
                CashEntry.Kind.OPENED,
                Tender.Kind.CASH,
                opened.openingFloat(),
                "");
    }

    private static Optional<CashSession> earlier(Session session, UUID id, RegisterId register) throws SQLException {
        return session.first("""
                select id, register_id, opened_by, opened_by_name, opened_at, opening_float, cashier_id, cashier_name, counted_at, closed_at
                from cash_session
                where id = ? or (register_id = ? and closed_at is null)
                order by id = ? desc
                limit 1
                """, SqliteCashDesk::session, id, register.value(), id);
    }

    static CashSession session(Row row) throws SQLException {
        return new CashSession(
                row.id("id"),
                new RegisterId(row.id("register_id")),
                new UserId(row.id("opened_by")),
                row.text("opened_by_name"),
                row.instant("opened_at"),
                Money.mxn(row.number("opening_float")),
                new UserId(row.id("cashier_id")),
                row.text("cashier_name"),
                row.instantOrNull("counted_at"),
                row.instantOrNull("closed_at"));
    }
}
