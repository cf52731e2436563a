package mx.refahub.domain.credit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.document.Sha256;

/**
 * What is typed of a store credit where its QR cannot be read: ten characters of Crockford's base 32 (50 bits, cut from the SHA-256 of the credit's id) and two check
 * characters (the value modulo the prime 1021), so that one mistyped or two swapped characters are noticed.
 */
public record CreditCode(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BODY = 10;
    private static final int LENGTH = 12;
    private static final int BITS = 5;
    private static final long MODULUS = 1021;

    public CreditCode {
        value = value.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (value.length() != LENGTH || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0))
            throw new IllegalArgumentException("a credit's code has 12 letters and digits");
        if (number(value.substring(BODY)) != number(value.substring(0, BODY)) % MODULUS)
            throw new IllegalArgumentException("the credit's code is mistyped: its check characters do not fit");
    }

    public static CreditCode of(UUID credit) {
        byte[] hash = Sha256.digest(("credit " + credit).getBytes(StandardCharsets.US_ASCII))
                .bytes();
        long number = ByteBuffer.wrap(hash).getLong() >>> Long.SIZE - BODY * BITS;
        return new CreditCode(text(number, BODY) + text(number % MODULUS, LENGTH - BODY));
    }

    private static String text(long number, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = length - 1; i >= 0; i--) text.append(ALPHABET.charAt((int) (number >>> i * BITS & 31)));
        return text.toString();
    }

    private static long number(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) number = number << BITS | ALPHABET.indexOf(text.charAt(i));
        return number;
    }

    /** In groups of four: {@code 7K3M-9QXA-0C4T}. */
    public String text() {
        return value.substring(0, 4) + "-" + value.substring(4, 8) + "-" + value.substring(8);
    }
}
