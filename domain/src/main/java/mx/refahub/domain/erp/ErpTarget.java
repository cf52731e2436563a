package mx.refahub.domain.erp;

/** A system that takes journal entries; each keeps its own chart of accounts, and gets each ticket once. */
public enum ErpTarget {
    /** Plain workbook and CSV. */
    SHEET(true),
    /** CONTPAQi Contabilidad and Comercial. */
    CONTPAQI(false),
    /** Aspel COI and SAE. */
    ASPEL(false),
    /** Electronic accounting of the tax authority, Anexo 24, version 1.3. */
    SAT(true),
    /** SAP Business One, spoken to by its Service Layer. */
    SAP(false, true),
    /** Odoo, spoken to. */
    ODOO(true, true);

    private final boolean verified;
    private final boolean spoken;

    ErpTarget(boolean verified) {
        this(verified, false);
    }

    ErpTarget(boolean verified, boolean spoken) {
        this.verified = verified;
        this.spoken = spoken;
    }

    /** It is not given files but spoken to: {@link ErpGateway}. */
    public boolean isSpoken() {
        return spoken;
    }

    /** Tickets can go to it as documents of their own; else they are summed up in entries alone. */
    public boolean takesDocuments() {
        return switch (this) {
            case CONTPAQI, ASPEL, SAP, ODOO -> true;
            case SHEET, SAT -> false;
        };
    }

    /** Its shape was checked against a schema of its maker, or needs none; else a person is told that it was not. */
    public boolean isVerified() {
        return verified;
    }
}
