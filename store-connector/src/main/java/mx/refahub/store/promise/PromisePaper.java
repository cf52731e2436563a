package mx.refahub.store.promise;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.store.branch.Branch;
import org.jspecify.annotations.Nullable;

/** Quotes, layaways, special orders and their receipts on paper and as messages. In Spanish: they are a Mexican customer's papers. */
final class PromisePaper {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

    private final List<Element> elements = new ArrayList<>();
    private final Branch branch;

    private PromisePaper(Branch branch) {
        this.branch = branch;
    }

    /** @param credit what its deposit went back as; its slip stands at the foot */
    static Printout page(Promise promise, Branch branch, LocalDate today, Optional<StoreCredit> credit) {
        PromisePaper paper = new PromisePaper(branch);
        boolean cancelled = promise.state() == Promise.State.CANCELLED;
        if (cancelled) paper.elements.add(new Element.Title(cancelled(promise.kind())));
        paper.head(title(promise.kind()), promise);
        for (SaleLine line : promise.lines()) {
            paper.text(amount(line) + " " + name(line));
            paper.pair(
                    "  " + line.price().amount().text(), line.amounts().total().text(), false);
        }
        paper.rule();
        paper.pair("Total", promise.totals().total().text(), true);
        if (!promise.totals().tax().isZero())
            paper.pair("  IVA incluido", promise.totals().tax().text(), false);
        if (!promise.kind().holdsDeposit()) paper.text("Precios sostenidos hasta el " + DAY.format(promise.dueOn()));
        else paper.statement(promise, today);
        if (!promise.note().isEmpty()) paper.text(promise.note());
        if (cancelled && promise.kind().holdsDeposit()) paper.signature();
        paper.code(promise);
        credit.ifPresent(paper::slip);
        return new Printout("", paper.elements);
    }

    private void slip(StoreCredit credit) {
        rule();
        elements.add(new Element.Title("VALE"));
        pair("A su favor", credit.amount().text(), true);
        elements.add(new Element.Text(credit.code().text(), true, false));
        elements.add(new Element.Qr(credit.proof()));
        elements.add(new Element.Text("Vale en todas las sucursales, también en partes.", true, false));
        elements.add(new Element.Text("No se cambia por efectivo.", true, false));
    }

    static Printout receipt(Promise promise, Promise.Entry entry, String reference, Branch branch) {
        PromisePaper paper = new PromisePaper(branch);
        paper.head("RECIBO DE ANTICIPO", promise);
        paper.pair("Recibo", entry.reference(), true);
        paper.pair("Recibió", entry.byName(), false);
        paper.pair(
                name(entry.tender()) + (reference.isEmpty() ? "" : " " + reference),
                entry.amount().text(),
                true);
        Tender.Foreign foreign = entry.foreign();
        if (foreign != null)
            paper.pair(
                    "  " + foreign.given().text(),
                    "a $"
                            + new ExchangeRate(
                                            foreign.given().currency(),
                                            LocalDate.ofInstant(entry.at(), branch.zone()),
                                            foreign.rate())
                                    .text(),
                    false);
        paper.rule();
        paper.pair("Total", promise.totals().total().text(), false);
        paper.pair("Pagado", promise.deposit().text(), false);
        paper.pair("Resta", promise.left().text(), true);
        paper.code(promise);
        paper.signature();
        return new Printout("", paper.elements);
    }

    private void head(String title, Promise promise) {
        elements.add(new Element.Title(title));
        elements.add(new Element.Text(branch.name(), true, false));
        elements.add(new Element.Text(branch.issuer().name(), true, false));
        elements.add(new Element.Text("RFC " + branch.issuer().rfc(), true, false));
        pair("Número", promise.number(), true);
        pair("Fecha", when(promise.madeAt()), false);
        pair("Atendió", promise.byName(), false);
        Promise.Client customer = promise.customer();
        if (customer != null) pair("Cliente", customer.name(), true);
        rule();
    }

    private void statement(Promise promise, LocalDate today) {
        rule();
        bold("PAGOS");
        for (Promise.Entry entry : promise.entries())
            pair(
                    DAY.format(entry.at().atZone(branch.zone())) + " " + name(entry),
                    entry.amount().text(),
                    false);
        pair("Anticipo", promise.deposit().text(), false);
        if (promise.state() == Promise.State.CANCELLED) return;
        pair("Resta", promise.left().text(), true);
        if (!promise.plan().isEmpty()) {
            rule();
            bold("PLAN DE PAGOS");
            for (Promise.Installment one : promise.plan())
                pair(DAY.format(one.on()), one.amount().text(), false);
            if (!promise.overdue(today).isZero())
                pair("Atrasado", promise.overdue(today).text(), true);
        }
        text(
                promise.kind() == Promise.Kind.LAYAWAY
                        ? "Apartado hasta el " + DAY.format(promise.dueOn())
                        : "Prometido para el " + DAY.format(promise.dueOn()));
    }

    private void code(Promise promise) {
        elements.add(new Element.Blank());
        if (PaperBarcode.fits(promise.number())) elements.add(new Element.Code(PaperBarcode.of(promise.number())));
    }

    private void signature() {
        elements.add(new Element.Blank());
        elements.add(new Element.Text("_______________________", true, false));
        elements.add(new Element.Text("Recibí", true, false));
    }

    /** What the clerk sends by a messenger of their own. */
    static String message(Promise promise, Branch branch, LocalDate today) {
        StringBuilder text = new StringBuilder()
                .append(
                        switch (promise.kind()) {
                            case QUOTE -> "Cotización ";
                            case LAYAWAY -> "Apartado ";
                            case ORDER -> "Pedido ";
                        })
                .append(promise.number())
                .append("\n")
                .append(branch.name())
                .append("\n");
        for (SaleLine line : promise.lines())
            text.append("\n• ")
                    .append(amount(line))
                    .append(" ")
                    .append(name(line))
                    .append(": ")
                    .append(line.amounts().total().text());
        text.append("\n\nTotal: ").append(promise.totals().total().text());
        if (promise.state() == Promise.State.CANCELLED)
            return text.append("\n").append(cancelled(promise.kind())).toString();
        if (promise.kind() == Promise.Kind.QUOTE)
            text.append("\nPrecios sostenidos hasta el ")
                    .append(DAY.format(promise.dueOn()))
                    .append(promise.isExpired(today) ? " (ya venció: pida precios de hoy)" : "");
        else
            text.append("\nAnticipo: ")
                    .append(promise.deposit().text())
                    .append("\nResta: ")
                    .append(promise.left().text());
        if (promise.kind() == Promise.Kind.LAYAWAY)
            text.append("\nApartado hasta el ").append(DAY.format(promise.dueOn()));
        if (promise.kind() == Promise.Kind.ORDER)
            text.append(
                    promise.marks().arrivedAt() == null
                            ? "\nPrometido para el " + DAY.format(promise.dueOn())
                            : "\nYa llegó: puede pasar por él.");
        return text.toString();
    }

    static String title(Promise.Kind kind) {
        return switch (kind) {
            case QUOTE -> "COTIZACIÓN";
            case LAYAWAY -> "APARTADO";
            case ORDER -> "PEDIDO ESPECIAL";
        };
    }

    static String cancelled(Promise.Kind kind) {
        return kind == Promise.Kind.QUOTE ? "CANCELADA" : "CANCELADO";
    }

    private static String amount(SaleLine line) {
        return line.quantity().text() + " " + line.unit();
    }

    static String name(SaleLine line) {
        return switch (line.kind()) {
            case CORE_DEPOSIT -> "Casco de " + line.number().value();
            case MISC -> line.description();
            default -> line.lineCode().value() + " " + line.number().value() + " " + line.description();
        };
    }

    private static String name(Promise.Entry entry) {
        return switch (entry.kind()) {
            case TAKEN -> name(entry.tender()) + " " + entry.reference();
            case APPLIED -> "Ticket " + entry.reference();
            case RETURNED -> (entry.tender() == Tender.Kind.STORE_CREDIT ? "Vale " : "Devuelto ") + entry.reference();
            case KEPT -> "Penalización";
        };
    }

    private static String name(Tender.@Nullable Kind tender) {
        return switch (tender) {
            case CASH -> "Efectivo";
            case CREDIT_CARD -> "Tarjeta de crédito";
            case DEBIT_CARD -> "Tarjeta de débito";
            case TRANSFER -> "Transferencia";
            case CHEQUE -> "Cheque";
            case CASH_USD -> "Dólares";
            case STORE_CREDIT -> "Vale";
            case GIFT_VOUCHER -> "Vale de regalo";
            case null, default -> throw new IllegalArgumentException("nobody pays a deposit with " + tender);
        };
    }

    private String when(Instant at) {
        return WHEN.format(at.atZone(branch.zone()));
    }

    private void pair(String left, String right, boolean bold) {
        elements.add(new Element.Pair(left, right, bold));
    }

    private void text(String text) {
        elements.add(new Element.Text(text, false, false));
    }

    private void bold(String text) {
        elements.add(new Element.Text(text, false, true));
    }

    private void rule() {
        elements.add(new Element.Rule());
    }
}
