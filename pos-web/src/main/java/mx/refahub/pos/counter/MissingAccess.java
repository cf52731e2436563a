package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.http.HttpMethod;

/** Every call about what the catalogue lacks with the permission that it needs. */
final class MissingAccess implements AccessTable {
    @Override
    public List<AccessRow> rows() {
        return List.of(
                row(POST, "/pos/api/tickets/{id}/misc", Permission.SALE_MAKE),
                row(POST, "/pos/api/parts", Permission.SALE_MAKE),
                row(GET, "/pos/api/parts", Permission.SALE_MAKE),
                row(POST, "/pos/api/lost-sales", Permission.SALE_MAKE));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
