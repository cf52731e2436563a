package mx.refahub.adapters.odoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of Odoo that answers. */
interface OdooCalls {
    /**
     * @return what the method answered: null, or plain values as in {@link OdooCall}
     * @throws OdooRefused it said no, and nothing was done
     * @throws mx.refahub.domain.Failure {@code RETRYABLE}: it cannot be reached, or did not say what it did: who wrote has to look before writing again
     */
    @Nullable
    Object execute(OdooCall call);

    /** Its major version: 14 and up. */
    int version();

    default List<OdooRecord> records(OdooCall call) {
        List<OdooRecord> found = new ArrayList<>();
        if (execute(call) instanceof List<?> rows)
            for (Object row : rows) if (row instanceof Map<?, ?> values) found.add(OdooRecord.of(call.model(), values));
        return found;
    }

    /** The ids that {@code create} answered, in the order of its values. */
    default List<Long> ids(OdooCall call) {
        Object answer = execute(call);
        List<Long> ids = new ArrayList<>();
        if (answer instanceof List<?> list) for (Object each : list) ids.add(((Number) each).longValue());
        else if (answer instanceof Number one) ids.add(one.longValue());
        return ids;
    }
}
