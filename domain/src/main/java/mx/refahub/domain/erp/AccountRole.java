package mx.refahub.domain.erp;

/** What an amount of a ticket is to an accountant. {@code kind} tells further: the tax rate, or how it was paid. */
public enum AccountRole {
    /** Before discount and tax, by rate. */
    SALES,
    /** Parts that came back, before discount and tax, by rate. */
    RETURNS,
    DISCOUNTS,
    /** Tax charged, less what was paid back, by rate. */
    TAX,
    /** Refundable deposits for old parts. */
    CORES,
    /** Gift vouchers sold: owed until they are spent, which is a kind of payment. */
    VOUCHERS,
    /** By kind of payment. */
    TENDER,
    /** Owed to customers for layaways and special orders. */
    DEPOSITS,
    /** Kept of such a deposit. */
    PENALTIES,
    /** What flagged tickets do not add up by, so that the entry does and somebody sees it. */
    DIFFERENCE
}
