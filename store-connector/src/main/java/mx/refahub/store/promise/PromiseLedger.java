package mx.refahub.store.promise;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.credit.CreditRows;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Promises and their deposits in sales.db, inside the caller's transaction; the only one who writes their tables. What a document says is entered once: the same again changes nothing, so that salvaged
 * documents can be put back.
 */
public final class PromiseLedger {
    private static final int MOST_FOUND = 100;

    /** Of letters and digits: shorter would lie within every number. */
    private static final int SHORTEST_NUMBER = 3;

    private final JsonMapper json;

    public PromiseLedger(JsonMapper json) {
        this.json = json;
    }

    // --- what tickets and sales ask

    /** What a ticket sells of a promise, with the deposit that is held for it now. */
    public static Optional<Promised> promised(Session session, UUID promise) throws SQLException {
        return session.first(
                """
                select kind, number, (select coalesce(sum(amount), 0) from promise_entry where promise_id = promise.id) as deposit
                from promise
                where id = ?
                """,
                row -> new Promised(promise, row.text("kind"), row.text("number"), Money.mxn(row.number("deposit"))),
                promise);
    }

    public static boolean isOpen(Session session, UUID promise) throws SQLException {
        return session.exists("select 1 from promise where id = ? and closed_at is null", promise);
    }

    /** Documents of the promise that the hub must know before its sale, in their order. */
    public static List<UUID> documentsOf(Session session, UUID promise) throws SQLException {
        return session.all("""
                select outbox.id
                from outbox
                join (
                    select document_sequence from promise where id = ?1
                    union
                    select document_sequence from promise_entry where promise_id = ?1
                    union
                    select document_sequence from promise_change where promise_id = ?1) written
                    on written.document_sequence = outbox.sequence
                where outbox.sequence > coalesce((select sequence from acknowledged), 0)
                order by outbox.sequence
                """, row -> row.id("id"), promise);
    }

    /** A sale that keeps a promise: its deposit is spent, and its pieces are no longer set apart. */
    public static void sale(Session session, Sale sale, long documentSequence) throws SQLException {
        Promised promised = sale.promised();
        if (promised == null) return;
        enter(
                session,
                sale.id(),
                promised.id(),
                Promise.EntryKind.APPLIED,
                // What was paid at a marketplace was never held here.
                promised.isMarket() ? Money.mxn(0) : promised.deposit().negated(),
                null,
                sale.folio().text(),
                sale.soldAt(),
                sale.cashierName(),
                "",
                null,
                documentSequence);
        close(session, promised.id(), sale.soldAt());
    }

    // --- what documents say

    void made(Session session, PromiseMadeBody body, long documentSequence) throws SQLException {
        // What it promises first, the phone last: that one is looked for by its end, too.
        List<String> words = new ArrayList<>(partWords(body));
        words.addAll(Customer.words(body.customerName()));
        words.add(body.phone().replaceAll("\\D", ""));
        // Another life of this machine gave the number too: delivered, and the hub has both; the books here keep the
        // first.
        if (session.exists("select 1 from promise where number = ? and id <> ?", body.number(), body.id()))
            throw new IllegalArgumentException("the number " + body.number() + " is another promise's");
        int fresh = session.update(
                """
                insert into promise (id, kind, number, ticket_id, customer_id, found_by, day, due_on, body, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                body.id(),
                body.kind(),
                body.number(),
                body.ticket(),
                body.customer(),
                String.join(" ", words).strip(),
                body.businessDay(),
                body.dueOn(),
                json.writeValueAsString(body),
                documentSequence);
        if (fresh == 0) {
            session.update("update promise set document_sequence = ? where id = ?", documentSequence, body.id());
            session.update(
                    "update promise_line set document_sequence = ? where promise_id = ?", documentSequence, body.id());
        }
        int position = 0;
        for (SaleBody.LineBody line : body.lines()) {
            position++;
            if (line.kind().equals(SaleLine.Kind.PART.name()))
                session.update("""
                        insert into promise_line (promise_id, position, part_id, quantity, document_sequence)
                        values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """, body.id(), position, line.part(), line.quantity(), documentSequence);
        }
    }

    static void paid(Session session, PromisePaymentBody body, long documentSequence) throws SQLException {
        enter(
                session,
                body.id(),
                body.promise(),
                Promise.EntryKind.TAKEN,
                Money.mxn(body.amount()),
                body.kind(),
                body.number(),
                body.at(),
                body.byName(),
                body.reference(),
                body.foreign(),
                documentSequence);
        PromisePaymentBody.SlipBody slip = body.credit();
        if (slip != null)
            CreditRows.spent(
                    session,
                    new Tender.Credit(slip.id(), slip.proof()),
                    body.id(),
                    body.promise(),
                    Money.mxn(body.amount()),
                    body.at());
    }

    static void changed(Session session, PromiseChangedBody body, long documentSequence) throws SQLException {
        session.update(
                """
                insert into promise_change (id, promise_id, change, at, by_name, note, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """, body.id(), body.promise(), body.change(), body.at(), body.byName(), body.note(), documentSequence);
        session.update("update promise_change set document_sequence = ? where id = ?", documentSequence, body.id());
        if (!body.change().equals(CANCELLED)) return;
        close(session, body.promise(), body.at());
        PromiseChangedBody.BackBody back = body.back();
        if (back == null) return;
        if (back.returned() != 0)
            enter(
                    session,
                    body.id(),
                    body.promise(),
                    Promise.EntryKind.RETURNED,
                    Money.mxn(-back.returned()),
                    back.kind(),
                    back.number(),
                    body.at(),
                    body.byName(),
                    back.reference(),
                    null,
                    documentSequence);
        PromiseChangedBody.SlipBody slip = back.slip();
        if (slip != null) {
            enter(
                    session,
                    slip.id(),
                    body.promise(),
                    Promise.EntryKind.RETURNED,
                    Money.mxn(-slip.amount()),
                    Tender.Kind.STORE_CREDIT.name(),
                    back.number(),
                    body.at(),
                    body.byName(),
                    "",
                    null,
                    documentSequence);
            CreditRows.issued(session, new Tender.Credit(slip.id(), slip.proof()));
        }
        if (back.kept() != 0)
            enter(
                    session,
                    back.keptId(),
                    body.promise(),
                    Promise.EntryKind.KEPT,
                    Money.mxn(-back.kept()),
                    null,
                    back.number(),
                    body.at(),
                    body.byName(),
                    "",
                    null,
                    documentSequence);
    }

    static final String CANCELLED = "CANCELLED";

    private static void enter(
            Session session,
            UUID id,
            UUID promise,
            Promise.EntryKind kind,
            Money amount,
            @Nullable String tender,
            String reference,
            Instant at,
            String byName,
            String request,
            PromisePaymentBody.@Nullable ForeignBody foreign,
            long documentSequence)
            throws SQLException {
        // Of two lives of a machine that sold the same promise, the books keep one; the hub shows both.
        session.update(
                """
                insert into promise_entry (
                    id, promise_id, kind, amount, tender, reference, at, by_name, request, foreign_currency, foreign_given, foreign_rate,
                    document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                id,
                promise,
                kind,
                amount.minor(),
                tender,
                reference,
                at,
                byName,
                request,
                foreign == null ? null : foreign.currency(),
                foreign == null ? null : foreign.given(),
                foreign == null ? null : foreign.rate(),
                documentSequence);
        session.update("update promise_entry set document_sequence = ? where id = ?", documentSequence, id);
    }

    private static void close(Session session, UUID promise, Instant at) throws SQLException {
        session.update("""
                update promise
                set closed_at = ?
                where id = ? and closed_at is null
                """, at, promise);
    }

    // --- reading

    private record Head(PromiseMadeBody body) {}

    Optional<Promise> promise(Session session, UUID id) throws SQLException {
        List<Head> one = session.all("select body from promise where id = ?", this::head, id);
        return whole(session, one).stream().findFirst();
    }

    Optional<UUID> byNumber(Session session, String number) throws SQLException {
        return session.first("select id from promise where number = ?", row -> row.id("id"), number);
    }

    /** The numbers of its parts, whole without punctuation and in their pieces, and the words of their names. */
    private static Set<String> partWords(PromiseMadeBody body) {
        Set<String> words = new LinkedHashSet<>();
        for (SaleBody.LineBody line : body.lines()) {
            words.add(compact(line.lineCode() + line.partNumber()));
            words.add(compact(line.partNumber()));
            words.addAll(Customer.words(line.lineCode()));
            words.addAll(pieces(line.partNumber()));
            words.addAll(pieces(line.description()));
        }
        words.remove("");
        return words;
    }

    private static List<String> pieces(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
                .flatMap(piece -> Customer.words(piece).stream())
                .toList();
    }

    private static String compact(String text) {
        return String.join("", pieces(text));
    }

    /**
     * Each word has to begin one of the customer's or of a part's, or stand at the phone's end; or all of it together,
     * as numbers are read with or without their punctuation, begins a part's or lies within the promise's own. The
     * newest first.
     */
    List<Promise> found(Session session, String text, List<String> words) throws SQLException {
        List<Object> arguments = new ArrayList<>();
        for (String word : words) {
            arguments.add("% " + word + "%");
            arguments.add("%" + word);
        }
        String each =
                String.join(" and ", Collections.nCopies(words.size(), "(' ' || found_by like ? or found_by like ?)"));
        String together = compact(text);
        boolean number = together.length() >= SHORTEST_NUMBER;
        if (number) {
            arguments.add("% " + together + "%");
            arguments.add("%" + together + "%");
        }
        arguments.add(MOST_FOUND);
        return whole(
                session,
                session.all(
                        """
                        select body
                        from promise
                        where %s%s
                        order by closed_at is not null, document_sequence desc
                        limit ?
                        """.formatted(
                                each,
                                number ? " or ' ' || found_by like ? or replace(lower(number), '-', '') like ?" : ""),
                        this::head,
                        arguments.toArray()));
    }

    List<Promise> open(Session session) throws SQLException {
        return whole(session, session.all("""
                select body
                from promise
                where closed_at is null and kind <> 'QUOTE'
                order by due_on, id
                limit ?
                """, this::head, MOST_FOUND));
    }

    List<Promise> toTell(Session session) throws SQLException {
        return whole(session, session.all("""
                        select body
                        from promise
                        where closed_at is null and kind = 'ORDER'
                        and exists (select 1 from promise_change where promise_id = promise.id and change = 'ARRIVED')
                        and not exists (select 1 from promise_change where promise_id = promise.id and change = 'TOLD')
                        order by due_on, id
                        limit ?
                        """, this::head, MOST_FOUND));
    }

    private Head head(Row row) throws SQLException {
        return new Head(json.readValue(row.text("body"), PromiseMadeBody.class));
    }

    /** Three questions for the whole list. */
    private List<Promise> whole(Session session, List<Head> heads) throws SQLException {
        Map<UUID, PromiseMadeBody> bodies = new LinkedHashMap<>();
        heads.forEach(head -> bodies.put(head.body().id(), head.body()));
        if (bodies.isEmpty()) return List.of();
        String ids = json.writeValueAsString(bodies.keySet());
        Map<UUID, List<Promise.Entry>> entries = new HashMap<>();
        Map<UUID, UUID> sales = new HashMap<>();
        session.all(
                """
                select promise_id, id, kind, amount, tender, reference, at, by_name, foreign_currency, foreign_given, foreign_rate
                from promise_entry
                where promise_id in (select value from json_each(?))
                order by at, kind desc, tender
                """,
                row -> {
                    UUID promise = row.id("promise_id");
                    Promise.Entry entry = entry(row);
                    if (entry.kind() == Promise.EntryKind.APPLIED) sales.put(promise, entry.id());
                    entries.computeIfAbsent(promise, id -> new ArrayList<>()).add(entry);
                    return entry;
                },
                ids);
        Map<UUID, Promise.Marks> marks = new HashMap<>();
        session.all(
                """
                select promise_id, change, at
                from promise_change
                where promise_id in (select value from json_each(?))
                """,
                row -> marks.merge(
                        row.id("promise_id"), mark(row.text("change"), row.instant("at")), PromiseLedger::both),
                ids);
        return bodies.values().stream()
                .map(body -> promise(
                        body,
                        marks.getOrDefault(body.id(), Promise.Marks.NONE),
                        entries.getOrDefault(body.id(), List.of()),
                        sales.get(body.id())))
                .toList();
    }

    private static Promise.Entry entry(Row row) throws SQLException {
        String tender = row.textOrNull("tender");
        return new Promise.Entry(
                row.id("id"),
                Promise.EntryKind.valueOf(row.text("kind")),
                Money.mxn(row.number("amount")),
                tender == null ? null : Tender.Kind.valueOf(tender),
                row.text("reference"),
                row.instant("at"),
                row.text("by_name"),
                foreign(row));
    }

    private static Tender.@Nullable Foreign foreign(Row row) throws SQLException {
        String currency = row.textOrNull("foreign_currency");
        return currency == null
                ? null
                : new Tender.Foreign(
                        new Money(row.number("foreign_given"), Currency.getInstance(currency)),
                        new BigDecimal(row.text("foreign_rate")));
    }

    private static Promise.Marks mark(String change, Instant at) {
        return switch (change) {
            case "ARRIVED" -> new Promise.Marks(at, null, null);
            case "TOLD" -> new Promise.Marks(null, at, null);
            default -> new Promise.Marks(null, null, at);
        };
    }

    private static Promise.Marks both(Promise.Marks a, Promise.Marks b) {
        return new Promise.Marks(
                a.arrivedAt() == null ? b.arrivedAt() : a.arrivedAt(),
                a.toldAt() == null ? b.toldAt() : a.toldAt(),
                a.cancelledAt() == null ? b.cancelledAt() : a.cancelledAt());
    }

    static Promise promise(
            PromiseMadeBody body, Promise.Marks marks, List<Promise.Entry> entries, @Nullable UUID sale) {
        UUID customer = body.customer();
        List<SaleLine> lines = body.lines().stream()
                .map(line -> SaleBody.line(line, Money.MXN))
                .toList();
        return new Promise(
                body.id(),
                Promise.Kind.valueOf(body.kind()),
                body.number(),
                customer == null ? null : new Promise.Client(customer, body.customerName(), body.phone()),
                lines,
                Totals.of(lines),
                body.businessDay(),
                body.dueOn(),
                body.at(),
                body.byName(),
                body.note(),
                body.plan().stream()
                        .map(one -> new Promise.Installment(one.on(), Money.mxn(one.amount())))
                        .toList(),
                marks,
                entries,
                sale);
    }

    record Act(
            UUID promise,
            Promise.EntryKind kind,
            long amount,
            @Nullable String tender,
            Tender.@Nullable Foreign foreign) {
        /** Whether it is this deposit: what a dollar is worth may have changed since, and a slip says itself what it is. */
        boolean is(UUID of, Promises.Deposit deposit) {
            if (!promise.equals(of) || kind != Promise.EntryKind.TAKEN || tender == null) return false;
            Tender.Kind taken = Tender.Kind.valueOf(tender);
            if (foreign != null)
                return taken == deposit.tender() && foreign.given().equals(deposit.amount());
            return (taken == deposit.tender()
                            || taken.isSlip() && deposit.tender().isSlip())
                    && deposit.amount().equals(Money.mxn(amount));
        }
    }

    static Optional<Act> act(Session session, UUID id) throws SQLException {
        return session.first(
                """
                select promise_id, kind, amount, tender, foreign_currency, foreign_given, foreign_rate
                from promise_entry
                where id = ?
                """,
                row -> new Act(
                        row.id("promise_id"),
                        Promise.EntryKind.valueOf(row.text("kind")),
                        row.number("amount"),
                        row.textOrNull("tender"),
                        foreign(row)),
                id);
    }

    /** The slip that its deposit went back as. */
    static Optional<StoreCredit> slip(Session session, UUID promise) throws SQLException {
        Optional<UUID> entry = session.first(
                "select id from promise_entry where promise_id = ? and kind = 'RETURNED' and tender = 'STORE_CREDIT'",
                row -> row.id("id"),
                promise);
        return entry.isEmpty() ? Optional.empty() : CreditRows.known(session, entry.get());
    }

    static Optional<UUID> ticketOf(Session session, UUID promise) throws SQLException {
        return session.first("select ticket_id from promise where id = ?", row -> row.id("ticket_id"), promise);
    }

    record Change(UUID promise, String change) {}

    static Optional<Change> change(Session session, UUID id) throws SQLException {
        return session.first(
                "select promise_id, change from promise_change where id = ?",
                row -> new Change(row.id("promise_id"), row.text("change")),
                id);
    }

    /** From the register's row, in the act's own transaction: one that rolls back gives its number back. */
    static String nextNumber(Session session, UUID register, Promise.Kind kind) throws SQLException {
        String column = switch (kind) {
            case QUOTE -> "next_quote";
            case LAYAWAY -> "next_layaway";
            case ORDER -> "next_order";
        };
        return next(session, register, column, kind.code());
    }

    static String nextReceipt(Session session, UUID register) throws SQLException {
        return next(session, register, "next_deposit", "D");
    }

    private static String next(Session session, UUID register, String column, String code) throws SQLException {
        return session.first(
                        """
                        update register
                        set %1$s = %1$s + 1
                        where id = ?
                        returning prefix, %1$s - 1 as number
                        """.formatted(column),
                        row -> String.format(Locale.ROOT, "%s-%s%06d", row.text("prefix"), code, row.number("number")),
                        register)
                .orElseThrow(() -> new IllegalStateException("register " + register + " is gone"));
    }

    /** Thousandths that stand apart: of open layaways, and of orders that have arrived. */
    static long reserved(Session session, UUID part) throws SQLException {
        return session.first("""
                select coalesce(sum(line.quantity), 0) as reserved
                from promise_line line
                join promise on promise.id = line.promise_id
                where line.part_id = ? and promise.closed_at is null
                and (promise.kind = 'LAYAWAY'
                     or promise.kind = 'ORDER' and exists (
                         select 1 from promise_change where promise_id = promise.id and change = 'ARRIVED'))
                """, row -> row.number("reserved"), part).orElse(0L);
    }

    // --- after documents were put back

    /** Puts a salvaged document back into the books. */
    public void replay(Session session, String type, byte[] body, long documentSequence) throws SQLException {
        switch (type) {
            case DocumentType.PROMISE_MADE ->
                made(session, json.readValue(body, PromiseMadeBody.class), documentSequence);
            case DocumentType.PROMISE_PAYMENT ->
                paid(session, json.readValue(body, PromisePaymentBody.class), documentSequence);
            case DocumentType.PROMISE_CHANGED ->
                changed(session, json.readValue(body, PromiseChangedBody.class), documentSequence);
            default -> throw new IllegalArgumentException(type + " is no promise's document");
        }
    }

    /** What is open is what no sale and no cancelling has closed; no number comes twice. */
    public static void addUp(Session session) throws SQLException {
        session.update("""
                update promise
                set closed_at = (
                    select min(at)
                    from (
                        select at from promise_entry where promise_id = promise.id and kind = 'APPLIED'
                        union all
                        select at from promise_change where promise_id = promise.id and change = 'CANCELLED'))
                """);
        for (Promise.Kind kind : Promise.Kind.values())
            session.update("""
                    update register
                    set %1$s = max(%1$s, 1 + coalesce((
                        select max(cast(substr(number, length(register.prefix) + 5) as integer))
                        from promise
                        where number like register.prefix || '-%2$s%%'), 0))
                    """.formatted(
                            switch (kind) {
                                case QUOTE -> "next_quote";
                                case LAYAWAY -> "next_layaway";
                                case ORDER -> "next_order";
                            },
                            kind.code()));
        session.update("""
                update register
                set next_deposit = max(next_deposit, 1 + coalesce((
                    select max(cast(substr(reference, length(register.prefix) + 3) as integer))
                    from promise_entry
                    where kind in ('TAKEN', 'RETURNED', 'KEPT') and reference like register.prefix || '-D%'), 0))
                """);
    }
}
