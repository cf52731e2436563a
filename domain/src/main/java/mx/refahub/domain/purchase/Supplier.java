package mx.refahub.domain.purchase;

import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.money.Thousands;
import org.jspecify.annotations.Nullable;

/**
 * Whom the company buys from.
 *
 * @param rfc empty for a foreign supplier or one that is not known yet
 * @param leadDays agreed, in days
 * @param minimumOrder in the supplier's currency; zero for none
 * @param coreDays within which old pieces are taken back; 0 for no end
 * @param fillUp whether suggested orders are filled up to the minimum
 */
public record Supplier(
        UUID id,
        String code,
        String name,
        String rfc,
        String email,
        Currency currency,
        int creditDays,
        int leadDays,
        Money minimumOrder,
        String note,
        boolean archived,
        int coreDays,
        boolean fillUp) {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,19}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\",;]{1,64}@[^\\s@<>\",;]{1,180}");
    private static final int LONGEST = 120;
    private static final int MOST_DAYS = 365;
    private static final long MOST_MINIMUM = 100_000_000_00L;

    public Supplier {
        if (!CODE.matcher(code).matches()) throw new IllegalArgumentException("supplier code '" + code + "'");
        if (name.isBlank()) throw new IllegalArgumentException("supplier without a name");
    }

    /** As typed. */
    public record Form(
            String code,
            String name,
            String rfc,
            String email,
            String currency,
            String creditDays,
            String leadDays,
            String minimumOrder,
            String note,
            String coreDays,
            boolean fillUp) {
        public Form(
                String code,
                String name,
                String rfc,
                String email,
                String currency,
                String creditDays,
                String leadDays,
                String minimumOrder,
                String note) {
            this(code, name, rfc, email, currency, creditDays, leadDays, minimumOrder, note, "", false);
        }
    }

    /** @return refused with the first field that is wrong */
    public static Outcome<Supplier> of(UUID id, Form form) {
        String code = form.code().strip().toUpperCase(Locale.ROOT);
        if (!CODE.matcher(code).matches()) return Outcome.refused("supplier-code-wrong", code);
        String name = plain(form.name());
        if (name.isEmpty() || name.length() > LONGEST) return Outcome.refused("supplier-name-wrong", "" + LONGEST);
        String rfc = form.rfc().strip();
        if (!rfc.isEmpty()) {
            try {
                rfc = new Rfc(rfc).value();
            } catch (IllegalArgumentException e) {
                return Outcome.refused("supplier-rfc-wrong", plain(rfc));
            }
        }
        String email = form.email().strip();
        if (!email.isEmpty() && !EMAIL.matcher(email).matches())
            return Outcome.refused("supplier-email-wrong", plain(email));
        if (!form.currency().equals("MXN") && !form.currency().equals("USD"))
            return Outcome.refused("supplier-currency-wrong", plain(form.currency()));
        Currency currency = Currency.getInstance(form.currency());
        Integer credit = days(form.creditDays());
        if (credit == null) return Outcome.refused("supplier-days-wrong", plain(form.creditDays()));
        Integer lead = days(form.leadDays());
        if (lead == null) return Outcome.refused("supplier-days-wrong", plain(form.leadDays()));
        Integer cores = days(form.coreDays());
        if (cores == null) return Outcome.refused("supplier-days-wrong", plain(form.coreDays()));
        Money minimum = amount(form.minimumOrder(), currency);
        if (minimum == null) return Outcome.refused("supplier-minimum-wrong", plain(form.minimumOrder()));
        String note = plain(form.note());
        if (note.length() > LONGEST) return Outcome.refused("supplier-note-long", "" + LONGEST);
        return Outcome.done(new Supplier(
                id, code, name, rfc, email, currency, credit, lead, minimum, note, false, cores, form.fillUp()));
    }

    private static @Nullable Integer days(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) return 0;
        if (!text.matches("\\d{1,3}")) return null;
        int days = Integer.parseInt(text);
        return days <= MOST_DAYS ? days : null;
    }

    private static @Nullable Money amount(String typed, Currency currency) {
        String text = Thousands.plain(typed).replace("$", "");
        if (text.isEmpty()) return Money.zero(currency);
        if (!text.matches("\\d{1,9}([.]\\d{1,2})?")) return null;
        Money amount = Money.of(new java.math.BigDecimal(text).setScale(2), currency);
        return amount.minor() <= MOST_MINIMUM ? amount : null;
    }

    static String plain(String text) {
        String one = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return one;
    }
}
