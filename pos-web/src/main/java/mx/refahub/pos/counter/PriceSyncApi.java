package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import mx.refahub.domain.pricing.PriceSync;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Prices of the hub, asked for now. */
@RestController
@Tag(name = "stock")
class PriceSyncApi {
    private final PriceSync prices;

    PriceSyncApi(PriceSync prices) {
        this.prices = prices;
    }

    /** @param version 0 before the first */
    record PartView(long version, @Nullable Instant since) {
        static PartView of(PriceSync.Part part) {
            return new PartView(part.version(), part.since());
        }
    }

    record SyncView(PartView prices, PartView book) {}

    @PostMapping("/pos/api/inventory/sync-prices")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Bring the hub's prices now; answers with what stands here at this moment")
    SyncView sync() {
        PriceSync.Standing standing = prices.ask();
        return new SyncView(PartView.of(standing.prices()), PartView.of(standing.book()));
    }
}
