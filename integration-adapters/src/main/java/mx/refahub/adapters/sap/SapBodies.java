package mx.refahub.adapters.sap;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.erp.AccountWords;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;

/** Our postings and masters as the Service Layer's entities. */
final class SapBodies {
    /** Length of a journal entry's memo. */
    private static final int MEMO = 50;

    private static final int NAME = 100;
    private static final String OUR_NOTE = "RefaHub";

    /** Name of a user-defined field that carries our reference everywhere; empty: fields that every company has. */
    private final String ownField;

    SapBodies(String ownField) {
        this.ownField = ownField;
    }

    /** An entity set, with its key and the field that carries our reference. */
    record Place(String set, String key, String reference) {}

    Place place(Posting posting) {
        return switch (posting) {
            case Posting.Entry entry -> new Place("JournalEntries", "JdtNum", field("Reference"));
            case Posting.Invoice invoice -> new Place("Invoices", "DocEntry", field("NumAtCard"));
            case Posting.CreditNote note -> new Place("CreditNotes", "DocEntry", field("NumAtCard"));
            case Posting.Bill bill ->
                new Place(bill.credit() ? "PurchaseCreditNotes" : "PurchaseInvoices", "DocEntry", field("NumAtCard"));
            case Posting.Payment payment ->
                new Place(payment.back() ? "VendorPayments" : "IncomingPayments", "DocEntry", field("Remarks"));
        };
    }

    private String field(String usual) {
        return ownField.isEmpty() ? usual : ownField;
    }

    Map<String, Object> entry(JournalEntry entry) {
        Map<String, Object> body = new LinkedHashMap<>();
        dates(body, entry.day(), "ReferenceDate", "DueDate", "TaxDate");
        String concept = entry.concept();
        body.put("Memo", concept.substring(0, Math.min(concept.length(), MEMO)));
        body.put(field("Reference"), entry.reference());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (JournalEntry.Line line : entry.lines()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("AccountCode", line.account());
            each.put("Debit", amount(line.debit()));
            each.put("Credit", amount(line.credit()));
            String memo = (AccountWords.role(line.role()) + " " + AccountWords.kind(line.kind())).strip();
            each.put("LineMemo", memo.substring(0, Math.min(memo.length(), MEMO)));
            if (!line.costCenter().isBlank()) each.put("CostingCode", line.costCenter());
            lines.add(each);
        }
        body.put("JournalEntryLines", lines);
        return body;
    }

    Map<String, Object> invoice(Posting.Invoice invoice) {
        return document(
                invoice.reference(),
                invoice.day(),
                invoice.customer(),
                invoice.warehouse(),
                invoice.lines(),
                invoice.total(),
                "");
    }

    Map<String, Object> creditNote(Posting.CreditNote note) {
        return document(
                note.reference(),
                note.day(),
                note.customer(),
                note.warehouse(),
                note.lines(),
                note.total(),
                note.corrects());
    }

    /** With a field of our own for the reference, the supplier's number stands where SAP wants it. */
    Map<String, Object> bill(Posting.Bill bill) {
        Map<String, Object> body = document(
                bill.reference(),
                bill.day(),
                bill.supplier(),
                bill.warehouse(),
                bill.lines(),
                bill.total(),
                bill.theirs());
        if (!ownField.isEmpty() && !bill.theirs().isEmpty()) body.put("NumAtCard", cut(bill.theirs(), NAME));
        return body;
    }

    private Map<String, Object> document(
            String reference,
            LocalDate day,
            String customer,
            String warehouse,
            List<Posting.Line> lines,
            Money total,
            String corrects) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("CardCode", customer);
        dates(body, day, "DocDate", "DocDueDate", "TaxDate");
        body.put(field("NumAtCard"), reference);
        body.put("Comments", corrects.isEmpty() ? OUR_NOTE : OUR_NOTE + " " + corrects);
        body.put("DocTotal", amount(total));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Posting.Line line : lines) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("ItemCode", line.item());
            each.put("ItemDescription", cut(line.description(), NAME));
            each.put("Quantity", line.quantity().value());
            each.put("LineTotal", amount(line.base()));
            each.put("TaxCode", line.tax());
            if (!warehouse.isEmpty()) each.put("WarehouseCode", warehouse);
            rows.add(each);
        }
        body.put("DocumentLines", rows);
        return body;
    }

    /** @param document the Service Layer's number of what it settles @param credit it settles a credit note */
    Map<String, Object> payment(Posting.Payment payment, long document, boolean credit) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("CardCode", payment.customer());
        body.put("DocType", "rCustomer");
        dates(body, payment.day(), "DocDate", "DueDate", "TaxDate");
        body.put(field("Remarks"), payment.reference());
        switch (payment.kind()) {
            case CASH -> {
                body.put("CashAccount", payment.tender());
                body.put("CashSum", amount(payment.amount()));
            }
            case BANK -> {
                body.put("TransferAccount", payment.tender());
                body.put("TransferSum", amount(payment.amount()));
                body.put("TransferDate", payment.day().toString());
            }
        }
        Map<String, Object> settled = new LinkedHashMap<>();
        settled.put("DocEntry", document);
        settled.put("InvoiceType", credit ? "it_CredItnote" : "it_Invoice");
        settled.put("SumApplied", amount(payment.amount()));
        body.put("PaymentInvoices", List.of(settled));
        return body;
    }

    static Map<String, Object> part(Master.Part part, boolean create) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (create) {
            body.put("ItemCode", part.code());
            body.put("ItemType", "itItems");
        }
        body.put("ItemName", cut(part.description(), NAME));
        if (!part.barcode().isEmpty()) body.put("BarCode", part.barcode());
        body.put("Valid", part.sold() ? "tYES" : "tNO");
        body.put("Frozen", part.sold() ? "tNO" : "tYES");
        return body;
    }

    static Map<String, Object> price(Master.Price price) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("PriceList", Integer.parseInt(price.list()));
        row.put("Price", amount(price.price()));
        return Map.of("ItemPrices", List.of(row));
    }

    static Map<String, Object> stock(Master.Stock stock) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ItemCode", stock.code());
        row.put("WarehouseCode", stock.warehouse());
        row.put("CountedQuantity", stock.quantity().value());
        return Map.of("Remarks", OUR_NOTE, "InventoryPostingLines", List.of(row));
    }

    static Map<String, Object> customer(Master.Customer customer, boolean create) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (create) {
            body.put("CardCode", customer.code());
            body.put("CardType", "cCustomer");
        }
        body.put("CardName", cut(customer.name(), NAME));
        if (!customer.rfc().isEmpty()) body.put("FederalTaxID", customer.rfc());
        if (!customer.phone().isEmpty()) body.put("Phone1", cut(customer.phone(), 20));
        if (!customer.email().isEmpty()) body.put("EmailAddress", cut(customer.email(), 100));
        return body;
    }

    private static void dates(Map<String, Object> body, LocalDate day, String... names) {
        for (String name : names) body.put(name, day.toString());
    }

    private static BigDecimal amount(Money money) {
        return money.amount();
    }

    private static String cut(String text, int longest) {
        return text.substring(0, Math.min(text.length(), longest));
    }
}
