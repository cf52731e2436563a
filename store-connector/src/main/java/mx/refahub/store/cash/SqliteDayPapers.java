package mx.refahub.store.cash;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.DayPapers;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deposit slips in sales.db, and the terminal's charges beside the tickets. */
public final class SqliteDayPapers implements DayPapers {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDayPapers.class);
    /** In one transaction, which a sale may have to wait for. */
    private static final int MOST_TOLD = 100;

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final OutboxWriter outbox;
    private final PrintQueue prints;
    private final Clock clock;
    private final Runnable queued;
    private final BooleanSupplier mayWrite;
    private volatile boolean allTold;

    /**
     * @param queued called after a commit that queued a page; only sets a flag and returns
     * @param mayWrite whether documents may be written now: what is told by itself waits for it as a person has to
     */
    public SqliteDayPapers(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            OutboxWriter outbox,
            PrintQueue prints,
            Clock clock,
            Runnable queued,
            BooleanSupplier mayWrite) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.outbox = outbox;
        this.prints = prints;
        this.clock = clock;
        this.queued = queued;
        this.mayWrite = mayWrite;
    }

    @Override
    public Outcome<Deposit> deposit(UUID id, String bank, String account, List<CashCount.Pieces> pieces, Person who) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        String name = bank.strip();
        String number = account.strip();
        if (name.isEmpty() || name.length() > MOST_TEXT)
            return Outcome.refused("deposit-bank", Integer.toString(MOST_TEXT));
        if (number.length() > MOST_TEXT) return Outcome.refused("deposit-account", Integer.toString(MOST_TEXT));
        List<CashCount.Pieces> there = pieces.stream()
                .filter(row -> row.pieces() > 0)
                .sorted(Comparator.comparing((CashCount.Pieces row) ->
                                row.denomination().value().minor())
                        .reversed()
                        .thenComparing(row -> row.denomination().form()))
                .toList();
        Money total = new CashCount(there, List.of()).cash(Money.MXN);
        if (total.isZero()
                || there.stream()
                        .anyMatch(row -> !row.denomination().value().currency().equals(Money.MXN)))
            return Outcome.refused("deposit-empty");
        Instant now = clock.instant();
        Outcome<Deposit> kept = sales.write(session -> {
            Deposit before = one(session, id).orElse(null);
            if (before != null)
                return before.bank().equals(name)
                                && before.account().equals(number)
                                && before.pieces().equals(there)
                        ? Outcome.done(before)
                        : Outcome.refused("deposit-differs");
            OutboxWriter.Slot slot = outbox.next(session);
            BankDepositBody body = new BankDepositBody(
                    id,
                    identity.store().value(),
                    now.atZone(branch.zone()).toLocalDate(),
                    name,
                    number,
                    total.currency().getCurrencyCode(),
                    total.minor(),
                    bodies(there),
                    slot.at(),
                    who.id().value(),
                    who.name());
            append(session, slot, identity, body);
            insert(session, body, slot.sequence());
            Deposit deposit = one(session, id).orElseThrow();
            prints.append(session, paper(deposit, branch));
            LOG.info("bank deposit written deposit={} total={} user={}", id, total.minor(), who.id());
            return Outcome.done(deposit);
        });
        outbox.ring();
        queued.run();
        return kept;
    }

    private void append(Session session, OutboxWriter.Slot slot, Identity identity, BankDepositBody body)
            throws SQLException {
        outbox.append(
                session,
                slot,
                identity,
                body.id().toString(),
                DocumentType.BANK_DEPOSIT,
                DocumentType.BANK_DEPOSIT_SCHEMA,
                body);
    }

    /** The row of a document; what is there already stays, and is told from then on. */
    public static void insert(Session session, BankDepositBody body, long documentSequence) throws SQLException {
        session.update(
                """
                insert into bank_deposit (id, day, bank, account, total, pieces, at, by_id, by_name, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set document_sequence = excluded.document_sequence
                """,
                body.id(),
                body.day(),
                body.bank(),
                body.account(),
                body.total(),
                written(body.pieces().stream()
                        .map(row -> new CashCount.Pieces(
                                new Denomination(
                                        Denomination.Form.valueOf(row.form()),
                                        new Money(row.value(), Currency.getInstance(body.currency()))),
                                row.pieces()))
                        .toList()),
                body.at(),
                body.by(),
                body.byName(),
                documentSequence);
    }

    /**
     * Slips of before they were documents are told, some at a time; call it when the hub has said that all is well with this machine, as often as that is.
     *
     * @return how many were told
     */
    public int tellOld() {
        Identity identity = identities.current().orElse(null);
        if (allTold || identity == null || !mayWrite.getAsBoolean()) return 0;
        int told = sales.write(session -> {
            List<Old> untold = session.all("""
                    select id, day, bank, account, total, pieces, at, by_name, by_id
                    from bank_deposit
                    where document_sequence is null
                    order by at, id
                    limit ?
                    """, row -> new Old(deposit(row), row.id("by_id")), MOST_TOLD);
            for (Old old : untold) {
                OutboxWriter.Slot slot = outbox.next(session);
                Deposit slip = old.slip();
                append(
                        session,
                        slot,
                        identity,
                        new BankDepositBody(
                                slip.id(),
                                identity.store().value(),
                                slip.day(),
                                slip.bank(),
                                slip.account(),
                                slip.total().currency().getCurrencyCode(),
                                slip.total().minor(),
                                bodies(slip.pieces()),
                                slip.at(),
                                old.by(),
                                slip.byName()));
                session.updateOne(
                        "update bank_deposit set document_sequence = ? where id = ?", slot.sequence(), slip.id());
            }
            return untold.size();
        });
        allTold = told < MOST_TOLD;
        if (told > 0) {
            outbox.ring();
            LOG.info("bank deposits of before told deposits={}", told);
        }
        return told;
    }

    private record Old(Deposit slip, UUID by) {}

    private static List<BankDepositBody.PiecesBody> bodies(List<CashCount.Pieces> pieces) {
        return pieces.stream()
                .map(row -> new BankDepositBody.PiecesBody(
                        row.denomination().form().name(),
                        row.denomination().value().minor(),
                        row.pieces()))
                .toList();
    }

    @Override
    public List<Deposit> deposits(LocalDate day) {
        return sales.read(session -> session.all("""
                select id, day, bank, account, total, pieces, at, by_name
                from bank_deposit
                where day = ?
                order by at
                """, SqliteDayPapers::deposit, day));
    }

    @Override
    public Outcome<Deposit> printAgain(UUID id, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Outcome<Deposit> printed = sales.write(session -> {
            Deposit deposit = one(session, id).orElse(null);
            if (deposit == null) return Outcome.refused("deposit-unknown");
            prints.append(session, CashSheet.again(paper(deposit, branch)));
            return Outcome.done(deposit);
        });
        queued.run();
        return printed;
    }

    private static Optional<Deposit> one(Session session, UUID id) throws SQLException {
        return session.first("""
                select id, day, bank, account, total, pieces, at, by_name
                from bank_deposit
                where id = ?
                """, SqliteDayPapers::deposit, id);
    }

    private static Deposit deposit(mx.refahub.store.sqlite.Row row) throws SQLException {
        return new Deposit(
                row.id("id"),
                LocalDate.parse(row.text("day")),
                row.text("bank"),
                row.text("account"),
                read(row.text("pieces")),
                Money.mxn(row.number("total")),
                row.instant("at"),
                row.text("by_name"));
    }

    private static String written(List<CashCount.Pieces> pieces) {
        List<String> rows = new ArrayList<>();
        for (CashCount.Pieces row : pieces)
            rows.add(
                    row.denomination().form() + " " + row.denomination().value().minor() + " " + row.pieces());
        return String.join(";", rows);
    }

    private static List<CashCount.Pieces> read(String text) {
        List<CashCount.Pieces> pieces = new ArrayList<>();
        for (String row : text.split(";")) {
            String[] cells = row.split(" ");
            pieces.add(new CashCount.Pieces(
                    new Denomination(Denomination.Form.valueOf(cells[0]), Money.mxn(Long.parseLong(cells[1]))),
                    Integer.parseInt(cells[2])));
        }
        return pieces;
    }

    private static Printout paper(Deposit deposit, Branch branch) {
        CashSheet paper = new CashSheet();
        paper.title("FICHA DE DEPÓSITO");
        paper.centered(branch.name());
        paper.centered("RFC " + branch.issuer().rfc());
        paper.pair("Banco", deposit.bank());
        if (!deposit.account().isEmpty()) paper.pair("Cuenta", deposit.account());
        paper.pair("Fecha", WHEN.format(deposit.at().atZone(branch.zone())));
        paper.pair("Hizo", deposit.byName());
        paper.rule();
        for (CashCount.Pieces row : deposit.pieces())
            paper.pair(
                    row.pieces() + " x " + row.denomination().value().text()
                            + (row.denomination().form() == Denomination.Form.COIN ? " moneda" : ""),
                    row.amount().text());
        paper.rule();
        paper.boldPair("Total", deposit.total().text());
        for (String name : List.of("Entrega", "Recibe")) {
            paper.blank();
            paper.blank();
            paper.centered("_______________________");
            paper.centered(name);
        }
        return paper.page();
    }

    @Override
    public Outcome<Batch> batch(LocalDate day) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Instant from = day.atStartOfDay(branch.zone()).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(branch.zone()).toInstant();
        return Outcome.done(sales.read(session -> {
            List<Row> rows = new ArrayList<>();
            rows.addAll(session.all("""
                    select amount, authorization, last_four, asked_at, approved_at
                    from card_charge
                    where asked_at >= ? and asked_at < ?
                    and declined_at is null and reversed_at is null and used_at is null
                    order by asked_at
                    """, SqliteDayPapers::open, from, to));
            rows.addAll(session.all("""
                    select sale.folio_prefix || '-' || printf('%06d', sale.folio_number) as folio, sale.sold_at,
                           sum(tender.amount) as on_ticket, max(tender.reference) as reference,
                           (select coalesce(sum(charge.amount), 0)
                            from card_charge charge
                            where charge.ticket_id = sale.id and charge.used_at is not null and charge.reversed_at is null) as terminal
                    from sale
                    join sale_tender tender on tender.sale_id = sale.id and tender.kind in ('CREDIT_CARD', 'DEBIT_CARD')
                    where sale.business_day = ?
                    group by sale.id
                    having on_ticket <> terminal
                    order by sale.sold_at
                    """, SqliteDayPapers::ticket, day));
            long charged = sum(session, """
                    select coalesce(sum(amount), 0) as n
                    from card_charge
                    where asked_at >= ? and asked_at < ? and approved_at is not null and reversed_at is null
                    """, from, to);
            long onTickets = sum(session, """
                    select coalesce(sum(tender.amount), 0) as n
                    from sale
                    join sale_tender tender on tender.sale_id = sale.id and tender.kind in ('CREDIT_CARD', 'DEBIT_CARD')
                    where sale.business_day = ?
                    """, day);
            return new Batch(day, Money.mxn(charged), Money.mxn(onTickets), rows);
        }));
    }

    private static long sum(Session session, String sql, Object... arguments) throws SQLException {
        return session.first(sql, row -> row.number("n"), arguments).orElse(0L);
    }

    private static Row open(mx.refahub.store.sqlite.Row row) throws SQLException {
        return new Row(
                row.isNull("approved_at") ? Odd.NO_ANSWER : Odd.NOT_ON_TICKET,
                "",
                Money.mxn(0),
                Money.mxn(row.number("amount")),
                row.text("authorization"),
                row.text("last_four"),
                row.instant("asked_at"));
    }

    private static Row ticket(mx.refahub.store.sqlite.Row row) throws SQLException {
        long terminal = row.number("terminal");
        return new Row(
                terminal == 0 ? Odd.BY_HAND : Odd.DIFFERS,
                row.text("folio"),
                Money.mxn(row.number("on_ticket")),
                Money.mxn(terminal),
                row.text("reference"),
                "",
                row.instant("sold_at"));
    }
}
