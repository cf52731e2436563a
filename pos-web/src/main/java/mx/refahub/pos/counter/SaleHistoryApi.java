package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.SaleHistory;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Old tickets of the branch. */
@RestController
@Tag(name = "sales")
class SaleHistoryApi {
    private static final int SHOWN = 50;
    private static final int MOST_PARTS = 20;

    private final SaleHistory history;
    private final PartCatalogue catalogue;
    private final PartSearch search;

    SaleHistoryApi(SaleHistory history, PartCatalogue catalogue, PartSearch search) {
        this.history = history;
        this.catalogue = catalogue;
        this.search = search;
    }

    @GetMapping("/pos/api/sales")
    @Operation(summary = "Finished tickets by folio, invoice code, total, customer or part, newest first")
    SalesApi.Sales find(
            @RequestParam(defaultValue = "") @Size(max = 200) String q,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        return new SalesApi.Sales(history.find(new SaleHistory.Wanted(q, parts(q.strip()), from, to), SHOWN).stream()
                .map(SaleView::of)
                .toList());
    }

    /** What the text is as a barcode or an exact number. */
    private List<PartId> parts(String text) {
        if (text.isEmpty()) return List.of();
        return catalogue
                .scanned(text)
                .map(scanned -> List.of(scanned.part()))
                .orElseGet(() -> search.find(PartQuery.text(text, MOST_PARTS)).hits().stream()
                        .filter(hit -> hit.reason().kind() == Reason.Kind.EXACT
                                || hit.reason().kind() == Reason.Kind.WITHOUT_DASHES)
                        .map(hit -> hit.part())
                        .toList());
    }
}
