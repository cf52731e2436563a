package mx.refahub.routes.failure;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    /** The queue that it came from. */
    static final String HOME = "refahub_home";
    /** As whom its sender had signed in; believed of the hub alone. */
    public static final String SENDER = "refahub_sender";

    private static final Pattern QUEUE = Pattern.compile("^[a-z]+:/*queue:([^?]+)");
    static final String DESTINATION = "JMSDestination";
    static final String VALIDATED_USER = "JMSXUserID";
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
            @Headers Map<String, Object> headers,
            Exchange exchange) {
        Object sender = headers.remove(VALIDATED_USER);
        if (sender != null) headers.put(SENDER, sender.toString());
        Object destination = headers.remove(DESTINATION);
        home(destination, exchange).ifPresent(home -> headers.put(HOME, home));
        headers.put(ROUTE, String.valueOf(route));
        headers.put(KIND, String.valueOf(thrown == null ? null : Kind.of(thrown)));
        headers.put(REASON, thrown == null ? "unknown" : reason(thrown));
    }

    /** The queue that its route listens to; where that stands behind a wildcard, by the address that the message was sent to. */
    private static Optional<String> home(@Nullable Object destination, Exchange exchange) {
        if (exchange.getFromEndpoint() == null) return Optional.empty();
        Matcher listening = QUEUE.matcher(exchange.getFromEndpoint().getEndpointUri());
        if (!listening.find()) return Optional.empty();
        String queue = listening.group(1).replace("%23", "#");
        if (!queue.contains("#")) return Optional.of(queue);
        try {
            return destination instanceof Queue sentTo && queue.contains("::")
                    ? Optional.of(sentTo.getQueueName() + queue.substring(queue.indexOf("::")))
                    : Optional.empty();
        } catch (JMSException e) {
            LOG.debug("destination without a name", e);
            return Optional.empty();
        }
    }

    /** MyBatis writes where the statement stands, and the statement: nothing that helps who reads it in a list. */
    private static String plain(@Nullable String message) {
        return String.valueOf(message)
                .strip()
                .replaceFirst("(?s)^### .*?Cause: ", "")
                .replaceFirst("(?s)\\s*### .*", "");
    }

    /** The message and, where there is one, that of the first cause: the one in between is seldom news. */
    static String reason(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) first = first.getCause();
        String reason = first.equals(thrown) ? String.valueOf(thrown) : plain(thrown.getMessage()) + ": " + first;
        return reason.substring(0, Math.min(reason.length(), REASON_LENGTH));
    }
}
