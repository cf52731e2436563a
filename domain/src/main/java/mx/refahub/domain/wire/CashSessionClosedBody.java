package mx.refahub.domain.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.TaxFactor;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code cash-session-closed} document, schema 1: the Z (docs/cash.md). Amounts are minor units; what leaves the drawer is negative.
 *
 * @param id of the closing
 * @param supersedes number of the Z before the session was opened again; 0 for none
 * @param journalRows last row of the session's journal that the Z vouches for
 * @param journalHash its hash, hexadecimal
 * @param deposits for layaways and special orders, part of what was paid in and out; absent in Zs from before there were any
 */
public record CashSessionClosedBody(
        UUID id,
        UUID session,
        UUID store,
        UUID register,
        String registerName,
        String registerPrefix,
        long zNumber,
        long supersedes,
        LocalDate businessDay,
        Instant openedAt,
        String openedByName,
        UUID cashier,
        String cashierName,
        Instant closedAt,
        UUID closedBy,
        String closedByName,
        long journalRows,
        String journalHash,
        String currency,
        SalesBody sales,
        List<TenderBody> tenders,
        List<TaxBody> taxes,
        List<MovementBody> movements,
        List<PiecesBody> pieces,
        List<VouchersBody> vouchers,
        @Nullable List<DepositsBody> deposits) {

    /**
     * @param firstFolio empty without sales
     * @param vouchers gift vouchers in the total; null where none were sold, and from a till that sold none yet
     */
    public record SalesBody(
            long count,
            String firstFolio,
            String lastFolio,
            long net,
            long discount,
            long tax,
            long cores,
            long total,
            @Nullable Long vouchers) {}

    /** {@code expected} is the sum of the six before it, {@code difference} is counted less expected. */
    public record TenderBody(
            String kind,
            String currency,
            long opening,
            long received,
            long change,
            long paidIn,
            long paidOut,
            long drops,
            long expected,
            long counted,
            long difference,
            String reason) {}

    public record TaxBody(String object, String factor, String rate, long base, long tax) {}

    public record MovementBody(
            UUID id,
            String kind,
            String currency,
            long amount,
            String reason,
            String note,
            String reference,
            Instant at,
            String byName,
            String approvedByName) {}

    public record PiecesBody(String currency, String form, long value, int pieces) {}

    public record VouchersBody(String kind, String currency, long amount) {}

    public record DepositsBody(String kind, String currency, long taken, long back) {}

    /** Of a session without deposits. */
    public CashSessionClosedBody(
            UUID id,
            UUID session,
            UUID store,
            UUID register,
            String registerName,
            String registerPrefix,
            long zNumber,
            long supersedes,
            LocalDate businessDay,
            Instant openedAt,
            String openedByName,
            UUID cashier,
            String cashierName,
            Instant closedAt,
            UUID closedBy,
            String closedByName,
            long journalRows,
            String journalHash,
            String currency,
            SalesBody sales,
            List<TenderBody> tenders,
            List<TaxBody> taxes,
            List<MovementBody> movements,
            List<PiecesBody> pieces,
            List<VouchersBody> vouchers) {
        this(
                id,
                session,
                store,
                register,
                registerName,
                registerPrefix,
                zNumber,
                supersedes,
                businessDay,
                openedAt,
                openedByName,
                cashier,
                cashierName,
                closedAt,
                closedBy,
                closedByName,
                journalRows,
                journalHash,
                currency,
                sales,
                tenders,
                taxes,
                movements,
                pieces,
                vouchers,
                null);
    }

    /** @throws IllegalArgumentException if the report is none of a counted and closed session */
    public static CashSessionClosedBody of(StoreId store, CashReport z) {
        CashReport.Seal seal = z.seal();
        CashCount count = z.count();
        if (seal == null || count == null) throw new IllegalArgumentException("a Z has a number and a count");
        CashReport.Head head = z.head();
        CashReport.Sales s = z.sales();
        return new CashSessionClosedBody(
                seal.id(),
                head.session(),
                store.value(),
                head.register().value(),
                head.registerName(),
                head.registerPrefix(),
                seal.number(),
                seal.supersedes(),
                head.businessDay(),
                head.openedAt(),
                head.openedByName(),
                head.cashier().value(),
                head.cashierName(),
                z.at(),
                seal.closedBy().value(),
                seal.closedByName(),
                seal.journalSequence(),
                seal.journalHash().toString(),
                s.total().currency().getCurrencyCode(),
                new SalesBody(
                        s.count(),
                        s.firstFolio(),
                        s.lastFolio(),
                        s.net().minor(),
                        s.discount().minor(),
                        s.tax().minor(),
                        s.cores().minor(),
                        s.total().minor(),
                        s.vouchers().isZero() ? null : s.vouchers().minor()),
                z.tenders().stream().map(CashSessionClosedBody::tender).toList(),
                z.taxes().stream().map(CashSessionClosedBody::tax).toList(),
                z.movements().stream().map(CashSessionClosedBody::movement).toList(),
                count.pieces().stream().map(CashSessionClosedBody::pieces).toList(),
                count.vouchers().stream()
                        .map(v -> new VouchersBody(
                                v.tender().name(),
                                v.amount().currency().getCurrencyCode(),
                                v.amount().minor()))
                        .toList(),
                z.deposits().isEmpty()
                        ? null
                        : z.deposits().stream()
                                .map(d -> new DepositsBody(
                                        d.tender().name(),
                                        d.taken().currency().getCurrencyCode(),
                                        d.taken().minor(),
                                        d.back().minor()))
                                .toList());
    }

    private static TenderBody tender(CashReport.TenderLine line) {
        Money counted = line.counted();
        if (counted == null) throw new IllegalArgumentException("a Z counts every tender");
        return new TenderBody(
                line.tender().name(),
                line.currency().getCurrencyCode(),
                line.opening().minor(),
                line.received().minor(),
                line.change().minor(),
                line.paidIn().minor(),
                line.paidOut().minor(),
                line.drops().minor(),
                line.expected().minor(),
                counted.minor(),
                line.difference().minor(),
                line.reason());
    }

    private static TaxBody tax(CashReport.TaxLine line) {
        return new TaxBody(
                line.object(),
                line.factor().name(),
                line.rate().toPlainString(),
                line.base().minor(),
                line.tax().minor());
    }

    private static MovementBody movement(CashMovement.Recorded recorded) {
        CashMovement m = recorded.movement();
        return new MovementBody(
                m.id(),
                m.kind().name(),
                m.amount().currency().getCurrencyCode(),
                m.amount().minor(),
                m.reason().name(),
                m.note(),
                m.reference(),
                recorded.at(),
                recorded.byName(),
                recorded.approvedByName());
    }

    private static PiecesBody pieces(CashCount.Pieces row) {
        Denomination d = row.denomination();
        return new PiecesBody(
                d.value().currency().getCurrencyCode(),
                d.form().name(),
                d.value().minor(),
                row.pieces());
    }

    /** The Z again, to show and to print. @throws IllegalArgumentException if its own checks do not hold */
    public CashReport toReport() {
        Currency money = Currency.getInstance(currency);
        return new CashReport(
                new CashReport.Head(
                        session,
                        new RegisterId(register),
                        registerName,
                        registerPrefix,
                        businessDay,
                        openedAt,
                        openedByName,
                        new UserId(cashier),
                        cashierName),
                closedAt,
                new CashReport.Seal(
                        id,
                        zNumber,
                        supersedes,
                        new UserId(closedBy),
                        closedByName,
                        journalRows,
                        Sha256.parse(journalHash)),
                tenders.stream().map(CashSessionClosedBody::line).toList(),
                new CashReport.Sales(
                        sales.count(),
                        sales.firstFolio(),
                        sales.lastFolio(),
                        new Money(sales.net(), money),
                        new Money(sales.discount(), money),
                        new Money(sales.tax(), money),
                        new Money(sales.cores(), money),
                        new Money(sales.total(), money),
                        new Money(Objects.requireNonNullElse(sales.vouchers(), 0L), money)),
                taxes.stream()
                        .map(t -> new CashReport.TaxLine(
                                t.object(),
                                TaxFactor.valueOf(t.factor()),
                                new BigDecimal(t.rate()),
                                new Money(t.base(), money),
                                new Money(t.tax(), money)))
                        .toList(),
                movements.stream()
                        .map(m -> new CashMovement.Recorded(
                                new CashMovement(
                                        m.id(),
                                        CashMovement.Kind.valueOf(m.kind()),
                                        money(m.amount(), m.currency()),
                                        CashMovement.Reason.valueOf(m.reason()),
                                        m.note(),
                                        m.reference()),
                                session,
                                m.at(),
                                m.byName(),
                                m.approvedByName()))
                        .toList(),
                new CashCount(
                        pieces.stream()
                                .map(p -> new CashCount.Pieces(
                                        new Denomination(
                                                Denomination.Form.valueOf(p.form()), money(p.value(), p.currency())),
                                        p.pieces()))
                                .toList(),
                        vouchers.stream()
                                .map(v -> new CashCount.Vouchers(
                                        Tender.Kind.valueOf(v.kind()), money(v.amount(), v.currency())))
                                .toList()),
                reported());
    }

    private List<CashReport.Deposits> reported() {
        return deposits == null
                ? List.of()
                : deposits.stream()
                        .map(d -> new CashReport.Deposits(
                                Tender.Kind.valueOf(d.kind()),
                                money(d.taken(), d.currency()),
                                money(d.back(), d.currency())))
                        .toList();
    }

    private static CashReport.TenderLine line(TenderBody t) {
        return new CashReport.TenderLine(
                Tender.Kind.valueOf(t.kind()),
                money(t.opening(), t.currency()),
                money(t.received(), t.currency()),
                money(t.change(), t.currency()),
                money(t.paidIn(), t.currency()),
                money(t.paidOut(), t.currency()),
                money(t.drops(), t.currency()),
                money(t.counted(), t.currency()),
                t.reason());
    }

    private static Money money(long minor, String currency) {
        return new Money(minor, Currency.getInstance(currency));
    }
}
