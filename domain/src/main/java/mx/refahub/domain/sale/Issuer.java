package mx.refahub.domain.sale;

/**
 * Who sells, as the tax certificate says it.
 *
 * @param regime c_RegimenFiscal, 3 digits
 * @param postalCode LugarExpedicion: the branch's
 */
public record Issuer(String rfc, String name, String regime, String postalCode) {
    public Issuer {
        if (!rfc.matches("[A-Z&Ñ]{3,4}[0-9]{6}[A-Z0-9]{3}")) throw new IllegalArgumentException("RFC '" + rfc + "'");
        if (!regime.matches("[0-9]{3}")) throw new IllegalArgumentException("tax regime '" + regime + "'");
        if (!postalCode.matches("[0-9]{5}")) throw new IllegalArgumentException("postal code '" + postalCode + "'");
        if (name.isBlank()) throw new IllegalArgumentException("issuer without a name");
    }
}
