package mx.refahub.domain.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.FiscalState;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.Issuer;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.NoteRef;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Settled;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxFactor;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code sale} document, schema 5 (docs/formats.md). Amounts are minor units of {@code currency}, quantities thousandths, the rate a
 * decimal text with six digits. Adding a field keeps the schema; changing a meaning raises it: schema 2 has lines that come back, with negative
 * quantity and amounts, and so tickets and tenders below zero; schema 3 has lines without a part ({@code MISC}, {@code MISC_RETURN}), whose part is the
 * nil UUID; schema 4 has a buyer, what was sold on account (tender {@code ON_ACCOUNT}), dollars, rounded cash, store credit, what is known of a card, and why a line
 * costs what it costs; schema 5 has the promise that was kept with it, and its deposit (tender {@code DEPOSIT}), on what terms a line came back, the codes that
 * prove another branch's ticket, gift vouchers (line {@code VOUCHER}, tender {@code GIFT_VOUCHER}) and what only some lines have ({@code particulars}). A field
 * that may be null was not there in schema 1.
 */
public record SaleBody(
        UUID id,
        UUID store,
        UUID register,
        UUID cashSession,
        UUID cashier,
        String cashierName,
        String folioPrefix,
        long folioNumber,
        String invoiceCode,
        Instant soldAt,
        LocalDate businessDay,
        String currency,
        IssuerBody issuer,
        String fiscalState,
        long priceVersion,
        List<LineBody> lines,
        List<TenderBody> tenders,
        TotalsBody totals,
        @Nullable BuyerBody buyer,
        @Nullable PromiseBody promise,
        @Nullable List<ProofBody> proofs,
        @Nullable NoteBody note) {

    /** Of no promise. */
    public SaleBody(
            UUID id,
            UUID store,
            UUID register,
            UUID cashSession,
            UUID cashier,
            String cashierName,
            String folioPrefix,
            long folioNumber,
            String invoiceCode,
            Instant soldAt,
            LocalDate businessDay,
            String currency,
            IssuerBody issuer,
            String fiscalState,
            long priceVersion,
            List<LineBody> lines,
            List<TenderBody> tenders,
            TotalsBody totals,
            @Nullable BuyerBody buyer) {
        this(
                id,
                store,
                register,
                cashSession,
                cashier,
                cashierName,
                folioPrefix,
                folioNumber,
                invoiceCode,
                soldAt,
                businessDay,
                currency,
                issuer,
                fiscalState,
                priceVersion,
                lines,
                tenders,
                totals,
                buyer,
                null,
                null,
                null);
    }

    public record IssuerBody(String rfc, String name, String regime, String postalCode) {}

    public record LineBody(
            UUID id,
            String kind,
            UUID part,
            String lineCode,
            String partNumber,
            String description,
            String unit,
            long quantity,
            long price,
            long listPrice,
            boolean priceIncludesTax,
            long net,
            long discount,
            long base,
            long tax,
            long total,
            String taxObject,
            String taxFactor,
            String taxRate,
            String satProduct,
            String satUnit,
            UUID salesperson,
            String salespersonName,
            @Nullable String note,
            @Nullable String grantReason,
            @Nullable UUID grantedBy,
            @Nullable String grantedByName,
            @Nullable UUID returnSale,
            @Nullable UUID returnLine,
            @Nullable String returnFolio,
            @Nullable String returnReason,
            @Nullable String priceLevel,
            @Nullable UUID priceRule,
            @Nullable Long priceBreak,
            @Nullable UUID promotion,
            @Nullable String promotionName,
            @Nullable Long promotionOff,
            @Nullable Long bookVersion,
            @Nullable Long pricesVersion,
            @Nullable LocalDate pricedFor,
            @Nullable ReturnedBody returned,
            @Nullable ParticularsBody particulars) {
        /** The same line on other terms. */
        public LineBody on(ReturnedBody terms) {
            return new LineBody(
                    id,
                    kind,
                    part,
                    lineCode,
                    partNumber,
                    description,
                    unit,
                    quantity,
                    price,
                    listPrice,
                    priceIncludesTax,
                    net,
                    discount,
                    base,
                    tax,
                    total,
                    taxObject,
                    taxFactor,
                    taxRate,
                    satProduct,
                    satUnit,
                    salesperson,
                    salespersonName,
                    note,
                    grantReason,
                    grantedBy,
                    grantedByName,
                    returnSale,
                    returnLine,
                    returnFolio,
                    returnReason,
                    priceLevel,
                    priceRule,
                    priceBreak,
                    promotion,
                    promotionName,
                    promotionOff,
                    bookVersion,
                    pricesVersion,
                    pricedFor,
                    terms,
                    particulars);
        }
    }

    /**
     * What only some lines have, since schema 5.
     *
     * @param voucher text of the QR of the gift voucher that was sold
     * @param voucherId its id
     * @param coreGiven {@code NOW}, {@code LATER}, {@code NEVER}
     * @param coreUntil the last day on which the deposit is paid back
     * @param kit of which the line is a piece
     */
    public record ParticularsBody(
            @Nullable UUID voucherId,
            @Nullable String voucher,
            @Nullable String coreGiven,
            @Nullable LocalDate coreUntil,
            @Nullable List<String> serials,
            @Nullable KitBody kit) {}

    /**
     * The kit of which a line is a piece; all lines with its id were sold as one.
     *
     * @param quantity thousandths of kits
     */
    public record KitBody(UUID id, UUID part, String lineCode, String partNumber, String description, long quantity) {}

    /**
     * Since schema 4 what was handed over in dollars with its rate (a decimal text), and what is known of a card.
     *
     * @param creditProof text of the QR of the store credit that was issued or spent
     * @param cardCharge of the terminal; null where its slip was typed in
     */
    public record TenderBody(
            UUID id,
            String kind,
            String satPaymentForm,
            long amount,
            long received,
            String reference,
            @Nullable String foreignCurrency,
            @Nullable Long foreignGiven,
            @Nullable String foreignRate,
            @Nullable String cardLastFour,
            @Nullable Integer cardMonths,
            @Nullable UUID cardCharge,
            @Nullable UUID credit,
            @Nullable String creditProof) {}

    /** @param dueOn when what was sold on account is due */
    public record BuyerBody(
            UUID customer,
            String name,
            @Nullable LocalDate dueOn,
            @Nullable UUID approvedBy,
            @Nullable String approvedByName,
            @Nullable List<SettledBody> settled) {}

    /**
     * Since schema 5, on a line that came back: on what terms. Money in centavos.
     *
     * @param source {@code ReturnTerms.Source}
     * @param soldBy the branch that sold it, where it is another
     * @param feePercent hundredths of a percent, with {@code feeBase} and {@code feeTax} that were kept
     * @param waived names of {@code ReturnPolicy.Rule}
     */
    public record ReturnedBody(
            String source,
            @Nullable UUID soldBy,
            @Nullable Integer feePercent,
            @Nullable Long feeBase,
            @Nullable Long feeTax,
            @Nullable List<String> waived,
            @Nullable VehicleBody vehicle,
            @Nullable Boolean inspected) {}

    public record VehicleBody(String make, String model, int year, String engine) {}

    /** Since schema 5: the codes of another branch's ticket of which a line came back. */
    public record ProofBody(UUID sale, UUID store, String folio, List<String> codes) {}

    /** Since schema 5: the note that it was collected by. */
    public record NoteBody(long number, UUID by, String byName, Instant at, boolean handOver) {}

    public record SettledBody(UUID charge, String folio, long amount) {}

    /**
     * The quote, layaway or special order that was sold; since schema 5.
     *
     * @param deposit what of its deposit pays the sale
     */
    public record PromiseBody(UUID id, String kind, String number, long deposit) {}

    public record TotalsBody(long net, long discount, long tax, long cores, long total, long savings) {}

    /** With what proves the tickets of other branches that it brings lines back of. */
    public SaleBody proven(List<ProofBody> by) {
        return new SaleBody(
                id,
                store,
                register,
                cashSession,
                cashier,
                cashierName,
                folioPrefix,
                folioNumber,
                invoiceCode,
                soldAt,
                businessDay,
                currency,
                issuer,
                fiscalState,
                priceVersion,
                lines,
                tenders,
                totals,
                buyer,
                promise,
                by.isEmpty() ? null : by,
                note);
    }

    public static SaleBody of(Sale sale) {
        Totals t = sale.totals();
        return new SaleBody(
                sale.id(),
                sale.store().value(),
                sale.register().value(),
                sale.cashSession(),
                sale.cashier().value(),
                sale.cashierName(),
                sale.folio().prefix(),
                sale.folio().number(),
                sale.invoiceCode().value(),
                sale.soldAt(),
                sale.businessDay(),
                t.total().currency().getCurrencyCode(),
                new IssuerBody(
                        sale.issuer().rfc(),
                        sale.issuer().name(),
                        sale.issuer().regime(),
                        sale.issuer().postalCode()),
                sale.fiscalState().name(),
                sale.priceVersion(),
                sale.lines().stream().map(SaleBody::line).toList(),
                sale.tenders().stream().map(SaleBody::tender).toList(),
                new TotalsBody(
                        t.net().minor(),
                        t.discount().minor(),
                        t.tax().minor(),
                        t.cores().minor(),
                        t.total().minor(),
                        t.savings().minor()),
                buyer(sale.buyer()),
                promise(sale.promised()),
                null,
                note(sale.note()));
    }

    private static @Nullable PromiseBody promise(@Nullable Promised promised) {
        return promised == null
                ? null
                : new PromiseBody(
                        promised.id(),
                        promised.kind(),
                        promised.number(),
                        promised.deposit().minor());
    }

    private static @Nullable Promised promised(@Nullable PromiseBody promise, Currency money) {
        return promise == null
                ? null
                : new Promised(promise.id(), promise.kind(), promise.number(), new Money(promise.deposit(), money));
    }

    private static @Nullable NoteBody note(@Nullable NoteRef note) {
        return note == null
                ? null
                : new NoteBody(note.number(), note.by().value(), note.byName(), note.at(), note.handOver());
    }

    private static @Nullable BuyerBody buyer(@Nullable Buyer buyer) {
        return buyer == null
                ? null
                : new BuyerBody(
                        buyer.id(),
                        buyer.name(),
                        buyer.dueOn(),
                        buyer.approvedBy(),
                        buyer.approvedByName(),
                        buyer.settled().stream()
                                .map(one -> new SettledBody(
                                        one.charge(), one.folio(), one.amount().minor()))
                                .toList());
    }

    private static @Nullable Buyer buyer(@Nullable BuyerBody buyer, Currency money) {
        if (buyer == null) return null;
        List<SettledBody> settled = buyer.settled();
        return new Buyer(
                buyer.customer(),
                buyer.name(),
                buyer.dueOn(),
                buyer.approvedBy(),
                buyer.approvedByName(),
                settled == null
                        ? List.of()
                        : settled.stream()
                                .map(one -> new Settled(one.charge(), one.folio(), new Money(one.amount(), money)))
                                .toList());
    }

    /** A line by itself, as it stands in the body. */
    public static LineBody line(SaleLine line) {
        LineAmounts a = line.amounts();
        Grant grant = line.grant();
        ReturnOf returnOf = line.returnOf();
        PriceReason why = line.priceReason();
        return new LineBody(
                line.id(),
                line.kind().name(),
                line.part().value(),
                line.lineCode().value(),
                line.number().value(),
                line.description(),
                line.unit(),
                line.quantity().thousandths(),
                line.price().amount().minor(),
                line.listPrice().amount().minor(),
                line.price().includesTax(),
                a.net().minor(),
                a.discount().minor(),
                a.base().minor(),
                a.tax().minor(),
                a.total().minor(),
                line.tax().object(),
                line.tax().factor().name(),
                line.tax().rate().toPlainString(),
                line.satProduct(),
                line.satUnit(),
                line.salesperson().value(),
                line.salespersonName(),
                line.note().isEmpty() ? null : line.note(),
                grant == null ? null : grant.reason(),
                grant == null ? null : grant.by().value(),
                grant == null ? null : grant.byName(),
                returnOf == null ? null : returnOf.sale(),
                returnOf == null ? null : returnOf.line(),
                returnOf == null ? null : returnOf.folio(),
                returnOf == null ? null : returnOf.reason().name(),
                why == null ? null : why.level().code(),
                why == null ? null : why.rule(),
                why == null ? null : breakOf(why),
                why == null ? null : why.promotion(),
                why == null ? null : why.promotionName(),
                why == null || why.promotionOff().isZero()
                        ? null
                        : why.promotionOff().minor(),
                why == null ? null : why.bookVersion(),
                why == null ? null : why.pricesVersion(),
                why == null ? null : why.day(),
                returnOf == null ? null : returned(returnOf.terms()),
                particulars(line.particulars()));
    }

    private static @Nullable ParticularsBody particulars(@Nullable Particulars particulars) {
        if (particulars == null) return null;
        Tender.Credit voucher = particulars.voucher();
        Particulars.Core core = particulars.core();
        return new ParticularsBody(
                voucher == null ? null : voucher.id(),
                voucher == null ? null : voucher.proof(),
                core == null ? null : core.given().name(),
                core == null ? null : core.until(),
                particulars.serials().isEmpty() ? null : particulars.serials(),
                kit(particulars.kit()));
    }

    private static @Nullable KitBody kit(@Nullable KitOf kit) {
        return kit == null
                ? null
                : new KitBody(
                        kit.id(),
                        kit.part().value(),
                        kit.lineCode().value(),
                        kit.number().value(),
                        kit.name(),
                        kit.quantity().thousandths());
    }

    private static @Nullable Particulars particulars(@Nullable ParticularsBody body) {
        if (body == null) return null;
        UUID id = body.voucherId();
        String proof = body.voucher();
        String given = body.coreGiven();
        return new Particulars(
                id == null || proof == null ? null : new Tender.Credit(id, proof),
                given == null ? null : new Particulars.Core(Particulars.CoreGiven.valueOf(given), body.coreUntil()),
                Objects.requireNonNullElse(body.serials(), List.of()),
                kit(body.kit()));
    }

    private static @Nullable KitOf kit(@Nullable KitBody kit) {
        return kit == null
                ? null
                : new KitOf(
                        kit.id(),
                        new PartId(kit.part()),
                        new LineCode(kit.lineCode()),
                        new PartNumber(kit.partNumber()),
                        kit.description(),
                        new Quantity(kit.quantity()));
    }

    private static TenderBody tender(Tender tender) {
        Tender.Foreign foreign = tender.foreign();
        Tender.Card card = tender.card();
        Tender.Credit credit = tender.credit();
        return new TenderBody(
                tender.id(),
                tender.kind().name(),
                tender.kind().satPaymentForm(),
                tender.amount().minor(),
                tender.received().minor(),
                tender.reference(),
                foreign == null ? null : foreign.given().currency().getCurrencyCode(),
                foreign == null ? null : foreign.given().minor(),
                foreign == null ? null : foreign.rate().toPlainString(),
                card == null ? null : card.lastFour(),
                card == null ? null : card.months(),
                card == null ? null : card.charge(),
                credit == null ? null : credit.id(),
                credit == null ? null : credit.proof());
    }

    /** The sale again; its own checks hold. @throws IllegalArgumentException if they do not, saying which */
    public Sale toSale() {
        Currency money = Currency.getInstance(currency);
        return new Sale(
                id,
                new StoreId(store),
                new RegisterId(register),
                cashSession,
                new UserId(cashier),
                cashierName,
                new Folio(folioPrefix, folioNumber),
                new InvoiceCode(invoiceCode),
                soldAt,
                businessDay,
                new Issuer(issuer.rfc(), issuer.name(), issuer.regime(), issuer.postalCode()),
                FiscalState.valueOf(fiscalState),
                priceVersion,
                lines.stream().map(line -> line(line, money)).toList(),
                tenders.stream().map(tender -> tender(tender, money)).toList(),
                new Totals(
                        new Money(totals.net(), money),
                        new Money(totals.discount(), money),
                        new Money(totals.tax(), money),
                        new Money(totals.cores(), money),
                        new Money(totals.total(), money),
                        new Money(totals.savings(), money)),
                buyer(buyer, money),
                promised(promise, money),
                note == null
                        ? null
                        : new NoteRef(note.number(), new UserId(note.by()), note.byName(), note.at(), note.handOver()));
    }

    /** The line again; its own checks hold. */
    public static SaleLine line(LineBody line, Currency money) {
        return new SaleLine(
                line.id(),
                SaleLine.Kind.valueOf(line.kind()),
                new PartId(line.part()),
                new LineCode(line.lineCode()),
                new PartNumber(line.partNumber()),
                line.description(),
                line.unit(),
                new Quantity(line.quantity()),
                new Price(new Money(line.price(), money), line.priceIncludesTax()),
                new Price(new Money(line.listPrice(), money), line.priceIncludesTax()),
                new LineAmounts(
                        new Money(line.net(), money),
                        new Money(line.discount(), money),
                        new Money(line.base(), money),
                        new Money(line.tax(), money),
                        new Money(line.total(), money)),
                new Tax(line.taxObject(), TaxFactor.valueOf(line.taxFactor()), new BigDecimal(line.taxRate())),
                line.satProduct(),
                line.satUnit(),
                new UserId(line.salesperson()),
                line.salespersonName(),
                line.note() == null ? "" : line.note(),
                grant(line),
                returnOf(line, money),
                why(line, money),
                particulars(line.particulars()));
    }

    private static @Nullable Long breakOf(PriceReason why) {
        Quantity from = why.from();
        return from == null ? null : from.thousandths();
    }

    private static @Nullable PriceReason why(LineBody line, Currency money) {
        String level = line.priceLevel();
        Long book = line.bookVersion();
        Long prices = line.pricesVersion();
        LocalDate day = line.pricedFor();
        if (level == null || book == null || prices == null || day == null) return null;
        Long from = line.priceBreak();
        Long off = line.promotionOff();
        return new PriceReason(
                new PriceLevel(level),
                line.priceRule(),
                from == null ? null : new Quantity(from),
                line.promotion(),
                line.promotionName(),
                new Money(off == null ? 0 : off, money),
                book,
                prices,
                day);
    }

    private static @Nullable Grant grant(LineBody line) {
        UUID by = line.grantedBy();
        if (by == null) return null;
        return new Grant(
                Objects.requireNonNullElse(line.grantReason(), ""),
                new UserId(by),
                Objects.requireNonNullElse(line.grantedByName(), ""));
    }

    private static @Nullable ReturnOf returnOf(LineBody line, Currency money) {
        UUID sale = line.returnSale();
        UUID sold = line.returnLine();
        String reason = line.returnReason();
        if (reason == null) return null;
        ReturnedBody said = line.returned();
        ReturnTerms terms = said == null ? ReturnTerms.PLAIN : terms(said, money);
        boolean whole = switch (terms.source()) {
            case OWN_TICKET, SIGNED_TICKET -> sale != null && sold != null;
            case OPENING -> sold != null;
            case NO_TICKET -> true;
        };
        if (!whole) return null;
        return new ReturnOf(
                sale, sold, Objects.requireNonNullElse(line.returnFolio(), ""), ReturnOf.Reason.valueOf(reason), terms);
    }

    /** Null on plain terms, as older lines have it. */
    public static @Nullable ReturnedBody returned(ReturnTerms terms) {
        if (terms.equals(ReturnTerms.PLAIN)) return null;
        ReturnTerms.Fee fee = terms.fee();
        StoreId soldBy = terms.soldBy();
        ReturnTerms.Vehicle vehicle = terms.vehicle();
        return new ReturnedBody(
                terms.source().name(),
                soldBy == null ? null : soldBy.value(),
                fee == null ? null : fee.percent(),
                fee == null ? null : fee.base().minor(),
                fee == null ? null : fee.tax().minor(),
                terms.waived().isEmpty()
                        ? null
                        : terms.waived().stream().map(Enum::name).sorted().toList(),
                vehicle == null
                        ? null
                        : new VehicleBody(vehicle.make(), vehicle.model(), vehicle.year(), vehicle.engine()),
                terms.inspected() ? true : null);
    }

    public static ReturnTerms terms(ReturnedBody said, Currency money) {
        UUID soldBy = said.soldBy();
        Integer percent = said.feePercent();
        Long base = said.feeBase();
        Long tax = said.feeTax();
        List<String> waived = said.waived();
        VehicleBody vehicle = said.vehicle();
        return new ReturnTerms(
                ReturnTerms.Source.valueOf(said.source()),
                soldBy == null ? null : new StoreId(soldBy),
                percent == null || base == null || tax == null
                        ? null
                        : new ReturnTerms.Fee(percent, new Money(base, money), new Money(tax, money)),
                waived == null
                        ? Set.of()
                        : waived.stream().map(ReturnPolicy.Rule::valueOf).collect(Collectors.toUnmodifiableSet()),
                vehicle == null
                        ? null
                        : new ReturnTerms.Vehicle(vehicle.make(), vehicle.model(), vehicle.year(), vehicle.engine()),
                Boolean.TRUE.equals(said.inspected()));
    }

    private static Tender tender(TenderBody tender, Currency money) {
        return new Tender(
                tender.id(),
                Tender.Kind.valueOf(tender.kind()),
                new Money(tender.amount(), money),
                new Money(tender.received(), money),
                tender.reference(),
                foreign(tender),
                card(tender),
                credit(tender));
    }

    private static Tender.@Nullable Foreign foreign(TenderBody tender) {
        String currency = tender.foreignCurrency();
        Long given = tender.foreignGiven();
        String rate = tender.foreignRate();
        if (currency == null || given == null || rate == null) return null;
        return new Tender.Foreign(new Money(given, Currency.getInstance(currency)), new BigDecimal(rate));
    }

    private static Tender.@Nullable Credit credit(TenderBody tender) {
        UUID credit = tender.credit();
        String proof = tender.creditProof();
        return credit == null || proof == null ? null : new Tender.Credit(credit, proof);
    }

    private static Tender.@Nullable Card card(TenderBody tender) {
        String lastFour = tender.cardLastFour();
        if (lastFour == null) return null;
        return new Tender.Card(lastFour, Objects.requireNonNullElse(tender.cardMonths(), 0), tender.cardCharge());
    }
}
