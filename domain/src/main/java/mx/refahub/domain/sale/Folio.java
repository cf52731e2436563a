package mx.refahub.domain.sale;

import java.util.Locale;

/** Ticket number: the register's prefix and its gapless counter. Printed once, never renumbered. */
public record Folio(String prefix, long number) {
    public Folio {
        if (!prefix.matches("[A-Z0-9]{1,6}"))
            throw new IllegalArgumentException("folio prefix '" + prefix + "' is not 1 to 6 letters or digits");
        if (number < 1) throw new IllegalArgumentException("folio number " + number);
    }

    /** {@code C2-004711}. */
    public String text() {
        return String.format(Locale.ROOT, "%s-%06d", prefix, number);
    }
}
