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
    /** What drawers are opened with, and come from. */
    CASH_FUND,
    CASH_IN,
    CASH_OUT,
    /** Taken out of a drawer during the session, on its way to the safe or the bank. */
    CASH_DROPS,
    /** Counted at the end of a session, and taken out of the drawer. */
    CASH_COUNTED,
    /** Over or short. */
    CASH_DIFFERENCE,
    /** Invoices of suppliers before tax. */
    PURCHASES,
    /** Tax of them. */
    TAX_PAID,
    /** Withheld from suppliers, and owed to the tax authority, by tax: {@code IVA}, {@code ISR}, {@code IEPS}. */
    TAX_WITHHELD,
    /** Owed to suppliers. */
    SUPPLIERS,
    /** What flagged tickets do not add up by, so that the entry does and somebody sees it. */
    DIFFERENCE
}
