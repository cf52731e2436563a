package mx.refahub.domain.customer;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.fiscal.Rfc;

/**
 * A customer as known here.
 *
 * @param fields in their normal form; what is not known is left out
 */
public record Customer(UUID id, Map<CustomerField, String> fields) {
    private static final int LOCAL_PHONE = 10;
    private static final int SHORT_PHONE = 4;

    public Customer {
        Map<CustomerField, String> kept = new EnumMap<>(CustomerField.class);
        fields.forEach((field, text) -> {
            if (!text.isEmpty()) kept.put(field, text);
        });
        fields = Map.copyOf(kept);
        if (!fields.containsKey(CustomerField.NAME)) throw new IllegalArgumentException("customer without a name");
    }

    public String text(CustomerField field) {
        return fields.getOrDefault(field, field == CustomerField.PRICE_LEVEL ? CustomerField.STANDARD_LEVEL : "");
    }

    public String name() {
        return text(CustomerField.NAME);
    }

    public List<String> plates() {
        return text(CustomerField.VEHICLES)
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    /** False where the RFC may be mistyped; it is kept all the same. */
    public boolean rfcFits() {
        String rfc = text(CustomerField.RFC);
        return rfc.isEmpty() || new Rfc(rfc).checkDigitFits();
    }

    /** The same customer with these fields in place of its own. */
    public Customer with(Map<CustomerField, String> changed) {
        Map<CustomerField, String> all = new EnumMap<>(CustomerField.class);
        all.putAll(fields);
        all.putAll(changed);
        return new Customer(id, all);
    }

    /** The fields of this one that the other has not, or otherwise. */
    public Map<CustomerField, String> differences(Map<CustomerField, String> wanted) {
        Map<CustomerField, String> changed = new EnumMap<>(CustomerField.class);
        wanted.forEach((field, text) -> {
            if (!text(field).equals(text)) changed.put(field, text);
        });
        return changed;
    }

    /** Checks what was typed, field by field; the first that is wrong is told, with its own code ({@link CustomerField#typed}). */
    public static Outcome<Map<CustomerField, String>> typed(Map<CustomerField, String> texts) {
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        for (Map.Entry<CustomerField, String> one : new EnumMap<>(texts).entrySet()) {
            switch (one.getKey().typed(one.getValue())) {
                case Outcome.Refused<String>(var refusal) -> {
                    return new Outcome.Refused<>(refusal);
                }
                case Outcome.Done<String>(String value) -> fields.put(one.getKey(), value);
            }
        }
        return Outcome.done(fields);
    }

    /** What the customer is found by: words of the names, the phone in full and by its ends, RFC, plates, e-mail; in plain letters. */
    public Set<String> words() {
        Set<String> words = new LinkedHashSet<>();
        words.addAll(words(name()));
        words.addAll(words(text(CustomerField.FISCAL_NAME)));
        String phone = text(CustomerField.PHONE).replaceAll("[^0-9]", "");
        if (!phone.isEmpty()) {
            words.add(phone);
            if (phone.length() > LOCAL_PHONE) words.add(phone.substring(phone.length() - LOCAL_PHONE));
            words.add(phone.substring(phone.length() - SHORT_PHONE));
        }
        words.addAll(words(text(CustomerField.RFC)));
        plates().forEach(plate -> words.add(plate.toLowerCase(Locale.ROOT).replace("-", "")));
        String email = text(CustomerField.EMAIL).toLowerCase(Locale.ROOT);
        if (!email.isEmpty()) {
            words.add(email);
            words.addAll(words(email));
        }
        words.remove("");
        return words;
    }

    /** A text as {@link #words} has it: lower case, without accents. A word with an {@code @} stays whole; so do the digits of a phone typed with blanks. */
    public static List<String> words(String text) {
        String stripped = text.strip();
        if (stripped.matches("\\+?[0-9][0-9 ().-]*")) return List.of(stripped.replaceAll("[^0-9]", ""));
        if (stripped.indexOf('@') >= 0 && stripped.indexOf(' ') < 0) {
            // An e-mail as it is typed into the search; its parts are words of the customer.
            String plain = plain(stripped);
            return Arrays.stream(plain.split("[^a-z0-9]+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
        return Arrays.stream(plain(stripped).replace("-", "").split("[^a-z0-9&]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
    }
}
