package mx.refahub.domain.purchase;

/** An order as the supplier gets it. */
public interface OrderPapers {
    /** The company that orders. */
    record Buyer(String name, String rfc) {}

    /** RFC 4180 with a header, UTF-8 with a byte order mark; cells that a spreadsheet would take for formulas are quoted by an apostrophe. */
    byte[] csv(PurchaseOrder order);

    byte[] pdf(PurchaseOrder order);

    record Mail(String to, String subject, String text) {}

    Mail mail(PurchaseOrder order);
}
