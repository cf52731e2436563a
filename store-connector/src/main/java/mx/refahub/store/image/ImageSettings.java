package mx.refahub.store.image;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code refahub.images.*}: pictures of parts at a store.
 *
 * @param cache most disk that they may take; the one not looked at for longest goes first
 * @param patience how long a page waits for a picture that the hub has to bring; it comes all the same, for the next look
 * @param fresh how long it is believed which pictures a part has before the hub is asked again
 */
@ConfigurationProperties(prefix = "refahub.images", ignoreUnknownFields = false)
public record ImageSettings(
        @DefaultValue("2GB") DataSize cache,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("10m") Duration fresh) {
    public ImageSettings {
        if (cache.toMegabytes() < 1)
            throw new IllegalArgumentException("refahub.images.cache is " + cache + ", less than 1MB");
        if (!patience.isPositive() || !fresh.isPositive())
            throw new IllegalArgumentException("refahub.images.patience and .fresh must be positive");
    }
}
