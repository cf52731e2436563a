package mx.refahub.store.invoice;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.fiscal.CfdiUse;
import mx.refahub.domain.fiscal.FiscalData;
import mx.refahub.domain.fiscal.InvoiceDesk;
import mx.refahub.domain.fiscal.InvoiceRequest;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.fiscal.TaxRegime;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.InvoiceRequestedBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wishes for invoices in sales.db. The act's id is the wish's, so that the same press is one wish. */
public final class SqliteInvoiceDesk implements InvoiceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteInvoiceDesk.class);
    private static final int MOST_LISTED = 200;

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final SaleRows saleRows;
    private final OutboxWriter outbox;

    public SqliteInvoiceDesk(
            SqliteFile sales, Identities identities, BranchSettings branches, SaleRows saleRows, OutboxWriter outbox) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.saleRows = saleRows;
        this.outbox = outbox;
    }

    private record Kept(Outcome<InvoiceRequest> outcome, boolean fresh) {
        static Kept not(String code, String... arguments) {
            return new Kept(Outcome.refused(code, arguments), false);
        }
    }

    @Override
    public Outcome<InvoiceRequest> request(UUID act, UUID sale, FiscalData.Typed typed, Person who) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        return switch (FiscalData.of(typed)) {
            case Outcome.Refused<FiscalData>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<FiscalData>(FiscalData data) -> {
                Kept kept = sales.write(session -> keep(session, identity, branch, act, sale, data, who));
                if (kept.fresh()) {
                    outbox.ring();
                    LOG.info("invoice requested request={} sale={} user={}", act, sale, who.id());
                }
                yield kept.outcome();
            }
        };
    }

    private Kept keep(Session session, Identity identity, Branch branch, UUID act, UUID id, FiscalData data, Person who)
            throws SQLException {
        Optional<InvoiceRequest> there = session.first(SELECT + "where id = ?", SqliteInvoiceDesk::request, act);
        if (there.isPresent()) return new Kept(Outcome.done(there.get()), false);
        Sale sale = saleRows.stored(session, id).map(SaleRows.Stored::sale).orElse(null);
        if (sale == null) return Kept.not("sale-unknown");
        if (!sale.sells()) return Kept.not("sale-without-income");
        OutboxWriter.Slot slot = outbox.next(session);
        LocalDate deadline = InvoiceRequest.deadline(sale.businessDay());
        if (slot.at().atZone(branch.zone()).toLocalDate().isAfter(deadline))
            return Kept.not("invoice-too-late", deadline.toString());
        InvoiceRequest request = new InvoiceRequest(act, id, data, slot.at(), who.id());
        InvoiceRequestedBody body = new InvoiceRequestedBody(
                act,
                identity.store().value(),
                id,
                data.rfc().value(),
                data.name(),
                data.postalCode(),
                data.regime().code(),
                data.use().name(),
                data.email(),
                slot.at(),
                who.id().value(),
                who.name());
        insert(session, body, slot.sequence());
        outbox.append(
                session,
                slot,
                identity,
                id.toString(),
                DocumentType.INVOICE_REQUESTED,
                DocumentType.INVOICE_REQUESTED_SCHEMA,
                body);
        return new Kept(Outcome.done(request), true);
    }

    /** The wish as its document says it; one that is there already stays, under its document's number. */
    public static void insert(Session session, InvoiceRequestedBody body, long documentSequence) throws SQLException {
        session.update(
                """
                insert into invoice_request (id, sale_id, rfc, name, postal_code, regime, use, email, requested_at, requested_by,
                                             document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set document_sequence = excluded.document_sequence
                """,
                body.id(),
                body.sale(),
                body.rfc(),
                body.name(),
                body.postalCode(),
                body.regime(),
                body.use(),
                body.email(),
                body.requestedAt(),
                body.requestedBy(),
                documentSequence);
    }

    private static final String SELECT = """
            select id, sale_id, rfc, name, postal_code, regime, use, email, requested_at, requested_by
            from invoice_request
            """;

    @Override
    public Optional<InvoiceRequest> of(UUID sale) {
        return sales.read(session -> session.first(
                SELECT + "where sale_id = ? order by requested_at desc limit 1", SqliteInvoiceDesk::request, sale));
    }

    @Override
    public Optional<FiscalData> known(Rfc rfc) {
        return sales.read(session -> session.first(
                        SELECT + "where rfc = ? order by requested_at desc limit 1",
                        SqliteInvoiceDesk::request,
                        rfc.value()))
                .map(InvoiceRequest::data);
    }

    @Override
    public List<Asked> latest(int limit) {
        return sales.read(session -> {
            List<InvoiceRequest> requests = session.all(
                    SELECT + "order by requested_at desc limit ?",
                    SqliteInvoiceDesk::request,
                    Math.clamp(limit, 1, MOST_LISTED));
            List<Asked> asked = new ArrayList<>(requests.size());
            for (InvoiceRequest request : requests)
                saleRows.stored(session, request.sale())
                        .ifPresent(stored -> asked.add(new Asked(request, stored.sale())));
            return asked;
        });
    }

    private static InvoiceRequest request(Row row) throws SQLException {
        return new InvoiceRequest(
                row.id("id"),
                row.id("sale_id"),
                new FiscalData(
                        new Rfc(row.text("rfc")),
                        row.text("name"),
                        row.text("postal_code"),
                        TaxRegime.of(row.text("regime")).orElseThrow(),
                        CfdiUse.of(row.text("use")).orElseThrow(),
                        row.text("email")),
                row.instant("requested_at"),
                new UserId(row.id("requested_by")));
    }
}
