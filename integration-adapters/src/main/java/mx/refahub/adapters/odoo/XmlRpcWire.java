package mx.refahub.adapters.odoo;

import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;

/** XML-RPC, Odoo 14 to 18 (19 answers it too). */
final class XmlRpcWire implements OdooWire {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    /** What Odoo numbers its faults with: odoo/http.py and the addon base's rpc.py. */
    private static final int WARNING = 2;

    private static final int ACCESS_DENIED = 3;
    private static final int ACCESS_ERROR = 4;
    /** Its marshaller knows no None: the method ran, its transaction is kept, and only its answer, which is nothing, cannot be written. */
    private static final String NOTHING = "cannot marshal None";

    private final OdooAccess access;

    XmlRpcWire(OdooAccess access) {
        this.access = access;
    }

    @Override
    public Request request(OdooCall call, long user) {
        return rpc("/xmlrpc/2/object", "execute_kw", OdooWire.executeKw(access.database(), user, access.key(), call));
    }

    @Override
    public Request login() {
        return rpc(
                "/xmlrpc/2/common", "authenticate", List.of(access.database(), access.login(), access.key(), Map.of()));
    }

    private static Request rpc(String path, String method, List<Object> parameters) {
        return new Request(path, "text/xml", Map.of(), XmlRpc.call(method, parameters));
    }

    @Override
    public @Nullable Object answer(int status, byte[] body) {
        if (status == NOT_FOUND) throw new OdooRefused(OdooRefused.Kind.MISSING, "");
        if (status != OK) throw Failure.retryable("Odoo respondió " + status, null);
        XmlRpc.Message answer;
        try {
            answer = XmlRpc.read(body);
        } catch (XMLStreamException e) {
            throw Failure.retryable("Odoo respondió sin XML completo", e);
        }
        if (answer.fault() == null) {
            if (answer.values().size() != 1) throw Failure.retryable("Odoo respondió sin valor", null);
            return answer.values().getFirst();
        }
        String text = answer.faultText();
        if (text.contains(NOTHING)) return null;
        throw switch (answer.fault()) {
            case WARNING ->
                OdooRefused.of(
                        text.contains("does not exist or has been deleted") ? "MissingError" : "UserError", text, 0);
            case ACCESS_DENIED -> OdooRefused.of("AccessDenied", text, 0);
            case ACCESS_ERROR -> OdooRefused.of("AccessError", text, 0);
            default -> OdooRefused.ofTraceback(text);
        };
    }
}
