package mx.refahub.batch;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param folder where the files of runs are kept
 * @param threads jobs that may run at the same time
 */
@ConfigurationProperties(prefix = "refahub.batch", ignoreUnknownFields = false)
public record BatchSettings(
        @DefaultValue("./data/hub/runs") Path folder,
        @DefaultValue("2") int threads) {
    public BatchSettings {
        if (threads < 1 || threads > 32)
            throw new IllegalArgumentException("refahub.batch.threads is " + threads + ", not 1 to 32");
    }
}
