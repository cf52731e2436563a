package mx.refahub.domain.customer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * What a customer may owe, as the hub has signed it.
 *
 * @param days until a ticket is due
 * @param held nothing more on account, whatever is left
 * @param branchLimit what one branch may give while the hub does not know of it yet
 */
public record CreditLine(UUID customer, Money limit, int days, boolean held, Money branchLimit, Instant setAt) {
    public static final int MOST_DAYS = 365;
    /** Far above any line, far below where sums could overflow. */
    public static final long LARGEST = 100_000_000_000L;

    private static final String ALGORITHM = "SHA256withRSA";

    public CreditLine {
        if (limit.isNegative() || limit.minor() > LARGEST)
            throw new IllegalArgumentException("credit line of " + limit.text());
        if (branchLimit.isNegative() || branchLimit.compareTo(limit) > 0)
            throw new IllegalArgumentException("branch limit of " + branchLimit.text() + " in " + limit.text());
        if (days < 0 || days > MOST_DAYS) throw new IllegalArgumentException("credit of " + days + " days");
    }

    /**
     * What may still be sold on account without asking anybody: never below zero.
     *
     * @param balance what is owed, as far as it is known here
     * @param unconfirmed what of it this branch has given and the hub does not know yet
     */
    public Money left(Money balance, Money unconfirmed) {
        Money zero = Money.zero(limit.currency());
        if (held) return zero;
        Money byLine = limit.minus(balance);
        Money byBranch = unconfirmed.isNegative() ? branchLimit : branchLimit.minus(unconfirmed);
        Money left = byLine.compareTo(byBranch) < 0 ? byLine : byBranch;
        return left.isNegative() ? zero : left;
    }

    /** SHA256withRSA (RFC 8017, PKCS #1 v1.5) over {@link #text}, in base 64. */
    public String sign(PrivateKey key) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(text());
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign the credit line of " + customer, e);
        }
    }

    public boolean isSignedBy(PublicKey key, String signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(text());
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Every field in its own line, so that no two lines have one text. */
    private byte[] text() {
        return String.join(
                        "\n",
                        "refahub-credit-line-1",
                        customer.toString(),
                        limit.currency().getCurrencyCode(),
                        Long.toString(limit.minor()),
                        Integer.toString(days),
                        held ? "held" : "open",
                        Long.toString(branchLimit.minor()),
                        Long.toString(setAt.toEpochMilli()))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
