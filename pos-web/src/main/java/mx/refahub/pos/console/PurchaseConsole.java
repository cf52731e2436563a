package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/**
 * Buying, in the console: its calls, its words and its pages. The process brings {@code Suppliers}, {@code SupplierCores}, {@code PurchaseOrders}, {@code OrderPapers}, {@code ReorderBoard}
 * and {@code SupplierInvoices}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    SuppliersController.class,
    SupplierCoresController.class,
    PurchaseOrdersController.class,
    OrderMailController.class,
    ReorderController.class,
    SupplierInvoicesController.class
})
class PurchaseConsole {
    private static final String ORDERS = "/console/api/purchase-orders";
    private static final String SUPPLIERS = "/console/api/suppliers";
    private static final String CORES = "/console/api/supplier-cores";
    private static final String INVENTORY = "/pos/api/inventory";
    private static final String INVOICES = "/console/api/supplier-invoices";

    @Bean
    MessageFile purchaseMessages() {
        return new MessageFile("messages_console_purchasing");
    }

    @Bean
    MessageFile buyingMessages() {
        return new MessageFile("messages_console_buying");
    }

    @Bean
    AccessTable purchaseAccess() {
        return () -> List.of(
                read(SUPPLIERS),
                make(PUT, SUPPLIERS + "/{id}"),
                make(POST, SUPPLIERS + "/{id}/archive"),
                make(POST, SUPPLIERS + "/{id}/bring-back"),
                read(SUPPLIERS + "/{id}/parts"),
                make(PUT, SUPPLIERS + "/{id}/parts"),
                make(DELETE, SUPPLIERS + "/{id}/parts"),
                make(PUT, SUPPLIERS + "/{id}/cores"),
                read(CORES),
                read(CORES + "/{supplier}"),
                make(POST, CORES + "/given/{id}/credit"),
                make(POST, CORES + "/given/{id}/settle"),
                make(POST, CORES + "/given/{id}/supplier"),
                read(ORDERS),
                read(ORDERS + "/{id}"),
                make(PUT, ORDERS + "/{id}"),
                AccessRow.roles(POST, ORDERS + "/{id}/approve", Permission.PURCHASE_APPROVE.roles()),
                make(POST, ORDERS + "/{id}/draft"),
                make(POST, ORDERS + "/{id}/send"),
                make(POST, ORDERS + "/{id}/close"),
                make(POST, ORDERS + "/{id}/cancel"),
                read(ORDERS + "/{id}/mail"),
                make(POST, ORDERS + "/{id}/mail"),
                read(ORDERS + "/{id}/file.csv"),
                read(ORDERS + "/{id}/file.pdf"),
                read("/console/api/purchase-differences"),
                make(POST, "/console/api/purchase-differences/{id}/settle"),
                read("/console/api/supplier-returns"),
                make(POST, INVENTORY + "/generate-alerts"),
                read(INVENTORY + "/reorder-alerts"),
                make(PUT, INVENTORY + "/reorder-alerts/{id}/acknowledge"),
                make(PUT, INVENTORY + "/reorder-alerts/{id}/snooze"),
                make(PUT, INVENTORY + "/reorder-alerts/{id}/resolve"),
                read(INVENTORY + "/reorder-suggest-po"),
                make(POST, INVENTORY + "/reorder-suggest-po"),
                make(PUT, "/console/api/stock/{part}/limits"),
                read(INVOICES),
                make(POST, INVOICES),
                read(INVOICES + "/{id}"),
                make(POST, INVOICES + "/{id}/order"),
                make(POST, INVOICES + "/{id}/parts"),
                make(POST, INVOICES + "/{id}/settle"),
                make(POST, INVOICES + "/{id}/expect"));
    }

    private static AccessRow read(String pattern) {
        return AccessRow.roles(GET, pattern, Permission.PURCHASE_READ.roles());
    }

    private static AccessRow make(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.PURCHASE_MAKE.roles());
    }
}
