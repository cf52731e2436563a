package mx.refahub.domain.sale;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The code on every ticket by which a customer asks for the invoice later: 11 random characters of Crockford's base 32 (55 bits)
 * and a check character (Luhn mod 32), so that one mistyped or two swapped characters are noticed.
 */
public record InvoiceCode(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 12;

    public InvoiceCode {
        value = value.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (value.length() != LENGTH || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0))
            throw new IllegalArgumentException("an invoice code has 12 letters and digits");
        if (value.charAt(LENGTH - 1) != check(value.substring(0, LENGTH - 1)))
            throw new IllegalArgumentException("the invoice code is mistyped: its check character does not fit");
    }

    public static InvoiceCode random(RandomGenerator random) {
        StringBuilder body = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH - 1; i++) body.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return new InvoiceCode(body.toString() + check(body.toString()));
    }

    /** In groups of four: {@code 7K3M-9QXA-0C4T}. */
    public String text() {
        return value.substring(0, 4) + "-" + value.substring(4, 8) + "-" + value.substring(8);
    }

    private static char check(String body) {
        int n = ALPHABET.length();
        int sum = 0;
        int factor = 2;
        for (int i = body.length() - 1; i >= 0; i--) {
            int addend = factor * ALPHABET.indexOf(body.charAt(i));
            sum += addend / n + addend % n;
            factor = 3 - factor;
        }
        return ALPHABET.charAt((n - sum % n) % n);
    }
}
