package mx.refahub.store.printing;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.credit.CreditCode;
import mx.refahub.domain.device.PrinterProfile;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.sale.Totals;
import mx.refahub.store.branch.Branch;

/** A sale on paper. In Spanish: it is a Mexican customer's document, whatever language the screen speaks. */
final class Receipt {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    static final String AGAIN = "*REIMPRESIÓN*";

    private Receipt() {}

    /**
     * @param proof signed; what any branch can take back of the ticket. Empty where nothing
     * @param policies of the parts that were sold, as far as somebody made one
     * @param kickDrawer before the first line, so that the drawer is open when the paper comes
     */
    static byte[] of(
            Sale sale,
            Optional<TicketProof> proof,
            Map<PartId, ReturnPolicy> policies,
            Branch branch,
            PrinterProfile profile,
            Optional<Raster> logo,
            boolean again,
            boolean kickDrawer) {
        PaperWriter paper = new PaperWriter(profile);
        if (kickDrawer) paper.kickDrawer();
        logo.ifPresent(paper::picture);
        if (again) paper.title(AGAIN);
        head(paper, sale, branch);
        paper.rule();
        UUID kit = null;
        for (SaleLine line : sale.lines()) {
            KitOf its = line.returnOf() == null ? Particulars.kitOf(line.particulars()) : null;
            if (its != null && !its.id().equals(kit)) kit(paper, its, sale.lines());
            if (line.kind() != SaleLine.Kind.CORE_DEPOSIT) kit = its == null ? null : its.id();
            line(paper, line);
            if (line.kind() == SaleLine.Kind.PART)
                policy(policies.getOrDefault(line.part(), ReturnPolicy.NONE)).ifPresent(paper::line);
        }
        paper.rule();
        totals(paper, sale.totals());
        tenders(paper, sale);
        foot(paper, sale, branch);
        // A gift voucher does not come back, so nothing of a ticket of vouchers alone is to be proven.
        if (sale.sells()) proof.ifPresent(proven -> proof(paper, proven));
        credits(paper, sale);
        if (again) paper.title(AGAIN);
        paper.cut();
        return paper.bytes();
    }

    private static void head(PaperWriter paper, Sale sale, Branch branch) {
        paper.title(branch.name());
        if (!branch.address().isBlank()) paper.centered(branch.address());
        paper.centered(sale.issuer().name());
        paper.centered(
                "RFC " + sale.issuer().rfc() + "  Régimen " + sale.issuer().regime());
        paper.centered("C.P. " + sale.issuer().postalCode());
        paper.blank();
        paper.boldPair("Ticket", sale.folio().text());
        paper.pair("Fecha", WHEN.format(sale.soldAt().atZone(branch.zone())));
        paper.pair("Atendió", sale.cashierName());
        if (sale.buyer() != null) paper.pair("Cliente", sale.buyer().name());
        Promised promised = sale.promised();
        if (promised != null && !promised.isMarket())
            paper.pair(
                    switch (Promise.Kind.valueOf(promised.kind())) {
                        case QUOTE -> "Cotización";
                        case LAYAWAY -> "Apartado";
                        case ORDER -> "Pedido especial";
                    },
                    promised.number());
    }

    /** Above its pieces, each of which says its share of the price. */
    private static void kit(PaperWriter paper, KitOf kit, List<SaleLine> lines) {
        Money total = Money.mxn(0);
        for (SaleLine line : lines) {
            KitOf its = Particulars.kitOf(line.particulars());
            if (line.returnOf() == null && its != null && its.id().equals(kit.id()))
                total = total.plus(line.amounts().total());
        }
        paper.bold("KIT " + kit.lineCode() + " " + kit.number());
        paper.line(kit.name());
        paper.pair("  " + kit.quantity().text() + " kit con sus piezas:", total.text());
    }

    private static void line(PaperWriter paper, SaleLine line) {
        String each = line.quantity().text() + " " + line.unit() + " x "
                + line.price().amount().text();
        String amount = line.price().amount().times(line.quantity().value()).text();
        if (line.kind() == SaleLine.Kind.CORE_DEPOSIT) {
            LocalDate until = line.coreUntil();
            paper.pair((isKept(line) ? "  + Sin casco " : "  + Casco ") + each, amount);
            if (until != null) paper.line("    se devuelve hasta el " + DAY.format(until));
            return;
        }
        ReturnOf returnOf = line.returnOf();
        if (returnOf != null) {
            paper.bold((line.kind() == SaleLine.Kind.CORE_RETURN ? "CASCO RECIBIDO " : "DEVOLUCIÓN ")
                    + (line.kind().isMisc() ? "" : line.lineCode() + " " + line.number()));
            paper.line(line.description());
            ReturnTerms terms = returnOf.terms();
            paper.line(
                    switch (terms.source()) {
                        case NO_TICKET -> "  sin ticket";
                        case OPENING -> "  depósito del sistema anterior";
                        case OWN_TICKET, SIGNED_TICKET ->
                            "  del ticket " + returnOf.folio() + (terms.soldBy() == null ? "" : " de otra sucursal");
                    });
            paper.pair(
                    "  " + line.quantity().negated().text() + " " + line.unit(),
                    line.amounts().total().text());
            ReturnTerms.Fee fee = terms.fee();
            if (fee != null)
                paper.pair("  ya menos cargo por devolución", fee.total().text());
            if (line.kind() == SaleLine.Kind.RETURN
                    && line.particulars() != null
                    && line.particulars().core() != null) paper.line("  Casco devuelto al cliente");
            note(paper, line);
            return;
        }
        if (line.kind().hasPart()) paper.bold(line.lineCode() + " " + line.number());
        paper.line(line.description());
        paper.pair("  " + each, amount);
        Money off = discount(line);
        if (!off.isZero()) paper.pair("  Descuento", off.negated().text());
        Particulars particulars = line.particulars();
        if (particulars != null) {
            if (particulars.core() != null) paper.line("  Casco recibido");
            if (line.kind() == SaleLine.Kind.PART)
                particulars.serials().forEach(serial -> paper.line("  Serie " + serial));
        }
        note(paper, line);
    }

    private static Optional<String> policy(ReturnPolicy policy) {
        if (policy.equals(ReturnPolicy.NONE)) return Optional.empty();
        if (!policy.returnable()) return Optional.of("  No se devuelve");
        List<String> words = new ArrayList<>();
        Integer days = policy.days();
        if (days != null) words.add(days == 0 ? "el mismo día" : days == 1 ? "1 día" : days + " días");
        if (policy.feePercent() > 0) words.add("cargo " + policy.feeText() + " %");
        if (policy.inspect()) words.add("se revisa");
        return words.isEmpty() ? Optional.empty() : Optional.of("  Devolución: " + String.join(", ", words));
    }

    private static boolean isKept(SaleLine line) {
        Particulars.Core core =
                line.particulars() == null ? null : line.particulars().core();
        return core != null && core.given() == Particulars.CoreGiven.NEVER;
    }

    private static void note(PaperWriter paper, SaleLine line) {
        if (!line.note().isEmpty()) paper.line("  " + line.note());
    }

    /** In the price's own terms, as the line above it: with tax where the price has it. */
    private static Money discount(SaleLine line) {
        Money full = line.price().amount().times(line.quantity().value());
        return line.price().includesTax()
                ? full.minus(line.amounts().total())
                : line.amounts().discount();
    }

    private static void totals(PaperWriter paper, Totals totals) {
        paper.pair("Subtotal sin IVA", totals.net().text());
        if (!totals.discount().isZero())
            paper.pair("Descuento", totals.discount().negated().text());
        paper.pair("IVA", totals.tax().text());
        if (!totals.cores().isZero())
            paper.pair("Casco (reembolsable)", totals.cores().text());
        paper.bigPair("TOTAL", totals.total().text());
    }

    private static void tenders(PaperWriter paper, Sale sale) {
        for (Tender tender : sale.tenders()) {
            Tender.Foreign foreign = tender.foreign();
            if (foreign != null)
                paper.line(foreign.given().text() + " a $"
                        + new ExchangeRate(foreign.given().currency(), sale.businessDay(), foreign.rate()).text());
            Tender.Card card = tender.card();
            String reference = tender.reference().isEmpty() ? "" : " " + tender.reference();
            if (card != null && !card.lastFour().isEmpty()) reference = " *" + card.lastFour() + reference;
            paper.pair(
                    name(tender.kind())
                            + reference
                            + (tender.amount().isNegative() && tender.kind() != Tender.Kind.ROUNDING
                                    ? " devuelto"
                                    : ""),
                    tender.received().text());
            if (card != null && card.months() > 0) paper.line("  a " + card.months() + " meses sin intereses");
        }
        if (sale.buyer() != null && sale.buyer().dueOn() != null) {
            paper.boldPair("Vence", DAY.format(sale.buyer().dueOn()));
            paper.line("Debo y pagaré este importe a más tardar en esa fecha.");
            paper.blank();
            paper.centered("_______________________");
            paper.centered(sale.buyer().name());
        }
        Money change = sale.change();
        if (!change.isZero()) paper.boldPair("Cambio", change.text());
        if (!sale.totals().savings().isZero())
            paper.pair("Usted ahorró", sale.totals().savings().text());
    }

    /** What is owed to the customer: its own slip, to be torn off. */
    private static void credits(PaperWriter paper, Sale sale) {
        for (SaleLine line : sale.lines()) {
            Tender.Credit voucher =
                    line.particulars() == null ? null : line.particulars().voucher();
            if (voucher == null) continue;
            paper.rule();
            paper.title("VALE DE REGALO");
            paper.bigPair("Vale por", line.amounts().total().text());
            paper.centered(CreditCode.of(voucher.id()).text());
            paper.qr(voucher.proof());
            paper.centered("Vale en todas las sucursales, también en partes.");
            paper.centered("No se cambia por efectivo. Quien lo muestra, lo usa.");
        }
        for (Tender tender : sale.tenders()) {
            Tender.Credit credit = tender.credit();
            if (credit == null || !tender.amount().isNegative()) continue;
            paper.rule();
            paper.title("VALE");
            paper.bigPair("A su favor", tender.amount().negated().text());
            paper.centered(tender.reference());
            paper.qr(credit.proof());
            paper.centered("Vale en todas las sucursales, también en partes.");
            paper.centered("No se cambia por efectivo.");
        }
    }

    /** What the codes do not prove is said on the paper. */
    private static void proof(PaperWriter paper, TicketProof proof) {
        List<String> codes = proof.codes();
        paper.blank();
        paper.centered("Para devolver en cualquier sucursal");
        for (int i = 0; i < codes.size(); i++) {
            if (codes.size() > 1) paper.centered("código " + (i + 1) + " de " + codes.size());
            paper.qr(codes.get(i));
        }
        if (proof.missing() == 1)
            paper.centered("Este código no incluye 1 renglón: se devuelve en esta sucursal, con su folio.");
        else if (proof.missing() > 1)
            paper.centered("Este código no incluye " + proof.missing()
                    + " renglones: se devuelven en esta sucursal, con su folio.");
    }

    private static void foot(PaperWriter paper, Sale sale, Branch branch) {
        paper.blank();
        if (sale.sells()) {
            paper.centered("Código para su factura");
            paper.title(sale.invoiceCode().text());
            paper.qr(sale.folio().text() + "|" + sale.invoiceCode().value());
        } else if (sale.takesBack())
            paper.centered("Si lo que devolvió se facturó, su nota de crédito se hace sola: no hay que pedirla.");
        else paper.centered("El vale no se factura: se factura lo que se compre con él.");
        if (!branch.receiptFooter().isBlank()) paper.centered(branch.receiptFooter());
    }

    private static String name(Tender.Kind kind) {
        return switch (kind) {
            case CASH -> "Efectivo";
            case CREDIT_CARD -> "Tarjeta de crédito";
            case DEBIT_CARD -> "Tarjeta de débito";
            case TRANSFER -> "Transferencia";
            case CHEQUE -> "Cheque";
            case ON_ACCOUNT -> "A crédito";
            case CASH_USD -> "Dólares";
            case ROUNDING -> "Redondeo";
            case STORE_CREDIT -> "Vale";
            case DEPOSIT -> "Anticipo";
            case GIFT_VOUCHER -> "Vale de regalo";
            case MARKETPLACE -> "Pagado en el mercado";
            case BNPL -> "Paga después";
        };
    }
}
