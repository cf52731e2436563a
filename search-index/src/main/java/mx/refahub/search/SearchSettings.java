package mx.refahub.search;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory where snapshots lie; each process has its own
 * @param timeLimit after which a search answers with what it has found so far
 */
@ConfigurationProperties(prefix = "refahub.search", ignoreUnknownFields = false)
public record SearchSettings(
        @DefaultValue("./data/search") Path directory,
        @DefaultValue("2s") Duration timeLimit) {
    public SearchSettings {
        if (timeLimit.toMillis() < 1)
            throw new IllegalArgumentException("refahub.search.time-limit is " + timeLimit + ", not positive");
    }
}
