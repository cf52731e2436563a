package mx.refahub.domain.alert;

import java.util.Map;

/** How many messages wait at the hub's broker. */
@FunctionalInterface
public interface QueueDepths {
    /**
     * By queue, those with something in them only. A broker outside is its operator's to watch.
     *
     * @throws mx.refahub.domain.Failure {@code RETRYABLE}: it cannot be told now
     */
    Map<String, Long> depths();
}
