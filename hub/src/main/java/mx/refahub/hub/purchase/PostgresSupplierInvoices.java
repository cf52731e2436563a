package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.SupplierInvoice;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresSupplierInvoices implements SupplierInvoices {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSupplierInvoices.class);
    private static final int MOST = 500;
    private static final String INCOME = "I";
    /** Unit costs that differ by less are the same: suppliers write up to six decimals, an order four. */
    private static final BigDecimal CLOSE = new BigDecimal("0.005");

    private final SupplierInvoiceTable table;
    private final SupplierTable suppliers;
    private final OrderTable orders;
    private final PurchaseOrders purchases;
    private final Publications publications;
    private final Function<byte[], Outcome<SupplierInvoice>> reader;
    private final AuditTrail audit;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresSupplierInvoices(
            SupplierInvoiceTable table,
            SupplierTable suppliers,
            OrderTable orders,
            PurchaseOrders purchases,
            Publications publications,
            Function<byte[], Outcome<SupplierInvoice>> reader,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.suppliers = suppliers;
        this.orders = orders;
        this.purchases = purchases;
        this.publications = publications;
        this.reader = reader;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public List<Taken> list(int limit) {
        return table.all(Math.clamp(limit, 1, MOST)).stream()
                .map(row -> taken(row, List.of(), List.of()))
                .toList();
    }

    @Override
    public Optional<Taken> one(UUID id) {
        return table.one(id).map(row -> taken(row, table.lines(id), table.withheld(id)));
    }

    private static Taken taken(
            SupplierInvoiceTable.InvoiceRow row,
            List<SupplierInvoiceTable.LineRow> lines,
            List<SupplierInvoiceTable.WithheldRow> withheld) {
        Currency currency = Currency.getInstance(row.currency());
        return new Taken(
                row.id(),
                new SupplierInvoice(
                        row.fiscalId(),
                        row.issuerRfc(),
                        row.issuerName(),
                        row.receiverRfc(),
                        row.kind(),
                        row.series(),
                        row.folio(),
                        row.issuedAt(),
                        currency,
                        row.rate(),
                        new Money(row.net(), currency),
                        new Money(row.total(), currency),
                        withheld.stream()
                                .map(each -> new SupplierInvoice.Withheld(
                                        SupplierInvoice.Tax.valueOf(each.tax()), new Money(each.amount(), currency)))
                                .toList(),
                        lines.stream()
                                .map(line -> new SupplierInvoice.Line(
                                        line.theirNumber(),
                                        line.description(),
                                        line.unit(),
                                        line.quantity(),
                                        line.cost(),
                                        new Money(line.net(), currency),
                                        vat(line, currency)))
                                .toList(),
                        row.problems().isEmpty()
                                ? List.of()
                                : Arrays.asList(row.problems().split(" "))),
                row.supplierId(),
                row.supplierName(),
                row.orderId(),
                row.orderNumber(),
                row.takenAt(),
                row.settledAt(),
                row.settledBy(),
                row.expectedAt());
    }

    private static SupplierInvoice.@Nullable Vat vat(SupplierInvoiceTable.LineRow line, Currency currency) {
        String factor = line.taxFactor();
        BigDecimal rate = line.taxRate();
        Long tax = line.tax();
        return factor == null || rate == null || tax == null
                ? null
                : new SupplierInvoice.Vat(SupplierInvoice.Factor.valueOf(factor), rate, new Money(tax, currency));
    }

    @Override
    public Outcome<Intake> take(byte[] xml, Person by) {
        if (xml.length > LARGEST) return Outcome.refused("invoice-too-large");
        return switch (reader.apply(xml)) {
            case Outcome.Refused<SupplierInvoice>(Refusal refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<SupplierInvoice>(SupplierInvoice invoice) -> take(invoice, xml, by);
        };
    }

    private Outcome<Intake> take(SupplierInvoice invoice, byte[] xml, Person by) {
        if (!invoice.receiverRfc().equals(table.company().rfc()))
            return Outcome.refused("invoice-not-ours", invoice.receiverRfc());
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<UUID> there = table.byFiscalId(invoice.fiscalId());
            if (there.isPresent())
                return Outcome.done(new Intake(one(there.get()).orElseThrow(), false));
            UUID id = ids.next();
            UUID supplier = suppliers.byRfc(invoice.issuerRfc()).orElse(null);
            String[] numbers = invoice.lines().stream()
                    .map(line -> PostgresSuppliers.normal(line.theirNumber()))
                    .toArray(String[]::new);
            UUID order = supplier == null || !invoice.kind().equals(INCOME)
                    ? null
                    : table.likelyOrder(supplier, numbers).orElse(null);
            int fresh = table.insert(
                    new SupplierInvoiceTable.InvoiceRow(
                            id,
                            invoice.fiscalId(),
                            supplier,
                            "",
                            invoice.issuerRfc(),
                            invoice.issuerName(),
                            invoice.receiverRfc(),
                            invoice.kind(),
                            invoice.series(),
                            invoice.folio(),
                            invoice.issuedAt(),
                            invoice.currency().getCurrencyCode(),
                            invoice.rate(),
                            invoice.net().minor(),
                            invoice.total().minor(),
                            String.join(" ", invoice.problems()),
                            clock.instant(),
                            order,
                            "",
                            null,
                            null,
                            null),
                    by.name(),
                    xml);
            if (fresh == 0) {
                UUID first = table.byFiscalId(invoice.fiscalId()).orElseThrow();
                return Outcome.done(new Intake(one(first).orElseThrow(), false));
            }
            table.insertLines(
                    id,
                    supplier,
                    numbers,
                    texts(invoice, SupplierInvoice.Line::description),
                    texts(invoice, SupplierInvoice.Line::unit),
                    texts(invoice, line -> line.quantity().toPlainString()),
                    texts(invoice, line -> line.cost().toPlainString()),
                    invoice.lines().stream().map(line -> line.net().minor()).toArray(Long[]::new),
                    taxes(invoice, vat -> vat.factor().name()),
                    taxes(invoice, vat -> vat.rate().toPlainString()),
                    taxes(invoice, vat -> Long.toString(vat.amount().minor())));
            if (!invoice.withheld().isEmpty())
                table.insertWithheld(
                        id,
                        invoice.withheld().stream()
                                .map(each -> each.tax().name())
                                .toArray(String[]::new),
                        invoice.withheld().stream()
                                .map(each -> each.amount().minor())
                                .toArray(Long[]::new));
            audit.record(
                    by.id().toString(),
                    "supplier invoice taken",
                    invoice.fiscalId().toString());
            LOG.info(
                    "supplier invoice taken invoice={} fiscal={} lines={} problems={}",
                    id,
                    invoice.fiscalId(),
                    numbers.length,
                    invoice.problems());
            return Outcome.done(new Intake(one(id).orElseThrow(), true));
        }));
    }

    /** Empty where a line has no VAT of its own that is known. */
    private static String[] taxes(SupplierInvoice invoice, Function<SupplierInvoice.Vat, String> field) {
        return texts(invoice, line -> {
            SupplierInvoice.Vat vat = line.vat();
            return vat == null ? "" : field.apply(vat);
        });
    }

    private static String[] texts(SupplierInvoice invoice, Function<SupplierInvoice.Line, String> field) {
        return invoice.lines().stream().map(field).toArray(String[]::new);
    }

    @Override
    public List<Compared> compare(UUID invoice) {
        boolean tied = table.one(invoice).map(row -> row.orderId() != null).orElse(false);
        return table.compare(invoice).stream()
                .map(row -> new Compared(
                        row.partId() == null ? null : new PartId(row.partId()),
                        row.theirNumber(),
                        row.text(),
                        plain(row.ordered()),
                        plain(row.received()),
                        plain(row.invoiced()),
                        plain(row.orderedCost()),
                        plain(row.invoicedCost()),
                        verdict(row, tied)))
                .toList();
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal figure) {
        if (figure == null) return null;
        BigDecimal stripped = figure.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Verdict verdict(SupplierInvoiceTable.ComparedRow row, boolean tied) {
        if (row.partId() == null) return Verdict.UNMAPPED;
        BigDecimal invoiced = row.invoiced();
        if (invoiced == null) return row.received() == null ? Verdict.NOT_RECEIVED : Verdict.NOT_INVOICED;
        BigDecimal cost = row.orderedCost();
        if (!tied || cost == null) return Verdict.NOT_ORDERED;
        BigDecimal received = row.received();
        if (received == null) return Verdict.NOT_RECEIVED;
        if (invoiced.compareTo(received) > 0) return Verdict.MORE_THAN_RECEIVED;
        if (invoiced.compareTo(received) < 0) return Verdict.NOT_INVOICED;
        BigDecimal asked = row.invoicedCost();
        if (asked != null && asked.subtract(cost).abs().compareTo(CLOSE) >= 0) return Verdict.COST;
        return Verdict.SAME;
    }

    private Outcome<Taken> whole(java.util.function.Supplier<Outcome<Taken>> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Outcome<Taken> outcome = work.get();
            if (outcome instanceof Outcome.Refused) status.setRollbackOnly();
            return outcome;
        }));
    }

    @Override
    public Outcome<Taken> tie(UUID invoice, UUID order, Person by) {
        return whole(() -> {
            SupplierInvoiceTable.InvoiceRow row = table.one(invoice).orElse(null);
            if (row == null) return Outcome.refused("invoice-unknown");
            OrderTable.HeadRow head = orders.head(order).orElse(null);
            if (head == null) return Outcome.refused("order-unknown");
            if (row.supplierId() != null && !head.supplierId().equals(row.supplierId()))
                return Outcome.refused("invoice-other-supplier", head.number());
            if (row.expectedAt() != null && !order.equals(row.orderId())) return Outcome.refused("invoice-expected");
            if (table.tie(invoice, order) == 0) return Outcome.refused("invoice-settled");
            audit.record(by.id().toString(), "supplier invoice tied", invoice + " " + head.number());
            return Outcome.done(one(invoice).orElseThrow());
        });
    }

    @Override
    public Outcome<Taken> map(UUID invoice, String theirNumber, PartId part, Person by) {
        String number = PostgresSuppliers.normal(theirNumber);
        return whole(() -> {
            SupplierInvoiceTable.InvoiceRow row = table.one(invoice).orElse(null);
            if (row == null) return Outcome.refused("invoice-unknown");
            if (row.settledAt() != null) return Outcome.refused("invoice-settled");
            if (!suppliers.isPart(part.value())) return Outcome.refused("part-unknown");
            table.map(invoice, number, part.value());
            UUID supplier = row.supplierId();
            if (supplier != null && !number.isEmpty() && number.length() <= PostgresSuppliers.LONGEST_NUMBER) {
                suppliers.map(supplier, number, part.value(), asked(row, supplier, number), 1_000, clock.instant());
                table.mapOthers(supplier, number, part.value());
            }
            if (supplier != null) table.tieLikely(supplier);
            audit.record(by.id().toString(), "supplier number mapped", invoice + " " + number);
            return Outcome.done(one(invoice).orElseThrow());
        });
    }

    /** What the invoice, and not a credit note, asks for one of these, in the supplier's own currency; else empty. */
    private String asked(SupplierInvoiceTable.InvoiceRow row, UUID supplier, String number) {
        boolean own = suppliers
                .one(supplier)
                .map(known -> PostgresSuppliers.supplier(known).currency().getCurrencyCode())
                .filter(row.currency()::equals)
                .isPresent();
        return own && row.kind().equals(INCOME)
                ? table.lines(row.id()).stream()
                        .filter(line ->
                                line.theirNumber().equals(number) && line.cost().signum() > 0)
                        .map(line -> line.cost().toPlainString())
                        .findFirst()
                        .orElse("")
                : "";
    }

    @Override
    public Outcome<Taken> expect(UUID invoice, @Nullable UUID branch, Person by) {
        return whole(() -> {
            // The counter first, as the ledgers do: its row orders all who move orders.
            long version = publications.raise(Stream.ORDERS);
            SupplierInvoiceTable.InvoiceRow row = table.one(invoice).orElse(null);
            if (row == null) return Outcome.refused("invoice-unknown");
            if (row.expectedAt() != null) return Outcome.done(one(invoice).orElseThrow());
            if (row.settledAt() != null) return Outcome.refused("invoice-settled");
            if (!row.kind().equals(INCOME)) return Outcome.refused("invoice-no-goods");
            List<SupplierInvoiceTable.BroughtRow> brought = table.brought(invoice);
            if (brought.isEmpty()) return Outcome.refused("invoice-unmapped");
            UUID order = row.orderId();
            if (order == null) {
                if (branch == null) return Outcome.refused("branch-unknown");
                Outcome<PurchaseOrder> made = orderOf(row, brought, branch, by);
                if (made instanceof Outcome.Refused<PurchaseOrder>(Refusal refusal))
                    return new Outcome.Refused<>(refusal);
                order = ((Outcome.Done<PurchaseOrder>) made).value().id();
                // Making it was told of too.
                version = publications.raise(Stream.ORDERS);
                table.tie(invoice, order);
            }
            PurchaseOrder.State state = purchases.one(order).orElseThrow().state();
            if (state != PurchaseOrder.State.SENT && state != PurchaseOrder.State.PARTLY_RECEIVED)
                return Outcome.refused("order-state", state.name());
            orders.expect(invoice, order, clock.instant(), by.name());
            orders.tell(order, version);
            audit.record(by.id().toString(), "supplier invoice expected", invoice.toString());
            LOG.info("supplier invoice expected invoice={} order={} parts={}", invoice, order, brought.size());
            return Outcome.done(one(invoice).orElseThrow());
        });
    }

    /** The goods were bought without an order: what the invoice says was ordered. */
    private Outcome<PurchaseOrder> orderOf(
            SupplierInvoiceTable.InvoiceRow row,
            List<SupplierInvoiceTable.BroughtRow> brought,
            UUID branch,
            Person by) {
        UUID supplier = row.supplierId();
        if (supplier == null) return Outcome.refused("supplier-unknown");
        String currency = suppliers
                .one(supplier)
                .map(known -> PostgresSuppliers.supplier(known).currency().getCurrencyCode())
                .orElse("");
        if (!currency.equals(row.currency())) return Outcome.refused("invoice-other-currency", currency);
        Outcome<PurchaseOrder> made = purchases.keep(
                new PurchaseOrders.Draft(
                        ids.next(),
                        supplier,
                        branch,
                        row.rate(),
                        null,
                        (row.series() + " " + row.folio()).strip(),
                        brought.stream()
                                .map(line -> new PurchaseOrders.Wanted(
                                        ids.next(),
                                        new PartId(line.partId()),
                                        Quantity.of(line.quantity()),
                                        line.cost(),
                                        line.theirNumber(),
                                        ""))
                                .toList()),
                by);
        for (PurchaseOrder.Act act : List.of(PurchaseOrder.Act.APPROVE, PurchaseOrder.Act.SEND)) {
            if (!(made instanceof Outcome.Done<PurchaseOrder>(PurchaseOrder order))) return made;
            made = purchases.act(order.id(), act, "", by);
        }
        return made;
    }

    @Override
    public Outcome<Taken> settle(UUID invoice, Person by) {
        return whole(() -> {
            long version = publications.raise(Stream.ORDERS);
            SupplierInvoiceTable.InvoiceRow row = table.one(invoice).orElse(null);
            if (row == null) return Outcome.refused("invoice-unknown");
            UUID order = row.orderId();
            if (order == null) return Outcome.refused("invoice-no-order");
            if (table.settle(invoice, clock.instant(), by.name()) == 1) {
                audit.record(by.id().toString(), "supplier invoice settled", invoice.toString());
                // Its branch need not wait for it any longer.
                if (row.expectedAt() != null) orders.tell(order, version);
            }
            return Outcome.done(one(invoice).orElseThrow());
        });
    }
}
