package mx.refahub.routes.failure;

import java.util.Map;
import mx.refahub.domain.FailureKind;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes failures down: one line each, with a stack trace only for what our own code did wrong. */
public final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    /** Headers of a dead letter. */
    static final String ROUTE = "refahub_route";

    static final String KIND = "refahub_kind";
    static final String REASON = "refahub_reason";
    private static final int REASON_LENGTH = 500;

    public void note(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Throwable thrown,
            @ExchangeProperty(Exchange.FAILURE_ROUTE_ID) @Nullable String route) {
        if (thrown == null) return;
        FailureKind kind = Kind.of(thrown);
        if (kind == FailureKind.BUG) LOG.error("step failed route={} kind={}", route, kind, thrown);
        else LOG.warn("step failed route={} kind={} reason={}", route, kind, reason(thrown));
    }

    /** Names on the dead letter itself why it is dead. */
    public void tag(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Throwable thrown,
            @ExchangeProperty(Exchange.FAILURE_ROUTE_ID) @Nullable String route,
            @Headers Map<String, Object> headers) {
        headers.put(ROUTE, String.valueOf(route));
        headers.put(KIND, String.valueOf(thrown == null ? null : Kind.of(thrown)));
        headers.put(REASON, thrown == null ? "unknown" : reason(thrown));
    }

    /** The message and, where there is one, that of the first cause: the one in between is seldom news. */
    static String reason(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) first = first.getCause();
        String reason = first.equals(thrown) ? String.valueOf(thrown) : thrown.getMessage() + ": " + first;
        return reason.substring(0, Math.min(reason.length(), REASON_LENGTH));
    }
}
