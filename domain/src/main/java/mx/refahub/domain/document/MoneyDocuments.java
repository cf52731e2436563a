package mx.refahub.domain.document;

import java.util.Set;

/** Which documents move money, so that one person alone must not change what becomes of them. */
public final class MoneyDocuments {
    /** Everything that is not named here does: a type that comes later is guarded until somebody has thought about it. */
    private static final Set<String> WITHOUT_MONEY = Set.of(
            DocumentType.PIN_CHOSEN,
            DocumentType.CASHIER_SWITCHED,
            DocumentType.INVOICE_REQUESTED,
            DocumentType.PART_PROPOSED,
            DocumentType.LOST_SALE,
            DocumentType.STOCK_RECEIPT,
            DocumentType.STOCK_TRANSFER_OUT,
            DocumentType.STOCK_TRANSFER_IN,
            DocumentType.STOCK_COUNT,
            DocumentType.STOCK_ADJUSTMENT,
            DocumentType.STOCK_LEASE,
            DocumentType.CUSTOMER_CHANGED,
            DocumentType.GOODS_HANDED_OVER);

    private MoneyDocuments() {}

    public static boolean touchesMoney(String type) {
        return !WITHOUT_MONEY.contains(type);
    }

    /** For queries: types that need no second person. */
    public static Set<String> withoutMoney() {
        return WITHOUT_MONEY;
    }
}
