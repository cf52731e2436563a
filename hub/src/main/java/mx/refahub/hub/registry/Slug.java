package mx.refahub.hub.registry;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;

/** A name as it stands in addresses: ASCII letters, digits and single dashes, at most 40 characters. */
record Slug(String value) {
    private static final int MAX_LENGTH = 40;

    Slug {
        if (!value.matches("[a-z0-9]+(-[a-z0-9]+)*") || value.length() > MAX_LENGTH + 12)
            throw new IllegalArgumentException("slug '" + value + "'");
    }

    /** Folds accents; a name without any Latin letter or digit becomes {@code tienda}. */
    static Slug of(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (folded.length() > MAX_LENGTH)
            folded = folded.substring(0, MAX_LENGTH).replaceAll("-$", "");
        return new Slug(folded.isEmpty() ? "tienda" : folded);
    }

    /** This one, or with the lowest number behind it that is free. */
    Slug unlessTaken(Predicate<String> taken) {
        Slug slug = this;
        for (int n = 2; taken.test(slug.value); n++) slug = new Slug(value + "-" + n);
        return slug;
    }
}
