package mx.refahub.domain.wire;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code sale} document says of the shelf, beside the fields of {@link SaleBody}: absent in documents from before stock had bins and costs.
 *
 * @param stock one for each line that moves stock
 */
public record SaleStockBody(@Nullable List<Moved> stock) {
    public static final String FIELD = "stock";

    /**
     * @param line id of the sale's line
     * @param value centavos added to the shelf's value: negative for what was sold
     */
    public record Moved(UUID line, String bin, long value, long variance) {}

    public List<Moved> moved() {
        return stock == null ? List.of() : stock;
    }
}
