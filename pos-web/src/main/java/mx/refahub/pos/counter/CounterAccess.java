package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.EnumSet;
import java.util.List;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.http.HttpMethod;

/** Every call of the counter with the permission that it needs. */
final class CounterAccess implements AccessTable {
    @Override
    public List<AccessRow> rows() {
        return List.of(
                AccessRow.open(GET, "/service-worker.js").alsoBeforeSetup(),
                AccessRow.open(GET, "/api/setup").alsoBeforeSetup(),
                AccessRow.open(POST, "/api/setup").alsoBeforeSetup().withoutCsrf(),
                AccessRow.open(POST, "/api/setup/printer").alsoBeforeSetup().withoutCsrf(),
                AccessRow.open(POST, "/api/setup/replacement").alsoBeforeSetup().withoutCsrf(),
                AccessRow.open(GET, "/pos/api/session").alsoBeforeSetup(),
                AccessRow.open(POST, "/pos/api/session"),
                AccessRow.open(POST, "/pos/api/session/redeem"),
                AccessRow.open(DELETE, "/pos/api/session"),
                AccessRow.open(GET, "/pos/api/people"),
                AccessRow.signedIn(GET, "/pos/api/events"),
                row(GET, "/pos/api/registers", Permission.SALES_SEE),
                row(POST, "/pos/api/registers/{id}/sessions", Permission.CASH_OPEN),
                row(POST, "/pos/api/registers/{id}/ticket", Permission.SALE_MAKE),
                row(GET, "/pos/api/registers/{id}/sales", Permission.SALES_SEE),
                row(GET, "/pos/api/tickets/{id}", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/lines", Permission.SALE_MAKE),
                row(PUT, "/pos/api/tickets/{id}/lines/{line}", Permission.SALE_MAKE),
                row(DELETE, "/pos/api/tickets/{id}/lines/{line}", Permission.SALE_MAKE),
                row(PUT, "/pos/api/tickets/{id}/lines/{line}/note", Permission.SALE_MAKE),
                row(PUT, "/pos/api/tickets/{id}/lines/{line}/discount", Permission.SALE_MAKE),
                row(PUT, "/pos/api/tickets/{id}/discount", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/park", Permission.SALE_MAKE),
                row(GET, "/pos/api/parked", Permission.SALE_MAKE),
                row(DELETE, "/pos/api/parked/{ticket}", Permission.SALE_MAKE),
                row(POST, "/pos/api/registers/{id}/recall/{ticket}", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/payment", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/payment/preview", Permission.SALE_MAKE),
                row(GET, "/pos/api/invoices", Permission.SALES_SEE),
                row(GET, "/pos/api/invoices/tables", Permission.SALES_SEE),
                row(POST, "/pos/api/invoices/sale", Permission.SALES_SEE),
                row(POST, "/pos/api/invoices/rfc", Permission.INVOICE_REQUEST),
                row(POST, "/pos/api/sales/{id}/invoice", Permission.INVOICE_REQUEST),
                row(GET, "/pos/api/sales/{id}", Permission.SALES_SEE),
                row(POST, "/pos/api/sales/{id}/reprint", Permission.SALE_REPRINT),
                row(GET, "/pos/api/paper", Permission.DEVICES_SEE),

                // cash
                row(GET, "/pos/api/cash/sessions/{id}", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/sessions/{id}/cashier", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/sessions/{id}/movements", Permission.CASH_RUN),
                row(GET, "/pos/api/cash/sessions/{id}/x", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/sessions/{id}/x", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/tally", Permission.CASH_RUN),
                row(GET, "/pos/api/cash/sessions/{id}/count", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/sessions/{id}/count", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/sessions/{id}/z", Permission.CASH_RUN),
                row(POST, "/pos/api/cash/sessions/{id}/reopening", Permission.CASH_REOPEN),
                row(GET, "/pos/api/cash/sessions/{id}/journal", Permission.CASH_SEE),
                row(GET, "/pos/api/cash/zs", Permission.CASH_RUN, Permission.CASH_SEE),
                row(GET, "/pos/api/cash/zs/{id}", Permission.CASH_RUN, Permission.CASH_SEE),
                row(POST, "/pos/api/cash/zs/{id}/reprint", Permission.CASH_RUN, Permission.CASH_SEE),
                row(GET, "/pos/api/cash/days", Permission.CASH_SEE),
                row(POST, "/pos/api/cash/days/{day}/print", Permission.CASH_SEE));
    }

    /** For whoever has any of them. */
    private static AccessRow row(HttpMethod method, String pattern, Permission one, Permission other) {
        EnumSet<Role> roles = EnumSet.copyOf(one.roles());
        roles.addAll(other.roles());
        return AccessRow.roles(method, pattern, roles);
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
