package mx.refahub.domain.stock;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What both papers of a transfer have in common: {@code CEN-T000012-7K3Q}. The sender's code, its counter, three random characters, so that a counter that was
 * restored to an older state gives no number twice, and a check character (Luhn mod 32 over all before it), so that a mistyped one is noticed with no network.
 */
public record TransferNumber(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("(.{1,40})-T([0-9]{6,9})-([" + ALPHABET + "]{4})");
    private static final int RANDOM = 3;

    public TransferNumber {
        value = value.strip().toUpperCase(Locale.ROOT);
        if (!FORM.matcher(value).matches())
            throw new IllegalArgumentException("a transfer number looks like CEN-T000012-7K3Q");
        int last = value.length() - 1;
        if (value.charAt(last) != check(value.substring(0, last)))
            throw new IllegalArgumentException("the transfer number is mistyped: its check character does not fit");
    }

    public static TransferNumber of(String storeCode, long counter, RandomGenerator random) {
        StringBuilder body = new StringBuilder(String.format(Locale.ROOT, "%s-T%06d-", storeCode, counter));
        for (int i = 0; i < RANDOM; i++) body.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        String text = body.toString().toUpperCase(Locale.ROOT);
        return new TransferNumber(text + check(text));
    }

    /** Code of the branch that sent it. */
    public String from() {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) throw new IllegalStateException(value);
        return form.group(1);
    }

    private static char check(String body) {
        int n = ALPHABET.length();
        int sum = 0;
        int factor = 2;
        for (int i = body.length() - 1; i >= 0; i--) {
            int place = ALPHABET.indexOf(body.charAt(i));
            int addend = factor * (place >= 0 ? place : body.charAt(i) % n);
            sum += addend / n + addend % n;
            factor = 3 - factor;
        }
        return ALPHABET.charAt((n - sum % n) % n);
    }
}
