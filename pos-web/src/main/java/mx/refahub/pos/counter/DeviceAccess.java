package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.http.HttpMethod;

/** Every call about devices with the permission that it needs. */
final class DeviceAccess implements AccessTable {
    @Override
    public List<AccessRow> rows() {
        return List.of(
                row(GET, "/pos/api/devices", Permission.DEVICES_SEE),
                row(GET, "/pos/api/devices/events", Permission.DEVICES_SEE),
                row(GET, "/pos/api/devices/choices", Permission.DEVICES_MANAGE),
                row(POST, "/pos/api/devices", Permission.DEVICES_MANAGE),
                row(PUT, "/pos/api/devices/{id}", Permission.DEVICES_MANAGE),
                row(DELETE, "/pos/api/devices/{id}", Permission.DEVICES_MANAGE),
                row(POST, "/pos/api/devices/{id}/test", Permission.DEVICES_SEE),
                row(POST, "/pos/api/devices/{id}/strip", Permission.DEVICES_SEE),
                row(POST, "/pos/api/devices/{id}/drawer", Permission.DRAWER_OPEN),
                row(GET, "/pos/api/devices/{id}/simulation", Permission.DEVICES_SEE),
                row(POST, "/pos/api/devices/{id}/simulation", Permission.DEVICES_MANAGE),
                row(GET, "/pos/api/registers/{id}/drawer", Permission.DRAWER_OPEN),
                row(POST, "/pos/api/registers/{id}/drawer", Permission.DRAWER_OPEN),
                row(GET, "/pos/api/registers/{id}/weight", Permission.SALE_MAKE),
                row(GET, "/pos/api/registers/{id}/display", Permission.SALE_MAKE),
                row(POST, "/pos/api/labels", Permission.LABELS_PRINT));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
