package mx.refahub.domain.document;

import java.util.List;

/** Types of documents that stores write, as they stand in envelopes; and the newest schema of each body. */
public final class DocumentType {
    public static final String SALE = "sale";
    public static final int SALE_SCHEMA = 5;
    public static final String CASH_SESSION_OPENED = "cash-session-opened";
    public static final int CASH_SESSION_OPENED_SCHEMA = 1;
    public static final String PIN_CHOSEN = "pin-chosen";
    public static final int PIN_CHOSEN_SCHEMA = 1;

    public static final String INVOICE_REQUESTED = "invoice-requested";
    public static final int INVOICE_REQUESTED_SCHEMA = 1;
    public static final String CASH_MOVEMENT = "cash-movement";
    public static final int CASH_MOVEMENT_SCHEMA = 1;
    public static final String CASHIER_SWITCHED = "cashier-switched";
    public static final int CASHIER_SWITCHED_SCHEMA = 1;
    public static final String CASH_SESSION_CLOSED = "cash-session-closed";
    public static final int CASH_SESSION_CLOSED_SCHEMA = 1;
    public static final String CASH_SESSION_REOPENED = "cash-session-reopened";
    public static final int CASH_SESSION_REOPENED_SCHEMA = 1;

    /** A slip of cash that went to the bank. */
    public static final String BANK_DEPOSIT = "bank-deposit";

    public static final int BANK_DEPOSIT_SCHEMA = 1;

    public static final String PART_PROPOSED = "part-proposed";
    public static final int PART_PROPOSED_SCHEMA = 1;
    public static final String LOST_SALE = "lost-sale";
    public static final int LOST_SALE_SCHEMA = 1;
    public static final String STOCK_RECEIPT = "stock-receipt";
    public static final String STOCK_TRANSFER_OUT = "stock-transfer-out";
    public static final String STOCK_TRANSFER_IN = "stock-transfer-in";
    public static final String STOCK_COUNT = "stock-count";
    public static final String STOCK_ADJUSTMENT = "stock-adjustment";
    /** All five have one body. Since 2 a receipt names its purchase order, since 3 what it cost to bring the goods in. */
    public static final int STOCK_SCHEMA = 3;

    /** A step of goods that one branch promises another. */
    public static final String STOCK_LEASE = "stock-lease";

    public static final int STOCK_LEASE_SCHEMA = 1;

    /** Old pieces that went to a supplier. */
    public static final String CORES_GIVEN = "cores-given";

    public static final int CORES_GIVEN_SCHEMA = 1;

    public static final String CUSTOMER_CHANGED = "customer-changed";
    public static final int CUSTOMER_CHANGED_SCHEMA = 1;
    public static final String ACCOUNT_PAYMENT = "account-payment";
    public static final int ACCOUNT_PAYMENT_SCHEMA = 1;
    public static final String CHEQUE_BOUNCED = "cheque-bounced";
    public static final int CHEQUE_BOUNCED_SCHEMA = 1;

    public static final String PROMISE_MADE = "promise-made";
    public static final int PROMISE_MADE_SCHEMA = 1;
    public static final String PROMISE_PAYMENT = "promise-payment";
    /** Since 2 a deposit is paid in dollars or by slip, too. */
    public static final int PROMISE_PAYMENT_SCHEMA = 2;

    public static final String PROMISE_CHANGED = "promise-changed";
    /** Since 2 a deposit goes back as store credit, too. */
    public static final int PROMISE_CHANGED_SCHEMA = 2;

    public static final String GOODS_HANDED_OVER = "goods-handed-over";
    public static final int GOODS_HANDED_OVER_SCHEMA = 1;

    /** All that stores write today, in the order in which a person looks for them. */
    public static final List<String> ALL = List.of(
            SALE,
            CASH_SESSION_OPENED,
            CASH_MOVEMENT,
            CASH_SESSION_CLOSED,
            CASH_SESSION_REOPENED,
            CASHIER_SWITCHED,
            BANK_DEPOSIT,
            ACCOUNT_PAYMENT,
            CHEQUE_BOUNCED,
            PROMISE_MADE,
            PROMISE_PAYMENT,
            PROMISE_CHANGED,
            INVOICE_REQUESTED,
            CUSTOMER_CHANGED,
            GOODS_HANDED_OVER,
            STOCK_RECEIPT,
            STOCK_TRANSFER_OUT,
            STOCK_TRANSFER_IN,
            STOCK_COUNT,
            STOCK_ADJUSTMENT,
            STOCK_LEASE,
            CORES_GIVEN,
            PART_PROPOSED,
            LOST_SALE,
            PIN_CHOSEN);

    private DocumentType() {}
}
