package mx.refahub.batch.standard;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.run.RunRefused;
import org.jspecify.annotations.Nullable;

/** Which line code a brand has in this shop's books; the brand's own code of four where nothing is said. */
final class Lines {
    static final String PARAMETER = "lines";

    private final Map<String, String> byBrand = new HashMap<>();

    /** @param text {@code BBTB=GLK,ZZZZ=ACM}; empty or null: nothing is said */
    Lines(@Nullable String text) {
        if (text == null || text.isBlank()) return;
        for (String pair : text.split(",")) {
            String[] halves = pair.split("=", -1);
            if (halves.length != 2 || halves[0].isBlank() || halves[1].isBlank())
                throw new RunRefused("La línea de una marca no se entiende en «" + pair.strip()
                        + "»; escríbelo como BBTB=GLK,ZZZZ=ACM.");
            byBrand.put(halves[0].strip().toUpperCase(Locale.ROOT), halves[1].strip());
        }
    }

    String of(String brand) {
        String code = brand.strip().toUpperCase(Locale.ROOT);
        return byBrand.getOrDefault(code, code);
    }
}
