package mx.refahub.store.hublink;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.hub.*}. How this store talks to its hub over HTTP. The hub's address is not here: the registration keeps it.
 *
 * @param connectTimeout until a connection stands
 * @param answerTimeout until an answer begins
 * @param stallTimeout a download that brings nothing for so long is given up, and taken up again later where it can be
 * @param heartbeat between two heartbeats
 */
public record HubSettings(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration answerTimeout,
        @DefaultValue("30s") Duration stallTimeout,
        @DefaultValue("30s") Duration heartbeat) {
    public HubSettings {
        positive("connect-timeout", connectTimeout);
        positive("answer-timeout", answerTimeout);
        positive("stall-timeout", stallTimeout);
        positive("heartbeat", heartbeat);
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1)
            throw new IllegalArgumentException("refahub.store.hub." + key + " is " + value + ", not positive");
    }
}
