package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.market.MarketOrders;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Orders of marketplaces at the counter: their calls and their words. */
@Configuration(proxyBeanMethods = false)
class MarketCounter {
    @Bean
    MessageFile marketMessages() {
        return new MessageFile("messages_pos_market");
    }

    @Bean
    AccessTable marketAccess() {
        return () -> List.of(
                row(GET, "/pos/api/market/orders"),
                row(POST, "/pos/api/market/orders/{id}/sale"),
                row(POST, "/pos/api/market/orders/{id}/parcel"));
    }

    private static AccessRow row(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.SALE_MAKE.roles());
    }

    @Bean
    MarketOrdersApi marketOrdersApi(MarketOrders orders, PartCatalogue catalogue) {
        return new MarketOrdersApi(orders, catalogue);
    }
}
