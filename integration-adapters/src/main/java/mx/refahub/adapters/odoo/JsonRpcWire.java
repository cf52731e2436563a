package mx.refahub.adapters.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** JSON-RPC, Odoo 14 to 18 (19 answers it too). Every answer but a proxy's is 200. */
final class JsonRpcWire implements OdooWire {
    private static final int OK = 200;
    private static final int SESSION_EXPIRED = 100;
    private static final int NOT_FOUND = 404;
    private final OdooAccess access;

    JsonRpcWire(OdooAccess access) {
        this.access = access;
    }

    @Override
    public Request request(OdooCall call, long user) {
        return rpc("object", "execute_kw", OdooWire.executeKw(access.database(), user, access.key(), call));
    }

    @Override
    public Request login() {
        return rpc("common", "authenticate", List.of(access.database(), access.login(), access.key(), Map.of()));
    }

    /** What the server is; nobody needs to be signed in for it. */
    static Request version() {
        return rpc("common", "version", List.of());
    }

    private static Request rpc(String service, String method, List<Object> arguments) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("service", service);
        call.put("method", method);
        call.put("args", arguments);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("jsonrpc", "2.0");
        body.put("method", "call");
        body.put("params", call);
        body.put("id", 1);
        return new Request("/jsonrpc", "application/json", Map.of(), Json.bytes(body));
    }

    @Override
    public @Nullable Object answer(int status, byte[] body) {
        return read(status, body);
    }

    static @Nullable Object read(int status, byte[] body) {
        if (status == NOT_FOUND) throw new OdooRefused(OdooRefused.Kind.MISSING, "");
        if (status != OK) throw Failure.retryable("Odoo respondió " + status, null);
        Object read;
        try {
            read = Json.read(body);
        } catch (JacksonException e) {
            throw Failure.retryable("Odoo respondió sin JSON completo", e);
        }
        if (!(read instanceof Map<?, ?> answer))
            throw Failure.retryable("Odoo respondió algo que no es JSON-RPC", null);
        if (!(answer.get("error") instanceof Map<?, ?> error)) {
            // A method that gives nothing back has no result at all in it.
            return answer.get("result");
        }
        if (error.get("code") instanceof Number code && code.intValue() == SESSION_EXPIRED)
            throw new OdooRefused(OdooRefused.Kind.KEY, "");
        if (error.get("data") instanceof Map<?, ?> data && data.get("name") instanceof String name)
            throw OdooRefused.of(name, data.get("message") instanceof String text ? text : null, 0);
        throw new OdooRefused(OdooRefused.Kind.SERVER, "");
    }
}
