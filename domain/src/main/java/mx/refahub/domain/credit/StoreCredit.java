package mx.refahub.domain.credit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.StoreId;

/**
 * A credit, or a gift voucher that was sold, as its slip proves it, with no network: {@code RC1|store|credit|centavos|day|signature} ({@code RV1} for a voucher), where the signature is the issuing store's Ed25519 over what stands before it,
 * in base 64 for addresses. What was spent of it stands elsewhere.
 *
 * @param signature empty before it is signed
 */
public record StoreCredit(UUID id, StoreId issuer, Money amount, LocalDate issuedOn, String signature, Kind kind) {
    /** Why it is owed. */
    public enum Kind {
        /** Paid back as credit. */
        CREDIT("RC1", Tender.Kind.STORE_CREDIT),
        /** Sold. */
        VOUCHER("RV1", Tender.Kind.GIFT_VOUCHER);

        private final String mark;
        private final Tender.Kind pays;

        Kind(String mark, Tender.Kind pays) {
            this.mark = mark;
            this.pays = pays;
        }

        /** What it is on a ticket that it pays. */
        public Tender.Kind pays() {
            return pays;
        }

        private static Optional<Kind> of(String mark) {
            return Arrays.stream(values())
                    .filter(kind -> kind.mark.equals(mark))
                    .findFirst();
        }
    }

    private static final int FIELDS = 6;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    public StoreCredit {
        if (amount.minor() <= 0) throw new IllegalArgumentException("a credit of " + amount.text());
    }

    /** Of what was paid back. */
    public StoreCredit(UUID id, StoreId issuer, Money amount, LocalDate issuedOn, String signature) {
        this(id, issuer, amount, issuedOn, signature, Kind.CREDIT);
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
                "|", kind.mark, issuer.toString(), id.toString(), Long.toString(amount.minor()), issuedOn.toString());
    }

    public StoreCredit signed(byte[] by) {
        return new StoreCredit(id, issuer, amount, issuedOn, ENCODER.encodeToString(by), kind);
    }

    /** The text of the slip's QR. */
    public String proof() {
        return unsigned() + "|" + signature;
    }

    public static boolean looksLikeProof(String text) {
        String start = text.strip();
        int bar = start.indexOf('|');
        return bar > 0 && Kind.of(start.substring(0, bar)).isPresent();
    }

    /** Empty if the text is none; whether its signature holds is asked apart. */
    public static Optional<StoreCredit> parse(String text) {
        String[] fields = text.strip().split("\\|", -1);
        Kind kind = Kind.of(fields[0]).orElse(null);
        if (fields.length != FIELDS || kind == null) return Optional.empty();
        try {
            return Optional.of(new StoreCredit(
                    UUID.fromString(fields[2]),
                    StoreId.of(fields[1]),
                    Money.mxn(Long.parseLong(fields[3])),
                    LocalDate.parse(fields[4]),
                    fields[5],
                    kind));
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
