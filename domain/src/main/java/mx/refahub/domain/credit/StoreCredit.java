package mx.refahub.domain.credit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.StoreId;

/**
 * A credit as its slip proves it, with no network: {@code RC1|store|credit|centavos|day|signature}, where the signature is the issuing store's Ed25519 over what stands before it,
 * in base 64 for addresses. What was spent of it stands elsewhere.
 *
 * @param signature empty before it is signed
 */
public record StoreCredit(UUID id, StoreId issuer, Money amount, LocalDate issuedOn, String signature) {
    private static final String MARK = "RC1";
    private static final int FIELDS = 6;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    public StoreCredit {
        if (amount.minor() <= 0) throw new IllegalArgumentException("a credit of " + amount.text());
    }

    public CreditCode code() {
        return CreditCode.of(id);
    }

    /** What is signed. */
    public byte[] message() {
        return unsigned().getBytes(StandardCharsets.US_ASCII);
    }

    private String unsigned() {
        return String.join(
                "|", MARK, issuer.toString(), id.toString(), Long.toString(amount.minor()), issuedOn.toString());
    }

    public StoreCredit signed(byte[] by) {
        return new StoreCredit(id, issuer, amount, issuedOn, ENCODER.encodeToString(by));
    }

    /** The text of the slip's QR. */
    public String proof() {
        return unsigned() + "|" + signature;
    }

    public static boolean looksLikeProof(String text) {
        return text.strip().startsWith(MARK + "|");
    }

    /** Empty if the text is none; whether its signature holds is asked apart. */
    public static Optional<StoreCredit> parse(String text) {
        String[] fields = text.strip().split("\\|", -1);
        if (fields.length != FIELDS || !fields[0].equals(MARK)) return Optional.empty();
        try {
            return Optional.of(new StoreCredit(
                    UUID.fromString(fields[2]),
                    StoreId.of(fields[1]),
                    Money.mxn(Long.parseLong(fields[3])),
                    LocalDate.parse(fields[4]),
                    fields[5]));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether the store with this key signed it. */
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message());
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
