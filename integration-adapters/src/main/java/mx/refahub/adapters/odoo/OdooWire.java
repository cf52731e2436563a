package mx.refahub.adapters.odoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A protocol: how a call is written and its answer read. */
interface OdooWire {
    /** @param headers beside {@code Content-Type} */
    record Request(String path, String contentType, Map<String, String> headers, byte[] body) {}

    /** @param user whom {@link #login} answered; of no account to JSON-2 */
    Request request(OdooCall call, long user);

    /** Null: this protocol has no signing in. The answer is the user's number, or false. */
    @Nullable
    Request login();

    /**
     * @throws OdooRefused the server said no
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} where that is no answer, or none that says what happened
     */
    @Nullable
    Object answer(int status, byte[] body);

    /** In {@code execute_kw} these come by place, as {@code create} of 14 to 18 wants its first; the others by name. */
    Set<String> BY_PLACE = Set.of("domain", "vals_list", "vals");

    /** The arguments of {@code execute_kw}: by place, then by name. */
    static List<Object> executeKw(String database, long user, String key, OdooCall call) {
        List<Object> byPlace = new ArrayList<>();
        if (!call.ids().isEmpty()) byPlace.add(call.ids());
        Map<String, Object> byName = new LinkedHashMap<>();
        call.arguments().forEach((name, value) -> {
            if (BY_PLACE.contains(name)) byPlace.add(value);
            else byName.put(name, value);
        });
        if (!call.context().isEmpty()) byName.put("context", call.context());
        List<Object> all = new ArrayList<>(List.of(database, user, key, call.model(), call.method(), byPlace));
        if (!byName.isEmpty()) all.add(byName);
        return all;
    }
}
