package mx.refahub.pos.counter;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashDay;
import mx.refahub.domain.cash.CashLimits;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.tax.Tax;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;

/** Cash sessions as the screens show them: every amount computed and as text. */
final class CashView {
    private CashView() {}

    /** @param key names the row in forms: {@code MXN-BILL-50000} */
    record Kind(String key, String currency, String form, long value, String text) {
        static Kind of(Denomination denomination) {
            Money value = denomination.value();
            String currency = value.currency().getCurrencyCode();
            return new Kind(
                    currency + "-" + denomination.form() + "-" + value.minor(),
                    currency,
                    denomination.form().name(),
                    value.minor(),
                    value.text());
        }
    }

    record Reason(String name, String kind, boolean needsReference, boolean needsNote) {
        static Reason of(CashMovement.Reason reason) {
            return new Reason(reason.name(), reason.kind().name(), reason.needsReference(), reason.needsNote());
        }
    }

    /**
     * @param limits largest movements that a cashier makes alone
     * @param vouchers tenders that are counted by the sum of their vouchers
     */
    record Drawer(
            UUID id,
            UUID register,
            String registerName,
            UUID cashier,
            String cashierName,
            Instant openedAt,
            boolean counted,
            boolean ended,
            List<Amount> limits,
            List<Reason> reasons,
            List<Kind> denominations,
            List<String> vouchers) {
        static Drawer of(CashSessions.Standing standing) {
            CashSession session = standing.session();
            return new Drawer(
                    session.id(),
                    session.register().value(),
                    standing.registerName(),
                    session.cashier().value(),
                    session.cashierName(),
                    session.openedAt(),
                    session.isCounted(),
                    session.closedAt() != null,
                    standing.limits().movements().stream().map(Amount::of).toList(),
                    List.of(CashMovement.Reason.values()).stream()
                            .map(Reason::of)
                            .toList(),
                    Denomination.all().stream().map(Kind::of).toList(),
                    List.of(Tender.Kind.values()).stream()
                            .filter(kind -> kind != Tender.Kind.CASH && kind.isCounted())
                            .map(Tender.Kind::name)
                            .toList());
        }
    }

    record Movement(
            UUID id,
            String kind,
            Amount amount,
            String reason,
            String note,
            String reference,
            Instant at,
            String byName,
            String approvedByName) {
        static Movement of(CashMovement.Recorded recorded) {
            CashMovement m = recorded.movement();
            return new Movement(
                    m.id(),
                    m.kind().name(),
                    Amount.of(m.kind().signed(m.amount())),
                    m.reason().name(),
                    m.note(),
                    m.reference(),
                    recorded.at(),
                    recorded.byName(),
                    recorded.approvedByName());
        }
    }

    record TallyRow(String key, Amount amount) {}

    /** @param rows amounts of what was typed so far, by the key of the row */
    record Tally(List<TallyRow> rows, Amount pesos, Amount dollars) {
        static Tally of(CashCount count) {
            return new Tally(
                    count.pieces().stream()
                            .map(row -> new TallyRow(Kind.of(row.denomination()).key(), Amount.of(row.amount())))
                            .toList(),
                    Amount.of(count.cash(Money.MXN)),
                    Amount.of(count.cash(Denomination.USD)));
        }
    }

    /**
     * @param expected null for whoever may not know it yet, as are the sums that lead to it
     * @param state even, short or over; null before the count
     */
    record TenderRow(
            String tender,
            String currency,
            Amount sold,
            Amount received,
            Amount change,
            @Nullable Amount opening,
            Amount paidIn,
            Amount paidOut,
            Amount drops,
            @Nullable Amount expected,
            @Nullable Amount counted,
            @Nullable Amount difference,
            @Nullable String state,
            boolean needsReason,
            String reason,
            @Nullable Amount accountPayments) {
        static TenderRow of(CashReport.TenderLine line, Money paid, boolean open, @Nullable CashLimits limits) {
            Money counted = line.tender().isCounted() ? line.counted() : null;
            Money difference = line.difference();
            String state = difference.isZero() ? "even" : difference.isNegative() ? "short" : "over";
            return new TenderRow(
                    line.tender().name(),
                    line.currency().getCurrencyCode(),
                    Amount.of(line.sold()),
                    Amount.of(line.received()),
                    Amount.of(line.change()),
                    open ? Amount.of(line.opening()) : null,
                    Amount.of(line.paidIn()),
                    Amount.of(line.paidOut()),
                    Amount.of(line.drops()),
                    open ? Amount.of(line.expected()) : null,
                    counted == null || !open ? null : Amount.of(counted),
                    counted == null || !open ? null : Amount.of(difference),
                    counted == null || !open ? null : state,
                    counted != null && limits != null && limits.needsReason(difference),
                    line.reason(),
                    paid.isZero() ? null : Amount.of(paid));
        }
    }

    record SalesRow(
            long count,
            String firstFolio,
            String lastFolio,
            Amount discount,
            @Nullable Amount cores,
            Amount total,
            @Nullable Amount vouchers) {
        static SalesRow of(CashReport.Sales sales) {
            return new SalesRow(
                    sales.count(),
                    sales.firstFolio(),
                    sales.lastFolio(),
                    Amount.of(sales.discount()),
                    sales.cores().isZero() ? null : Amount.of(sales.cores()),
                    Amount.of(sales.total()),
                    sales.vouchers().isZero() ? null : Amount.of(sales.vouchers()));
        }
    }

    record TaxRow(String name, Amount base, Amount tax) {
        static TaxRow of(CashReport.TaxLine line, Messages messages, Locale locale) {
            return new TaxRow(name(line, messages, locale), Amount.of(line.base()), Amount.of(line.tax()));
        }

        private static String name(CashReport.TaxLine line, Messages messages, Locale locale) {
            if (!line.object().equals(Tax.OBJECT)) return messages.text(locale, "cash.tax.none");
            return switch (line.factor()) {
                case RATE ->
                    messages.text(
                            locale,
                            "cash.tax.rate",
                            line.rate()
                                    .multiply(BigDecimal.valueOf(100))
                                    .stripTrailingZeros()
                                    .toPlainString());
                case EXEMPT -> messages.text(locale, "cash.tax.exempt");
                case NONE -> messages.text(locale, "cash.tax.none");
            };
        }
    }

    record PiecesRow(String text, String form, int pieces, Amount amount) {}

    /**
     * An X, a count's result or a Z.
     *
     * @param number of a Z; 0 for an X
     * @param withExpected whether it tells what should be in the drawer
     */
    record Report(
            @Nullable UUID z,
            long number,
            long supersedes,
            UUID session,
            String registerName,
            LocalDate businessDay,
            Instant openedAt,
            String openedByName,
            String cashierName,
            Instant at,
            String closedByName,
            boolean withExpected,
            SalesRow sales,
            List<TenderRow> tenders,
            List<TaxRow> taxes,
            List<Movement> movements,
            List<PiecesRow> pieces,
            long journalRows,
            String journalHash,
            List<DepositsRow> deposits) {
        static Report of(
                CashReport report, boolean mayKnow, @Nullable CashLimits limits, Messages messages, Locale locale) {
            CashReport.Seal seal = report.seal();
            CashCount count = report.count();
            boolean open = mayKnow || count != null;
            CashReport.Head head = report.head();
            return new Report(
                    seal == null ? null : seal.id(),
                    seal == null ? 0 : seal.number(),
                    seal == null ? 0 : seal.supersedes(),
                    head.session(),
                    head.registerName(),
                    head.businessDay(),
                    head.openedAt(),
                    head.openedByName(),
                    head.cashierName(),
                    report.at(),
                    seal == null ? "" : seal.closedByName(),
                    open,
                    SalesRow.of(report.sales()),
                    report.tenders().stream()
                            .map(line -> TenderRow.of(line, report.accountPayments(line), open, limits))
                            .toList(),
                    report.taxes().stream()
                            .map(line -> TaxRow.of(line, messages, locale))
                            .toList(),
                    report.movements().stream().map(Movement::of).toList(),
                    count == null
                            ? List.of()
                            : count.pieces().stream()
                                    .filter(row -> row.pieces() > 0)
                                    .map(row -> new PiecesRow(
                                            row.denomination().value().text(),
                                            row.denomination().form().name(),
                                            row.pieces(),
                                            Amount.of(row.amount())))
                                    .toList(),
                    seal == null ? 0 : seal.journalSequence(),
                    seal == null ? "" : seal.journalHash().toString(),
                    report.deposits().stream().map(DepositsRow::of).toList());
        }
    }

    /** Deposits for layaways and special orders. @param back null where none went back */
    record DepositsRow(
            String tender,
            String currency,
            @Nullable Amount taken,
            @Nullable Amount back) {
        static DepositsRow of(CashReport.Deposits one) {
            return new DepositsRow(
                    one.tender().name(),
                    one.taken().currency().getCurrencyCode(),
                    one.taken().isZero() ? null : Amount.of(one.taken()),
                    one.back().isZero() ? null : Amount.of(one.back()));
        }
    }

    record ZRow(
            UUID id,
            UUID session,
            String registerName,
            long number,
            long supersedes,
            boolean superseded,
            boolean sessionOpen,
            String cashierName,
            Instant closedAt) {
        static ZRow of(CashSessions.ZHead z) {
            return new ZRow(
                    z.id(),
                    z.session(),
                    z.registerName(),
                    z.number(),
                    z.supersedes(),
                    z.superseded(),
                    z.sessionOpen(),
                    z.cashierName(),
                    z.closedAt());
        }
    }

    record Day(
            LocalDate day,
            LocalDate before,
            @Nullable LocalDate after,
            boolean complete,
            SalesRow sales,
            List<TenderRow> tenders,
            List<TaxRow> taxes,
            List<Report> sessions) {
        static Day of(CashDay day, LocalDate today, Messages messages, Locale locale) {
            return new Day(
                    day.day(),
                    day.day().minusDays(1),
                    day.day().isBefore(today) ? day.day().plusDays(1) : null,
                    day.complete(),
                    SalesRow.of(day.sales()),
                    day.tenders().stream()
                            .map(line -> TenderRow.of(line, day.accountPayments(line), true, null))
                            .toList(),
                    day.taxes().stream()
                            .map(line -> TaxRow.of(line, messages, locale))
                            .toList(),
                    day.sessions().stream()
                            .map(report -> Report.of(report, true, null, messages, locale))
                            .toList());
        }
    }
}
