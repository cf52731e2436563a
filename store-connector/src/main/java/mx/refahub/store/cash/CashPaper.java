package mx.refahub.store.cash;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashDay;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxFactor;
import mx.refahub.store.branch.Branch;

/** X, Z, <i>corte general</i> and the slips of movements on paper. In Spanish, as all that is filed in a Mexican shop. */
final class CashPaper {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final String SIGN_HERE = "_______________________";
    private static final int HASH_SHOWN = 16;

    private CashPaper() {}

    /** @param withExpected whether it tells what should be in the drawer, which nobody may know who still has to count it */
    static Printout report(CashReport report, Branch branch, boolean withExpected) {
        CashSheet paper = new CashSheet();
        CashReport.Seal seal = report.seal();
        paper.title(seal == null ? "CORTE X" : "CORTE Z " + seal.number());
        paper.centered(branch.name());
        paper.centered("RFC " + branch.issuer().rfc());
        if (seal != null && seal.supersedes() > 0) paper.centered("Sustituye al corte Z " + seal.supersedes());
        if (seal == null) paper.centered("No cierra la caja");
        CashReport.Head head = report.head();
        paper.pair("Caja", head.registerName());
        paper.pair("Abrió " + head.openedByName(), when(head.openedAt(), branch));
        paper.pair("En caja", head.cashierName());
        if (seal == null) paper.pair("Al momento", when(report.at(), branch));
        else paper.pair("Cerró " + seal.closedByName(), when(report.at(), branch));
        paper.rule();
        sales(paper, report.sales(), report.tenders());
        taxes(paper, report.taxes());
        accountPayments(paper, report.tenders(), report::accountPayments);
        deposits(paper, report.deposits());
        movements(paper, report.movements(), branch);
        if (withExpected) drawer(paper, report.tenders());
        CashCount count = report.count();
        if (count != null && withExpected) {
            count(paper, count);
            result(paper, report.tenders());
        }
        if (seal != null) {
            paper.rule();
            paper.pair("Renglones del diario", Long.toString(seal.journalSequence()));
            paper.pair("Sello", seal.journalHash().toString().substring(0, HASH_SHOWN));
            signatures(paper, "Cajero", "Encargado");
        }
        return paper.page();
    }

    static Printout day(CashDay day, Branch branch) {
        CashSheet paper = new CashSheet();
        paper.title("CORTE GENERAL");
        paper.centered(branch.name());
        paper.centered("RFC " + branch.issuer().rfc());
        paper.pair("Día", DAY.format(day.day()));
        paper.pair("Impreso", when(day.at(), branch));
        if (!day.complete()) paper.bold("Hay cajas sin corte Z: las cifras pueden cambiar");
        for (CashReport session : day.sessions()) {
            CashReport.Seal seal = session.seal();
            paper.rule();
            paper.boldPair(
                    session.head().registerName() + " " + (seal == null ? "sin cerrar" : "Z " + seal.number()),
                    session.sales().total().text());
            paper.pair("  " + session.head().cashierName(), session.sales().count() + " tickets");
            for (CashReport.TenderLine line : session.tenders())
                if (!line.difference().isZero())
                    paper.pair(
                            "  Diferencia " + name(line.tender(), line.currency()),
                            line.difference().text());
        }
        paper.rule();
        sales(paper, day.sales(), day.tenders());
        taxes(paper, day.taxes());
        accountPayments(paper, day.tenders(), day::accountPayments);
        deposits(paper, day.deposits());
        drawer(paper, day.tenders());
        if (day.complete() && !day.sessions().isEmpty()) result(paper, day.tenders());
        signatures(paper, "Encargado");
        return paper.page();
    }

    static Printout movement(CashMovement.Recorded recorded, String register, Branch branch) {
        CashMovement movement = recorded.movement();
        CashSheet paper = new CashSheet();
        paper.title(
                switch (movement.kind()) {
                    case PAID_IN -> "ENTRADA";
                    case PAID_OUT -> "SALIDA";
                    case DROP -> "RETIRO";
                });
        paper.centered(branch.name());
        paper.pair("Caja", register);
        paper.pair("Fecha", when(recorded.at(), branch));
        paper.pair("Hizo", recorded.byName());
        if (!recorded.approvedByName().isEmpty()) paper.pair("Autorizó", recorded.approvedByName());
        paper.rule();
        paper.line(name(movement.reason()));
        if (!movement.note().isEmpty()) paper.line(movement.note());
        if (!movement.reference().isEmpty()) paper.pair("Comprobante", movement.reference());
        paper.boldPair("Importe", movement.amount().text());
        signatures(paper, "Entrega", "Recibe");
        return paper.page();
    }

    private static void sales(CashSheet paper, CashReport.Sales sales, List<CashReport.TenderLine> tenders) {
        paper.bold("VENTAS");
        paper.pair("Tickets", Long.toString(sales.count()));
        if (!sales.firstFolio().isEmpty()) paper.pair("Folios", sales.firstFolio() + " a " + sales.lastFolio());
        for (CashReport.TenderLine line : tenders) {
            paper.pair(name(line.tender(), line.currency()), line.sold().text());
            if (!line.change().isZero()) {
                paper.pair("  recibido", line.received().text());
                paper.pair("  cambio", line.change().text());
            }
        }
        paper.boldPair("Total vendido", sales.total().text());
        if (!sales.discount().isZero())
            paper.pair("Descuentos", sales.discount().negated().text());
        if (!sales.cores().isZero())
            paper.pair("Cascos (reembolsables)", sales.cores().text());
        if (!sales.vouchers().isZero())
            paper.pair("Vales de regalo vendidos", sales.vouchers().text());
    }

    private static void taxes(CashSheet paper, List<CashReport.TaxLine> taxes) {
        if (taxes.isEmpty()) return;
        paper.rule();
        paper.bold("IMPUESTOS");
        for (CashReport.TaxLine line : taxes) {
            String name = name(line);
            paper.pair("Base " + name, line.base().text());
            if (line.factor() == TaxFactor.RATE) paper.pair(name, line.tax().text());
        }
    }

    private static void accountPayments(
            CashSheet paper, List<CashReport.TenderLine> tenders, Function<CashReport.TenderLine, Money> paidIn) {
        List<CashReport.TenderLine> paid =
                tenders.stream().filter(line -> !paidIn.apply(line).isZero()).toList();
        if (paid.isEmpty()) return;
        paper.rule();
        paper.bold("ABONOS A CUENTA");
        for (CashReport.TenderLine line : paid)
            paper.pair(name(line.tender(), line.currency()), paidIn.apply(line).text());
    }

    private static void deposits(CashSheet paper, List<CashReport.Deposits> deposits) {
        if (deposits.isEmpty()) return;
        paper.rule();
        paper.bold("ANTICIPOS DE APARTADOS Y PEDIDOS");
        for (CashReport.Deposits one : deposits) {
            String name = name(one.tender(), one.taken().currency());
            if (!one.taken().isZero()) paper.pair(name, one.taken().text());
            if (!one.back().isZero()) paper.pair(name + " devuelto", one.back().text());
        }
    }

    private static void movements(CashSheet paper, List<CashMovement.Recorded> movements, Branch branch) {
        if (movements.isEmpty()) return;
        paper.rule();
        paper.bold("ENTRADAS, SALIDAS Y RETIROS");
        for (CashMovement.Recorded recorded : movements) {
            CashMovement m = recorded.movement();
            paper.pair(
                    when(recorded.at(), branch).substring(11) + " " + name(m.reason()),
                    m.kind().signed(m.amount()).text());
            String detail = (m.note() + " " + m.reference()).strip();
            if (!detail.isEmpty()) paper.line("  " + detail);
        }
    }

    private static void drawer(CashSheet paper, List<CashReport.TenderLine> tenders) {
        for (CashReport.TenderLine line : tenders) {
            if (line.tender() != Tender.Kind.CASH) continue;
            paper.rule();
            paper.bold(line.currency().equals(Money.MXN) ? "CAJÓN EN PESOS" : "CAJÓN EN DÓLARES");
            paper.pair("Fondo", line.opening().text());
            paper.pair("Ventas en efectivo", line.sold().text());
            if (!line.paidIn().isZero()) paper.pair("Entradas", line.paidIn().text());
            if (!line.paidOut().isZero()) paper.pair("Salidas", line.paidOut().text());
            if (!line.drops().isZero())
                paper.pair("Retiros a caja fuerte", line.drops().text());
            paper.boldPair("Debe haber", line.expected().text());
        }
    }

    private static void count(CashSheet paper, CashCount count) {
        paper.rule();
        paper.bold("ARQUEO");
        for (CashCount.Pieces row : count.pieces()) {
            if (row.pieces() == 0) continue;
            Denomination d = row.denomination();
            paper.pair(
                    row.pieces() + " x " + d.value().text() + (d.form() == Denomination.Form.COIN ? " moneda" : ""),
                    row.amount().text());
        }
        for (CashCount.Vouchers row : count.vouchers())
            if (!row.amount().isZero())
                paper.pair(
                        "Comprobantes " + name(row.tender(), row.amount().currency()),
                        row.amount().text());
    }

    private static void result(CashSheet paper, List<CashReport.TenderLine> tenders) {
        paper.rule();
        paper.bold("RESULTADO");
        for (CashReport.TenderLine line : tenders) {
            if (!line.tender().isCounted()) continue;
            Money counted = line.counted();
            paper.line(name(line.tender(), line.currency()));
            paper.pair("  Debe haber", line.expected().text());
            if (counted == null) continue;
            paper.pair("  Contado", counted.text());
            Money difference = line.difference();
            if (difference.isZero()) paper.pair("  Cuadra", difference.text());
            else paper.boldPair(difference.isNegative() ? "  FALTA" : "  SOBRA", difference.text());
            if (!line.reason().isEmpty()) paper.line("  " + line.reason());
        }
    }

    private static void signatures(CashSheet paper, String... who) {
        for (String name : who) {
            paper.blank();
            paper.blank();
            paper.centered(SIGN_HERE);
            paper.centered(name);
        }
    }

    static String name(Tender.Kind tender, Currency currency) {
        String name = switch (tender) {
            case CASH -> "Efectivo";
            case CREDIT_CARD -> "Tarjeta de crédito";
            case DEBIT_CARD -> "Tarjeta de débito";
            case TRANSFER -> "Transferencia";
            case CHEQUE -> "Cheque";
            case ON_ACCOUNT -> "A crédito";
            case CASH_USD -> "Dólares, en pesos";
            case ROUNDING -> "Redondeo del efectivo";
            case STORE_CREDIT -> "Vales (usados menos dados)";
            case DEPOSIT -> "Anticipos aplicados";
            case GIFT_VOUCHER -> "Vales de regalo usados";
            case MARKETPLACE -> "Pagado en mercados";
            case BNPL -> "Pagado por financiera";
        };
        return currency.equals(Money.MXN) ? name : name + " " + currency.getCurrencyCode();
    }

    private static String name(CashReport.TaxLine line) {
        if (!line.object().equals(Tax.OBJECT)) return "sin objeto de impuesto";
        return switch (line.factor()) {
            case RATE ->
                "IVA "
                        + line.rate()
                                .multiply(BigDecimal.valueOf(100))
                                .stripTrailingZeros()
                                .toPlainString() + " %";
            case EXEMPT -> "exenta";
            case NONE -> "sin impuesto";
        };
    }

    private static String name(CashMovement.Reason reason) {
        return switch (reason) {
            case MORE_FLOAT -> "Más fondo";
            case EXCHANGE_IN, EXCHANGE_OUT -> "Cambio de moneda";
            case OTHER_IN -> "Otra entrada";
            case PETTY_CASH -> "Gasto menor";
            case FREIGHT -> "Flete o envío";
            case SUPPLIER -> "Pago a proveedor";
            case OTHER_OUT -> "Otra salida";
            case SAFE -> "A la caja fuerte";
        };
    }

    private static String when(Instant at, Branch branch) {
        return WHEN.format(at.atZone(branch.zone()));
    }
}
