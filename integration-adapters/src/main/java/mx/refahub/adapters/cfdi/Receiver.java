package mx.refahub.adapters.cfdi;

/**
 * To whom a CFDI is issued.
 *
 * @param regime c_RegimenFiscal
 * @param use c_UsoCFDI
 */
public record Receiver(String rfc, String name, String postalCode, String regime, String use) {
    private static final String GENERIC_RFC = "XAXX010101000";
    private static final String GENERAL_PUBLIC = "PUBLICO EN GENERAL";

    public Receiver {
        if (!rfc.matches("[A-Z&Ñ]{3,4}[0-9]{6}[A-Z0-9]{3}")) throw new IllegalArgumentException("RFC '" + rfc + "'");
        if (name.isBlank()) throw new IllegalArgumentException("receiver without a name");
        if (!postalCode.matches("[0-9]{5}")) throw new IllegalArgumentException("postal code '" + postalCode + "'");
    }

    /** Whoever does not ask for an invoice: Anexo 20, guide to the global CFDI: the issuer's own postal code, regime 616, use S01. */
    public static Receiver generalPublic(String postalCodeOfIssue) {
        return new Receiver(GENERIC_RFC, GENERAL_PUBLIC, postalCodeOfIssue, "616", "S01");
    }

    /** With this very name and RFC the node InformacionGlobal must be there. */
    boolean isGeneralPublic() {
        return rfc.equals(GENERIC_RFC) && name.equals(GENERAL_PUBLIC);
    }
}
