package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.pricing.PriceSync;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.stock.StockCounts;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.Messages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The shelf's calls, and who may make them. The process brings {@code StockDesk}, {@code StockLeases} and {@code StockCounts}. */
@Configuration(proxyBeanMethods = false)
public class StockCounter {
    private static final String INVENTORY = "/pos/api/inventory";

    @Bean
    StockLines stockLines(PartCatalogue catalogue, Messages messages) {
        return new StockLines(catalogue, messages);
    }

    @Bean
    StockApi stockApi(
            StockDesk desk,
            OpenOrders orders,
            PartCatalogue catalogue,
            PartSearch search,
            StockLines lines,
            Approvals approvals,
            Messages messages) {
        return new StockApi(desk, orders, catalogue, search, lines, approvals, messages);
    }

    @Bean
    PriceSyncApi priceSyncApi(PriceSync prices) {
        return new PriceSyncApi(prices);
    }

    @Bean
    TransfersApi transfersApi(StockDesk desk, PartCatalogue catalogue, StockLines lines) {
        return new TransfersApi(desk, catalogue, lines);
    }

    @Bean
    LeasesApi leasesApi(StockLeases leases, PartCatalogue catalogue) {
        return new LeasesApi(leases, catalogue);
    }

    @Bean
    TicketShelfApi ticketShelfApi(Till till, StockDesk desk, StockLeases leases, PartCatalogue catalogue) {
        return new TicketShelfApi(till, desk, leases, catalogue);
    }

    @Bean
    MessageFile stockMessages() {
        return new MessageFile("messages_pos_stock");
    }

    @Bean
    StockCountsApi stockCountsApi(StockCounts counts, PartCatalogue catalogue, StockLines lines) {
        return new StockCountsApi(counts, catalogue, lines);
    }

    @Bean
    AccessTable stockAccess() {
        return () -> List.of(
                row(GET, "/stock-by-branch", Permission.PARTS_FIND),
                row(GET, "/find", Permission.STOCK_SEE),
                row(POST, "/sync-prices", Permission.PARTS_FIND),
                row(GET, "/parts/{id}/movements", Permission.STOCK_SEE),
                row(GET, "/documents", Permission.STOCK_SEE),
                row(POST, "/receipts", Permission.STOCK_RECEIVE),
                row(POST, "/adjustments", Permission.STOCK_ADJUST),
                row(GET, "/branches", Permission.STOCK_TRANSFER),
                row(GET, "/transfers", Permission.STOCK_TRANSFER),
                row(POST, "/transfers", Permission.STOCK_TRANSFER),
                row(GET, "/transfers/{number}", Permission.STOCK_TRANSFER),
                row(POST, "/transfers/{number}/arrivals", Permission.STOCK_TRANSFER),
                row(GET, "/leases", Permission.STOCK_TRANSFER),
                row(POST, "/leases", Permission.STOCK_TRANSFER),
                row(POST, "/leases/{id}/withdraw", Permission.STOCK_TRANSFER),
                row(POST, "/leases/{id}/refuse", Permission.STOCK_TRANSFER),
                row(GET, "/tickets/{id}", Permission.SALE_MAKE),
                row(GET, "/counts", Permission.STOCK_COUNT),
                row(POST, "/counts", Permission.STOCK_COUNT),
                row(DELETE, "/counts/{id}", Permission.STOCK_CLOSE),
                row(POST, "/counts/{id}/entries", Permission.STOCK_COUNT),
                row(GET, "/counts/{id}/entries", Permission.STOCK_COUNT),
                row(GET, "/counts/{id}/review", Permission.STOCK_CLOSE),
                row(POST, "/counts/{id}/close", Permission.STOCK_CLOSE));
    }

    private static AccessRow row(HttpMethod method, String path, Permission permission) {
        return AccessRow.roles(method, INVENTORY + path, permission.roles());
    }
}
