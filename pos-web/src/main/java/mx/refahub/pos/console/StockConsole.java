package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Goods between branches and the end of a branch, in the console. The process brings {@code StockRequests} and {@code BranchClosing}. */
@Configuration(proxyBeanMethods = false)
@Import({StockRequestsController.class, BranchClosingController.class})
class StockConsole {
    @Bean
    MessageFile stockMessages() {
        return new MessageFile("messages_console_stock");
    }

    @Bean
    AccessTable stockAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/stock-proposals", Permission.STOCK_READ.roles()),
                AccessRow.roles(GET, "/console/api/stock-cases", Permission.STOCK_READ.roles()),
                AccessRow.roles(GET, "/console/api/stock-requests", Permission.STOCK_READ.roles()),
                AccessRow.roles(POST, "/console/api/stock-requests", Permission.PURCHASE_MAKE.roles()),
                AccessRow.roles(POST, "/console/api/stock-requests/{id}/withdraw", Permission.PURCHASE_MAKE.roles()),
                AccessRow.roles(GET, "/console/api/stores/{id}/closing", Permission.STORES_READ.roles()),
                AccessRow.roles(POST, "/console/api/stores/{id}/closing", Permission.STORES_ADD.roles()),
                AccessRow.roles(POST, "/console/api/stores/{id}/reopening", Permission.STORES_ADD.roles()));
    }
}
