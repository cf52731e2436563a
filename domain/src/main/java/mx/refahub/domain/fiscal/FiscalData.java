package mx.refahub.domain.fiscal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.domain.Outcome;

/**
 * To whom an invoice goes, as the tax certificate (constancia de situación fiscal) says it.
 *
 * @param name exactly as there: upper case, without 'S.A. de C.V.'
 * @param postalCode of the fiscal domicile
 * @param email where the invoice is sent; may be empty
 */
public record FiscalData(Rfc rfc, String name, String postalCode, TaxRegime regime, CfdiUse use, String email) {
    private static final int MAX_NAME = 300;
    private static final int MAX_EMAIL = 254;

    /** What was typed. */
    public record Typed(String rfc, String name, String postalCode, String regime, String use, String email) {}

    /**
     * Refused: {@code rfc-invalid}, {@code rfc-general-public} (needs no invoice of its own), {@code fiscal-name-invalid}, {@code postal-code-invalid}, {@code regime-invalid} (naming the RFC's kind does not have it),
     * {@code use-invalid} (not with this regime), {@code email-invalid}.
     */
    public static Outcome<FiscalData> of(Typed typed) {
        Rfc rfc;
        try {
            rfc = new Rfc(typed.rfc());
        } catch (IllegalArgumentException e) {
            return Outcome.refused("rfc-invalid");
        }
        if (rfc.equals(Rfc.GENERAL_PUBLIC)) return Outcome.refused("rfc-general-public");
        String name = Normalizer.normalize(typed.name(), Normalizer.Form.NFC)
                .strip()
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT);
        if (name.isEmpty()
                || name.length() > MAX_NAME
                || name.codePoints().anyMatch(c -> Character.isISOControl(c) || c == '|'))
            return Outcome.refused("fiscal-name-invalid");
        String postalCode = typed.postalCode().strip();
        if (!postalCode.matches("[0-9]{5}")) return Outcome.refused("postal-code-invalid");
        Optional<TaxRegime> regime = TaxRegime.of(typed.regime()).filter(one -> one.isFor(rfc));
        if (regime.isEmpty()) return Outcome.refused("regime-invalid");
        Optional<CfdiUse> use = CfdiUse.of(typed.use()).filter(one -> one.isFor(rfc, regime.get()));
        if (use.isEmpty()) return Outcome.refused("use-invalid");
        String email = typed.email().strip();
        if (!email.isEmpty() && !isEmail(email)) return Outcome.refused("email-invalid");
        return Outcome.done(new FiscalData(rfc, name, postalCode, regime.get(), use.get(), email));
    }

    private static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at < text.length() - 1
                && text.length() <= MAX_EMAIL
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    }
}
