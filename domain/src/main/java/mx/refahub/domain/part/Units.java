package mx.refahub.domain.part;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.Refusal;

/** The trade's units, as far as handling a part asks of them. */
public final class Units {
    private static final Set<String> VOLUMES = Set.of(
            "LT", "L", "LTR", "LITRO", "LITROS", "ML", "MLT", "MILILITRO", "GAL", "GALON", "GALÓN", "QT", "CC", "OZ");
    private static final Set<String> LENGTHS = Set.of(
            "MTO", "MT", "MTS", "M", "MTR", "METRO", "METROS", "CM", "CMT", "PIE", "PIES", "FT", "PULG", "PULGADA",
            "YD");
    private static final Set<String> WEIGHTS =
            Set.of("KG", "KGM", "KGS", "KILO", "KILOS", "G", "GR", "GRM", "GRS", "GRAMO", "LB", "LBS", "LIBRA");

    private Units() {}

    /** Whether so much of it can be: of what is measured any, of everything else only whole ones. */
    public static boolean allow(Quantity quantity, String unit) {
        return quantity.isWhole() || measured(unit.strip().toUpperCase(Locale.ROOT));
    }

    /** Why so much of it is not sold; empty if it is. */
    public static Optional<Refusal> refusal(Quantity quantity, String unit) {
        return allow(quantity, unit)
                ? Optional.empty()
                : Optional.of(Refusal.of("quantity-whole", quantity.text(), unit));
    }

    private static boolean measured(String unit) {
        return VOLUMES.contains(unit) || LENGTHS.contains(unit) || WEIGHTS.contains(unit);
    }
}
