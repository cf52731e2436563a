package mx.refahub.domain.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A code that a person types once: 26 characters of Crockford's base 32 (130 bits), shown in groups of four. Case, dashes and spaces do not
 * matter, and the letters O, I and L are read as the digits they look like. Hub and stores keep and compare only its {@link #hash}.
 */
public record OneTimeSecret(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    private static final int GROUP = 4;

    /** @throws IllegalArgumentException if the text cannot be such a code */
    public OneTimeSecret {
        value = value.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (value.length() != LENGTH || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0))
            throw new IllegalArgumentException("a one-time code has " + LENGTH + " letters and digits");
    }

    /** @param random must be cryptographically strong */
    public static OneTimeSecret random(RandomGenerator random) {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return new OneTimeSecret(code.toString());
    }

    /** {@code 7K3M-9QXA-…}. */
    public String text() {
        StringBuilder text = new StringBuilder(LENGTH + LENGTH / GROUP);
        for (int i = 0; i < LENGTH; i += GROUP) {
            if (i > 0) text.append('-');
            text.append(value, i, Math.min(i + GROUP, LENGTH));
        }
        return text.toString();
    }

    /** SHA-256 of the normalised code, lower-case hexadecimal: what databases and the user stream carry. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Never the code. */
    @Override
    public String toString() {
        return "OneTimeSecret[…]";
    }
}
