package mx.refahub.pos.console;

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

/** The accountant's pages: their calls and their words. */
@Configuration(proxyBeanMethods = false)
@Import({
    AccountingController.class,
    DeliveriesController.class,
    ErpCustomersController.class,
    ErpImportsController.class,
    ReportsController.class
})
class AccountingConsole {
    @Bean
    MessageFile accountingMessages() {
        return new MessageFile("messages_console_accounting");
    }

    @Bean
    MessageFile depositMessages() {
        return new MessageFile("messages_console_deposits");
    }

    @Bean
    MessageFile deliveriesMessages() {
        return new MessageFile("messages_console_deliveries");
    }

    @Bean
    AccessTable accountingAccess() {
        return () -> List.of(
                row(GET, "/console/api/accounting", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/{target}/accounts", Permission.ACCOUNTING_EXPORT),
                row(PUT, "/console/api/accounting/{target}/accounts", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/{target}/deliveries", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/{target}/codes", Permission.ACCOUNTING_EXPORT),
                row(PUT, "/console/api/accounting/{target}/codes", Permission.ACCOUNTING_EXPORT),
                row(POST, "/console/api/accounting/{target}/deliveries/again", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/{target}/customers", Permission.ACCOUNTING_EXPORT),
                row(POST, "/console/api/accounting/{target}/customers/take", Permission.ACCOUNTING_EXPORT),
                row(POST, "/console/api/accounting/{target}/customers/leave", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/{target}/incoming", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/{target}/incoming/{subject}/file", Permission.ACCOUNTING_EXPORT),
                row(POST, "/console/api/accounting/{target}/incoming/{subject}", Permission.JOBS_RUN),
                row(GET, "/console/api/accounting/{target}/way", Permission.ACCOUNTING_EXPORT),
                row(PUT, "/console/api/accounting/{target}/way", Permission.ACCOUNTING_EXPORT),
                row(POST, "/console/api/accounting/exports", Permission.ACCOUNTING_EXPORT),
                row(POST, "/console/api/accounting/exports/{run}/again", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/accounting/exports/{run}/files/{name}", Permission.ACCOUNTING_EXPORT),
                row(GET, "/console/api/reports/{report}", Permission.REPORTS_READ),
                row(GET, "/console/api/reports/{report}/file", Permission.REPORTS_READ));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
