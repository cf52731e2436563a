package mx.refahub.domain.erp;

/**
 * What the ERP calls something of ours, besides accounts.
 *
 * @param ours tax rate, code of the branch or supplier, kind of tender, or {@code ''} where there is one only
 * @param theirs may be empty: not told yet
 */
public record ErpCode(Kind kind, String ours, String theirs) {
    public enum Kind {
        /** Of a tax rate. */
        TAX,
        /** Of a branch. */
        WAREHOUSE,
        /** Account or journal of a kind of tender. */
        TENDER,
        /** Who buys when nobody is named. */
        CUSTOMER,
        /** Price list that prices go to. */
        PRICE_LIST,
        /** Item that stands for core deposits. */
        CORE_ITEM,
        /** Item that stands for gift vouchers sold. */
        VOUCHER_ITEM,
        /** Item that stands for what is sold without being in the catalogue. */
        MISC_ITEM,
        /** Of one of our suppliers, by our code. */
        SUPPLIER,
        /** Of a tax rate of purchases. */
        PURCHASE_TAX
    }

    public static final int LONGEST = 60;

    public ErpCode {
        ours = ours.strip();
        theirs = theirs.strip();
        if (theirs.length() > LONGEST) throw new IllegalArgumentException("code of " + theirs.length() + " letters");
    }
}
