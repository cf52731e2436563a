package mx.refahub.hub.registry;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Optional;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.StoreSetup.Registration;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.hub.access.People;

/** A store's request to be registered, as it came. {@code registers}: how many tills it begins with. */
public record Application(
        String name,
        String code,
        String address,
        String postalCode,
        String taxRegion,
        String timeZone,
        String publicKey,
        String cashierUser,
        String cashierName,
        int registers) {
    private static final int MAX_TEXT = 100;
    private static final int MAX_ADDRESS = 300;

    public Application {
        name = name.strip();
        code = code.strip();
        address = address.strip();
        postalCode = postalCode.strip();
        taxRegion = taxRegion.strip();
        timeZone = timeZone.strip();
        cashierUser = People.normal(cashierUser);
        cashierName = cashierName.strip();
    }

    /** What is wrong with it first; empty when all is well. */
    Optional<Refusal> flaw() {
        if (isBad(name, MAX_TEXT)) return wrong("name");
        if (!code.matches("[\\p{L}\\p{N}_.-]{1,20}")) return wrong("code");
        if (!address.isEmpty() && isBad(address, MAX_ADDRESS)) return wrong("address");
        if (!postalCode.matches("[0-9]{5}")) return wrong("postal_code");
        if (!taxRegion.equals(TaxRegion.STANDARD.name()) && !taxRegion.equals(TaxRegion.BORDER.name()))
            return wrong("tax_region");
        if (!isZone()) return wrong("time_zone");
        if (isBad(cashierUser, MAX_TEXT) || cashierUser.contains(" ")) return wrong("cashier_user");
        if (isBad(cashierName, MAX_TEXT)) return wrong("cashier_name");
        if (registers < 1 || registers > Registration.MOST_REGISTERS) return wrong("registers");
        return key().isEmpty() ? wrong("public_key") : Optional.empty();
    }

    /** The Ed25519 key in X.509 form; empty if it is none. */
    Optional<byte[]> key() {
        try {
            byte[] der = Base64.getDecoder().decode(publicKey);
            return KeyFactory.getInstance("Ed25519")
                                    .generatePublic(new X509EncodedKeySpec(der))
                                    .getEncoded()
                                    .length
                            == der.length
                    ? Optional.of(der)
                    : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private boolean isZone() {
        try {
            return !ZoneId.of(timeZone).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBad(String text, int limit) {
        return text.isEmpty() || text.length() > limit || text.codePoints().anyMatch(Character::isISOControl);
    }

    private static Optional<Refusal> wrong(String field) {
        return Optional.of(Refusal.of("registration-field", field));
    }
}
