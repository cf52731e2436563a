package mx.refahub.domain.part;

import java.util.Locale;
import java.util.Set;

/** The trade's units, as far as handling a part asks of them. */
public final class Units {
    /** By volume, length or weight. */
    private static final Set<String> MEASURED =
            Set.of("LT", "L", "LTR", "ML", "GAL", "MTO", "MT", "M", "MTR", "CM", "PIE", "KG", "KGM", "G", "GR");

    private Units() {}

    /** Whether so much of it can be handed over: of what is measured any, of everything else only whole ones. */
    public static boolean handedOver(Quantity quantity, String unit) {
        return quantity.isWhole() || MEASURED.contains(unit.toUpperCase(Locale.ROOT));
    }
}
