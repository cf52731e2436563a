package mx.refahub.domain.erp;

/** A system that takes journal entries; each keeps its own chart of accounts, and gets each ticket once. */
public enum ErpTarget {
    /** Plain workbook and CSV. */
    SHEET(false, true),
    /** CONTPAQi Contabilidad. */
    CONTPAQI(false, false),
    /** Aspel COI. */
    ASPEL(false, false),
    /** Electronic accounting of the tax authority, Anexo 24, version 1.3. */
    SAT(false, true),
    /** SAP Business One, Service Layer. */
    SAP(true, false),
    ODOO(true, false);

    private final boolean wire;
    private final boolean verified;

    ErpTarget(boolean wire, boolean verified) {
        this.wire = wire;
        this.verified = verified;
    }

    /** It is called over the network; the others are given files. */
    public boolean isWire() {
        return wire;
    }

    /** Its shape was checked against the system itself or a schema of its maker; else a person is told that it was not. */
    public boolean isVerified() {
        return verified;
    }
}
