package mx.refahub.adapters.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.ExportRows;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;

/** Files by templates: each template of the target becomes one file. A template in the given folder goes before the one that came with the program. */
public final class LayoutFiles implements JournalFiles {
    private static final int PRICE_DECIMALS = 6;
    private static final List<String> DOCUMENTS = List.of("invoice", "invoiceLine", "note", "noteLine", "payment");
    private static final List<String> BILLS = List.of("bill", "billLine", "billCredit", "billCreditLine");

    private final ErpTarget target;
    private final List<String> templates;
    private final Path folder;

    private LayoutFiles(ErpTarget target, List<String> templates, Path folder) {
        this.target = target;
        this.templates = templates;
        this.folder = folder;
    }

    public static LayoutFiles contpaqi(Path folder) {
        return new LayoutFiles(
                ErpTarget.CONTPAQI,
                List.of(
                        "contpaqi.layout",
                        "contpaqi-comercial.layout",
                        "contpaqi-comercial-cobros.layout",
                        "contpaqi-comercial-compras.layout"),
                folder);
    }

    public static LayoutFiles aspel(Path folder) {
        return new LayoutFiles(
                ErpTarget.ASPEL,
                List.of(
                        "aspel-coi.layout",
                        "aspel-coi-pol.layout",
                        "aspel-sae.layout",
                        "aspel-sae-facturas.layout",
                        "aspel-sae-devoluciones.layout",
                        "aspel-sae-cobros.layout",
                        "aspel-sae-compras.layout",
                        "aspel-sae-devoluciones-compra.layout",
                        "aspel-sae-existencias.layout"),
                folder);
    }

    @Override
    public ErpTarget target() {
        return target;
    }

    @Override
    public void write(Company company, Export export, ExportRows from, Path into) throws IOException {
        // All templates are read before a file is begun: a wrong one refuses the whole.
        for (Layout layout : templates.stream().map(this::layout).toList()) write(layout, company, export, from, into);
    }

    private Layout layout(String name) {
        try {
            Path mended = folder.resolve(name);
            if (Files.isRegularFile(mended)) return Layout.read(name, Files.readString(mended));
            try (InputStream shipped = LayoutFiles.class.getResourceAsStream("/accounting/" + name)) {
                if (shipped == null) throw new IllegalStateException("template " + name + " was not shipped");
                return Layout.read(name, new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Layout layout, Company company, Export export, ExportRows from, Path into)
            throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("rfc", company.rfc());
        values.put("company", company.name());
        values.put("until", export.until());
        values.put("export", export.id());
        // What the export has nothing of is no file: a template of documents where all goes as entries.
        try (LayoutRows rows = LayoutRows.late(layout, into.resolve(layout.file(values)), values)) {
            if (layout.has("entry") || layout.has("line")) {
                int[] entries = {0};
                from.entries(export.id(), entry -> entry(rows, values, entry, ++entries[0]));
            }
            if (layout.has("ticket")) from.tickets(export.id(), ticket -> ticket(rows, values, ticket));
            if (DOCUMENTS.stream().anyMatch(layout::has))
                from.documents(export.id(), document -> document(rows, values, document));
            if (layout.has("payment")) from.receipts(export.id(), receipt -> receipt(rows, values, receipt));
            if (BILLS.stream().anyMatch(layout::has)) from.bills(export.id(), bill -> bill(rows, values, bill));
            if (layout.has("stock")) from.stock(export.id(), stock -> stock(rows, values, stock));
        }
    }

    private static void entry(LayoutRows rows, Map<String, Object> whole, JournalEntry entry, int number) {
        if (entry.lines().isEmpty()) return;
        Map<String, Object> values = new HashMap<>(whole);
        values.put("entry", number);
        values.put("number", entry.number());
        values.put("reference", entry.reference());
        values.put("store", entry.storeCode());
        values.put("storeName", entry.storeName());
        values.put("day", entry.day());
        values.put("concept", entry.concept());
        values.put("lines", entry.lines().size());
        values.put("total", entry.sum().amount().toPlainString());
        rows.write("entry", values);
        int position = 0;
        for (JournalEntry.Line line : entry.lines()) {
            boolean debit = !line.debit().isZero();
            values.put("position", ++position);
            values.put("account", line.account());
            values.put("accountName", line.accountName());
            values.put("costCenter", line.costCenter());
            values.put("role", line.role().name());
            values.put("kind", line.kind());
            values.put("side", debit ? "D" : "C");
            values.put("debit", line.debit().amount().toPlainString());
            values.put("credit", line.credit().amount().toPlainString());
            values.put("amount", (debit ? line.debit() : line.credit()).amount().toPlainString());
            rows.write("line", values);
        }
        rows.write("close", values);
    }

    private static void ticket(LayoutRows rows, Map<String, Object> whole, ExportRows.TicketRow ticket) {
        // One that goes as documents is not sold a second time.
        if (ticket.documents()) return;
        Map<String, Object> values = new HashMap<>(whole);
        values.put("reference", ticket.reference());
        values.put("store", ticket.store());
        values.put("folio", ticket.folio());
        values.put("day", ticket.day());
        values.put("net", ticket.net().plus(ticket.cores()).amount().toPlainString());
        values.put("discount", ticket.discount().amount().toPlainString());
        values.put("tax", ticket.tax().amount().toPlainString());
        values.put("total", ticket.total().amount().toPlainString());
        rows.write("ticket", values);
    }

    private static void document(LayoutRows rows, Map<String, Object> whole, ExportRows.DocumentRow document) {
        Map<String, Object> values = new HashMap<>(whole);
        values.put("reference", document.reference());
        values.put("corrects", document.corrects());
        values.put("store", document.store());
        values.put("warehouse", document.warehouse());
        values.put("series", document.series());
        values.put("folioNumber", document.number());
        values.put("folio", document.folio());
        values.put("day", document.day());
        values.put("due", document.due());
        values.put("customer", document.customer());
        values.put("customerName", document.customerName());
        values.put("customerRfc", document.customerRfc());
        values.put("lines", document.lines().size());
        amounts(values, document.net(), document.discount(), document.tax());
        rows.write(document.credit() ? "note" : "invoice", values);
        for (ExportRows.Paid paid : document.paid()) {
            Map<String, Object> payment = new HashMap<>(values);
            payment(payment, paid, document.credit());
            rows.write("payment", payment);
        }
        lines(rows, document.credit() ? "noteLine" : "invoiceLine", values, document.lines());
    }

    /** It is a payment like those of the day; what the document comes to is not told again. */
    private static void receipt(LayoutRows rows, Map<String, Object> whole, ExportRows.ReceiptRow receipt) {
        Map<String, Object> values = new HashMap<>(whole);
        values.put("reference", receipt.reference());
        values.put("store", receipt.store());
        values.put("warehouse", receipt.warehouse());
        values.put("series", receipt.series());
        values.put("folioNumber", receipt.number());
        values.put("folio", receipt.folio());
        values.put("day", receipt.day());
        values.put("customer", receipt.customer());
        values.put("customerName", receipt.customerName());
        values.put("customerRfc", receipt.customerRfc());
        payment(values, receipt.paid(), false);
        rows.write("payment", values);
    }

    private static void payment(Map<String, Object> values, ExportRows.Paid paid, boolean back) {
        values.put("payment", paid.reference());
        values.put("kind", paid.kind());
        values.put("tender", paid.tender());
        values.put("amount", paid.amount().amount().toPlainString());
        values.put("side", back ? "C" : "D");
    }

    private static void bill(LayoutRows rows, Map<String, Object> whole, ExportRows.BillRow bill) {
        Map<String, Object> values = new HashMap<>(whole);
        values.put("reference", bill.reference());
        values.put("fiscalId", bill.fiscalId());
        values.put("series", bill.series());
        values.put("folio", bill.folio());
        values.put("store", bill.store());
        values.put("warehouse", bill.warehouse());
        values.put("day", bill.day());
        values.put("supplier", bill.supplier());
        values.put("supplierName", bill.supplierName());
        values.put("supplierRfc", bill.supplierRfc());
        values.put("lines", bill.lines().size());
        amounts(values, bill.net(), Money.mxn(0), bill.tax());
        rows.write(bill.credit() ? "billCredit" : "bill", values);
        lines(rows, bill.credit() ? "billCreditLine" : "billLine", values, bill.lines());
    }

    private static void lines(
            LayoutRows rows, String row, Map<String, Object> values, List<ExportRows.DocumentLine> lines) {
        int position = 0;
        for (ExportRows.DocumentLine line : lines) {
            values.put("position", ++position);
            values.put("item", line.item());
            values.put("description", line.description());
            values.put("unit", line.unit());
            values.put("quantity", line.quantity().value().toPlainString());
            values.put("price", price(line));
            values.put("rate", line.rate());
            values.put("ratePercent", line.rate().endsWith("%") ? line.rate().replace("%", "") : "0");
            values.put("taxCode", line.taxCode());
            amounts(values, line.net(), line.discount(), line.tax());
            rows.write(row, values);
        }
    }

    private static void amounts(Map<String, Object> values, Money net, Money discount, Money tax) {
        values.put("net", net.amount().toPlainString());
        values.put("discount", discount.amount().toPlainString());
        values.put("base", net.minus(discount).amount().toPlainString());
        values.put("tax", tax.amount().toPlainString());
        values.put("total", net.minus(discount).plus(tax).amount().toPlainString());
    }

    /** Of one piece, after the discount and before tax. */
    private static String price(ExportRows.DocumentLine line) {
        BigDecimal base = line.net().minus(line.discount()).amount();
        BigDecimal quantity = line.quantity().value();
        return (quantity.signum() == 0 ? base : base.divide(quantity, PRICE_DECIMALS, RoundingMode.HALF_UP))
                .toPlainString();
    }

    private static void stock(LayoutRows rows, Map<String, Object> whole, ExportRows.StockRow stock) {
        Map<String, Object> values = new HashMap<>(whole);
        values.put("warehouse", stock.warehouse());
        values.put("item", stock.item());
        values.put("description", stock.description());
        values.put("unit", stock.unit());
        values.put("quantity", stock.quantity().value().toPlainString());
        rows.write("stock", values);
    }
}
