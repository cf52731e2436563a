package mx.refahub.adapters.odoo;

import java.util.LinkedHashMap;
import java.util.Map;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** JSON-2, Odoo 19 and later. */
final class Json2Wire implements OdooWire {
    private static final int OK = 200;
    private final OdooAccess access;

    Json2Wire(OdooAccess access) {
        this.access = access;
    }

    @Override
    public Request request(OdooCall call, long user) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!call.ids().isEmpty()) body.put("ids", call.ids());
        body.putAll(call.arguments());
        if (!call.context().isEmpty()) body.put("context", call.context());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "bearer " + access.key());
        headers.put("X-Odoo-Database", access.database());
        return new Request(
                "/json/2/" + call.model() + "/" + call.method(),
                "application/json; charset=utf-8",
                headers,
                Json.bytes(body));
    }

    @Override
    public @Nullable Request login() {
        return null;
    }

    @Override
    public @Nullable Object answer(int status, byte[] body) {
        Object read;
        try {
            read = Json.read(body);
        } catch (JacksonException e) {
            switch (status) {
                case 401 -> throw new OdooRefused(OdooRefused.Kind.KEY, "");
                case 403 -> throw new OdooRefused(OdooRefused.Kind.ACCESS, "");
                case 404 -> throw new OdooRefused(OdooRefused.Kind.MISSING, "");
                default -> throw Failure.retryable("Odoo respondió " + status + " sin JSON completo", null);
            }
        }
        if (status == OK) return read;
        if (read instanceof Map<?, ?> said && said.get("name") instanceof String name)
            throw OdooRefused.of(name, said.get("message") instanceof String text ? text : null, status);
        throw Failure.retryable("Odoo respondió " + status, null);
    }
}
