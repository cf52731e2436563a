package mx.refahub.hub.fiscal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.adapters.cfdi.CfdiWriter;
import mx.refahub.adapters.cfdi.Receiver;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.fiscal.CfdiUse;
import mx.refahub.domain.fiscal.CreditNotes;
import mx.refahub.domain.fiscal.FiscalSplit;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.fiscal.TaxRegime;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.ledger.SaleArchive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresCreditNotes implements CreditNotes {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCreditNotes.class);
    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final SaleArchive sales;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PostgresCreditNotes(
            JdbcClient jdbc, SaleArchive sales, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.sales = sales;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Found from the sales that bring lines back; of who asked for an invoice, the latest wish holds. */
    private static final String NOTES = """
            select back.sale_id, s.folio_prefix || '-' || lpad(s.folio_number::text, 6, '0') as folio, store.code as store, s.business_day,
                back.return_sale, back.related_folio, -back.total as total, coalesce(wish.rfc, '') as rfc, invoice.uuid as invoice,
                coalesce(invoice.global, false) as global, note.uuid
            from (
                select sale_id, return_sale, min(return_folio) as related_folio, sum(total) as total
                from sale_line
                where return_sale is not null
                group by sale_id, return_sale) back
            join sale s on s.id = back.sale_id
            join store on store.id = s.store_id
            left join ticket_invoice invoice on invoice.sale_id = back.return_sale
            left join credit_note note on note.sale_id = back.sale_id and note.related_sale = back.return_sale
            left join lateral (
                select rfc
                from invoice_request
                where sale_id = back.return_sale
                order by requested_at desc, id desc
                limit 1) wish on true
            where (invoice.uuid is not null or wish.rfc is not null)
            """;

    @Override
    public List<Note> latest(int limit) {
        return jdbc.sql(NOTES + """
                order by note.uuid is not null, s.sold_at desc, back.return_sale
                limit :limit
                """)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> note(row))
                .list();
    }

    private Optional<Note> note(UUID sale, UUID related) {
        return jdbc.sql(NOTES + """
                and back.sale_id = :sale
                and back.return_sale = :related
                """)
                .param("sale", sale)
                .param("related", related)
                .query((row, n) -> note(row))
                .optional();
    }

    private static Note note(ResultSet row) throws SQLException {
        String invoice = row.getString("invoice");
        String uuid = row.getString("uuid");
        return new Note(
                row.getObject("sale_id", UUID.class),
                row.getString("folio"),
                row.getString("store"),
                row.getObject("business_day", LocalDate.class),
                row.getObject("return_sale", UUID.class),
                row.getString("related_folio"),
                Money.mxn(row.getLong("total")),
                row.getString("rfc"),
                invoice,
                row.getBoolean("global"),
                uuid != null ? State.STAMPED : invoice == null ? State.WAITS : State.READY,
                uuid);
    }

    @Override
    public Outcome<byte[]> xml(UUID sale, UUID related) {
        Note note = note(sale, related).orElse(null);
        Sale back = note == null ? null : sales.sale(sale).orElse(null);
        if (note == null || back == null) return Outcome.refused("credit-note-unknown");
        String invoice = note.invoice();
        if (invoice == null) return Outcome.refused("credit-note-waits", note.relatedFolio());
        Receiver receiver;
        try {
            receiver = note.global() ? Receiver.generalPublic(back.issuer().postalCode()) : receiver(related);
        } catch (IllegalArgumentException e) {
            // The wish came with data that make no invoice, and was flagged for it.
            return Outcome.refused("credit-note-receiver", note.receiver());
        }
        List<FiscalSplit.Part> credits = FiscalSplit.of(back).credits();
        for (int i = 0; i < credits.size(); i++)
            if (related.equals(credits.get(i).relatedSale()))
                return Outcome.done(CfdiWriter.credit(
                        back,
                        credits.get(i),
                        i + 1,
                        invoice,
                        CfdiWriter.Relation.RETURN,
                        receiver,
                        LocalDateTime.ofInstant(clock.instant(), zone(sale))));
        return Outcome.refused("credit-note-unknown");
    }

    /** Whoever the invoice was made out to; what it is for is what came back. */
    private Receiver receiver(UUID related) {
        return jdbc.sql("""
                select rfc, name, postal_code, regime
                from invoice_request
                where sale_id = :sale
                order by requested_at desc, id desc
                limit 1
                """)
                .param("sale", related)
                .query((row, n) -> new Receiver(
                        row.getString("rfc"),
                        row.getString("name"),
                        row.getString("postal_code"),
                        row.getString("regime"),
                        use(row.getString("rfc"), row.getString("regime"))))
                .single();
    }

    private static String use(String rfc, String regime) {
        boolean back = TaxRegime.of(regime)
                .filter(its -> CfdiUse.G02.isFor(new Rfc(rfc), its))
                .isPresent();
        return (back ? CfdiUse.G02 : CfdiUse.S01).name();
    }

    private ZoneId zone(UUID sale) {
        return ZoneId.of(jdbc.sql("""
                select store.time_zone
                from sale
                join store on store.id = sale.store_id
                where sale.id = :sale
                """).param("sale", sale).query(String.class).single());
    }

    private static @Nullable String uuid(String typed) {
        String uuid = typed.strip().toUpperCase(Locale.ROOT);
        return UUID_OF_CFDI.matcher(uuid).matches() ? uuid : null;
    }

    @Override
    public Optional<Refusal> invoiced(UUID related, String typed, Person who) {
        String uuid = uuid(typed);
        if (uuid == null) return Optional.of(Refusal.of("cfdi-uuid"));
        return transaction.execute(status -> {
            boolean wanted =
                    jdbc.sql("""
                    select exists (select 1 from invoice_request where sale_id = :sale)
                    """).param("sale", related).query(Boolean.class).single();
            if (!wanted) return Optional.of(Refusal.of("credit-note-unknown"));
            int rows = jdbc.sql("""
                    insert into ticket_invoice (sale_id, uuid, global, recorded_by, recorded_at)
                    values (:sale, :uuid, false, :by, :now)
                    on conflict (sale_id) do update
                    set uuid = excluded.uuid, global = false, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
                    where ticket_invoice.uuid = excluded.uuid
                    or not exists (select 1 from credit_note where related_sale = excluded.sale_id)
                    """)
                    .param("sale", related)
                    .param("uuid", uuid)
                    .param("by", who.name())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (rows == 0) return Optional.of(Refusal.of("credit-note-stamped"));
            audit.record(who.id().toString(), "invoice-told", related + " " + uuid);
            LOG.info("invoice known sale={} uuid={} user={}", related, uuid, who.id());
            return Optional.<Refusal>empty();
        });
    }

    private Optional<UUID> store(String code) {
        return jdbc.sql("""
                select id
                from store
                where upper(code) = upper(:code)
                """).param("code", code.strip()).query(UUID.class).optional();
    }

    @Override
    public Outcome<Integer> global(String store, LocalDate day, String typed, Person who) {
        String uuid = uuid(typed);
        if (uuid == null) return Outcome.refused("cfdi-uuid");
        UUID id = store(store).orElse(null);
        if (id == null) return Outcome.refused("store-unknown");
        return Objects.requireNonNull(transaction.execute(status -> {
            int tickets = jdbc.sql("""
                    insert into ticket_invoice (sale_id, uuid, global, recorded_by, recorded_at)
                    select sale.id, :uuid, true, :by, :now
                    from sale
                    where sale.store_id = :store
                    and sale.business_day = :day
                    and not exists (select 1 from invoice_request wish where wish.sale_id = sale.id)
                    on conflict (sale_id) do nothing
                    """)
                    .param("uuid", uuid)
                    .param("by", who.name())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("store", id)
                    .param("day", day)
                    .update();
            if (tickets == 0) return Outcome.<Integer>refused("global-without-tickets");
            audit.record(who.id().toString(), "global-invoice-told", id + " " + day + " " + uuid);
            LOG.info(
                    "global invoice known store={} day={} tickets={} uuid={} user={}",
                    store,
                    day,
                    tickets,
                    uuid,
                    who.id());
            return Outcome.done(tickets);
        }));
    }

    @Override
    public Outcome<Integer> global(String store, LocalDate day, String typed, String typedWrong, Person who) {
        String uuid = uuid(typed);
        String wrong = uuid(typedWrong);
        if (uuid == null || wrong == null) return Outcome.refused("cfdi-uuid");
        UUID id = store(store).orElse(null);
        if (id == null) return Outcome.refused("store-unknown");
        return Objects.requireNonNull(transaction.execute(status -> {
            boolean known = jdbc.sql("""
                    select exists (
                        select 1
                        from sale
                        join ticket_invoice invoice on invoice.sale_id = sale.id
                        where sale.store_id = :store
                        and sale.business_day = :day
                        and invoice.global
                        and invoice.uuid = :wrong)
                    """)
                    .param("store", id)
                    .param("day", day)
                    .param("wrong", wrong)
                    .query(Boolean.class)
                    .single();
            if (!known) return Outcome.<Integer>refused("global-unknown", wrong);
            int tickets = jdbc.sql("""
                    update ticket_invoice
                    set uuid = :uuid, recorded_by = :by, recorded_at = :now
                    from sale
                    where sale.id = ticket_invoice.sale_id
                    and sale.store_id = :store
                    and sale.business_day = :day
                    and ticket_invoice.global
                    and ticket_invoice.uuid = :wrong
                    and not exists (select 1 from credit_note note where note.related_sale = sale.id)
                    """)
                    .param("uuid", uuid)
                    .param("by", who.name())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("store", id)
                    .param("day", day)
                    .param("wrong", wrong)
                    .update();
            if (tickets == 0) return Outcome.<Integer>refused("credit-note-stamped");
            audit.record(who.id().toString(), "global-invoice-corrected", id + " " + day + " " + wrong + " " + uuid);
            LOG.info(
                    "global invoice corrected store={} day={} tickets={} wrong={} uuid={} user={}",
                    store,
                    day,
                    tickets,
                    wrong,
                    uuid,
                    who.id());
            return Outcome.done(tickets);
        }));
    }

    @Override
    public Optional<Refusal> stamped(UUID sale, UUID related, String typed, Person who) {
        String uuid = uuid(typed);
        if (uuid == null) return Optional.of(Refusal.of("cfdi-uuid"));
        Note note = note(sale, related).orElse(null);
        if (note == null) return Optional.of(Refusal.of("credit-note-unknown"));
        if (note.invoice() == null) return Optional.of(Refusal.of("credit-note-waits", note.relatedFolio()));
        if (uuid.equals(note.invoice())) return Optional.of(Refusal.of("credit-note-is-invoice", note.relatedFolio()));
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                int rows = jdbc.sql("""
                        insert into credit_note (sale_id, related_sale, uuid, recorded_by, recorded_at)
                        values (:sale, :related, :uuid, :by, :now)
                        on conflict (sale_id, related_sale) do nothing
                        """)
                        .param("sale", sale)
                        .param("related", related)
                        .param("uuid", uuid)
                        .param("by", who.name())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
                if (rows == 0)
                    return uuid.equals(note.uuid())
                            ? Optional.<Refusal>empty()
                            : Optional.of(Refusal.of("credit-note-stamped"));
                audit.record(who.id().toString(), "credit-note-stamped", sale + " " + related + " " + uuid);
                LOG.info("credit note stamped sale={} related={} uuid={} user={}", sale, related, uuid, who.id());
                return Optional.<Refusal>empty();
            }));
        } catch (DuplicateKeyException e) {
            return Optional.of(Refusal.of("credit-note-stamped"));
        }
    }
}
