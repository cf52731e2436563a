package mx.refahub.store.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Settled;
import mx.refahub.domain.sale.Tender;
import mx.refahub.store.branch.Branch;

/** Receipts of payments on account, and statements. In Spanish: they are a Mexican customer's papers. */
final class AccountPaper {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final int SHOWN = 30;

    private final List<Element> elements = new ArrayList<>();

    private AccountPaper() {}

    static Printout receipt(Accounts.Taken taken, Customer customer, Branch branch) {
        AccountPaper paper = new AccountPaper().head("RECIBO DE ABONO", branch);
        paper.pair("Recibo", taken.number(), true);
        paper.pair("Fecha", WHEN.format(taken.at().atZone(branch.zone())), false);
        paper.pair("Recibió", taken.byName(), false);
        paper.customer(customer);
        paper.rule();
        String reference = taken.payment().reference();
        paper.pair(
                name(taken.payment().tender()) + (reference.isEmpty() ? "" : " " + reference),
                taken.payment().amount().text(),
                true);
        for (Settled one : taken.applied())
            paper.pair("  a " + one.folio(), one.amount().text(), false);
        paper.rule();
        paper.pair("Saldo anterior", taken.before().text(), false);
        paper.pair("Saldo", taken.after().text(), true);
        return paper.signed("Recibí");
    }

    static Printout statement(Account account, Branch branch, Instant now) {
        AccountPaper paper = new AccountPaper().head("ESTADO DE CUENTA", branch);
        LocalDate today = now.atZone(branch.zone()).toLocalDate();
        paper.pair("Al", WHEN.format(now.atZone(branch.zone())), false);
        paper.customer(account.customer());
        paper.rule();
        paper.bold("POR PAGAR");
        if (account.open().isEmpty()) paper.text("Sin tickets pendientes");
        for (Account.Open open : account.open()) {
            paper.pair(
                    open.folio() + (open.store().isEmpty() ? "" : " " + open.store()),
                    open.left().text(),
                    true);
            paper.text("  del " + DAY.format(open.day()) + ", vence " + DAY.format(open.dueOn()));
        }
        Account.Ageing ageing = account.ageing(today);
        paper.rule();
        paper.sum("Por vencer", ageing.notDue());
        paper.sum("Vencido 1 a 30 días", ageing.upTo30());
        paper.sum("Vencido 31 a 60 días", ageing.upTo60());
        paper.sum("Vencido 61 a 90 días", ageing.upTo90());
        paper.sum("Vencido más de 90 días", ageing.above90());
        if (!ageing.inFavour().isZero())
            paper.pair("A su favor", ageing.inFavour().negated().text(), false);
        paper.pair("SALDO", account.balance().text(), true);
        if (account.line() != null)
            paper.pair("Límite de crédito", account.line().limit().text(), false);
        if (!account.elsewhere().isZero()) {
            paper.pair("Incluye otras suc. y saldo inicial", account.elsewhere().text(), false);
            if (account.asOf() != null)
                paper.text("según la central al " + WHEN.format(account.asOf().atZone(branch.zone())));
        }
        paper.rule();
        paper.bold("MOVIMIENTOS EN ESTA SUCURSAL");
        if (account.entries().isEmpty()) paper.text("Sin movimientos");
        for (Account.Entry entry : account.entries().stream().limit(SHOWN).toList())
            paper.pair(
                    DAY.format(entry.day()) + " " + name(entry) + " " + entry.reference(),
                    entry.amount().text(),
                    false);
        return new Printout("", paper.elements);
    }

    private AccountPaper head(String title, Branch branch) {
        elements.add(new Element.Title(title));
        elements.add(new Element.Text(branch.name(), true, false));
        elements.add(new Element.Text(branch.issuer().name(), true, false));
        elements.add(new Element.Text("RFC " + branch.issuer().rfc(), true, false));
        return this;
    }

    private void customer(Customer customer) {
        pair("Cliente", customer.name(), true);
        String rfc = customer.text(CustomerField.RFC);
        if (!rfc.isEmpty()) pair("RFC", rfc, false);
    }

    private void sum(String name, Money amount) {
        if (!amount.isZero()) pair(name, amount.text(), false);
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

    private Printout signed(String who) {
        elements.add(new Element.Blank());
        elements.add(new Element.Blank());
        elements.add(new Element.Text("_______________________", true, false));
        elements.add(new Element.Text(who, true, false));
        return new Printout("", elements);
    }

    private static String name(Account.Entry entry) {
        return switch (entry.kind()) {
            case CHARGE -> "Ticket";
            case CREDIT -> "Devolución";
            case PAYMENT -> entry.bouncedAt() == null ? "Abono" : "Abono (cheque devuelto)";
            case BOUNCED -> "Cheque devuelto";
            case FEE -> "Cargo por cheque";
        };
    }

    private static String name(Tender.Kind tender) {
        return switch (tender) {
            case CASH -> "Efectivo";
            case CREDIT_CARD -> "Tarjeta de crédito";
            case DEBIT_CARD -> "Tarjeta de débito";
            case TRANSFER -> "Transferencia";
            case CHEQUE -> "Cheque";
            case ON_ACCOUNT, CASH_USD, ROUNDING, STORE_CREDIT, GIFT_VOUCHER, DEPOSIT, MARKETPLACE, BNPL ->
                throw new IllegalArgumentException("nobody pays an account with " + tender);
        };
    }
}
