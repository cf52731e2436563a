package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.http.HttpMethod;

/** Every call about what comes back with the permission that it needs. */
final class ReturnsAccess implements AccessTable {
    @Override
    public List<AccessRow> rows() {
        return List.of(
                row(POST, "/pos/api/returnable", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/returns", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/returns/unproven", Permission.SALE_MAKE),
                row(GET, "/pos/api/parts/{part}/worth", Permission.SALE_MAKE),
                row(POST, "/pos/api/return-notes", Permission.SALE_MAKE));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
