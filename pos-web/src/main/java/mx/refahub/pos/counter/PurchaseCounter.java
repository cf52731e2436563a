package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.pricing.ShelfLabels;
import mx.refahub.domain.purchase.CoresGiven;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Goods that come of a purchase order: the calls and their words. The process brings {@code OpenOrders}, {@code StockDesk}, {@code CoresGiven} and {@code ShelfLabels}. */
@Configuration(proxyBeanMethods = false)
public class PurchaseCounter {
    @Bean
    MessageFile purchaseMessages() {
        return new MessageFile("messages_pos_purchasing");
    }

    @Bean
    PurchaseApi purchaseApi(OpenOrders orders, PartCatalogue catalogue, StockDesk desk) {
        return new PurchaseApi(orders, catalogue, desk);
    }

    @Bean
    MessageFile coresGivenMessages() {
        return new MessageFile("messages_pos_buying");
    }

    @Bean
    CoresGivenApi coresGivenApi(CoresGiven cores, PartCatalogue catalogue, StockLines lines) {
        return new CoresGivenApi(cores, catalogue, lines);
    }

    @Bean
    ShelfLabelsApi shelfLabelsApi(ShelfLabels labels) {
        return new ShelfLabelsApi(labels);
    }

    @Bean
    AccessTable purchaseAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/pos/api/inventory/purchase-orders", Permission.STOCK_RECEIVE.roles()),
                AccessRow.roles(GET, "/pos/api/inventory/purchase-orders/{id}", Permission.STOCK_RECEIVE.roles()),
                AccessRow.roles(GET, "/pos/api/shelf-labels", Permission.LABELS_PRINT.roles()),
                AccessRow.roles(POST, "/pos/api/shelf-labels", Permission.LABELS_PRINT.roles()),
                AccessRow.roles(GET, "/pos/api/inventory/cores", Permission.STOCK_RECEIVE.roles()),
                AccessRow.roles(POST, "/pos/api/inventory/cores", Permission.STOCK_RECEIVE.roles()));
    }
}
