package mx.refahub.routes;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The hub's broker: embedded unless {@code url} names one outside.
 *
 * @param url of an external broker or cluster, for example {@code tcp://mq1:61616,tcp://mq2:61616}; its operator then does what the embedded
 *     one does by itself (docs/operating.md)
 * @param user with which the hub signs in at the external broker
 * @param password of that user
 * @param dataDir journal, pages and large messages of the embedded broker
 * @param host on which the embedded broker listens for stores
 * @param port 0 takes a free one
 * @param advertisedUrl what a store is told at registration; null for {@code tcp://host:port}
 * @param minDiskFree below this the broker stops taking messages; the stores keep theirs
 * @param intakeConsumers frames of different stores that land at the same time
 * @param remindEvery how often stores are told again how far their documents have landed
 * @param announceEvery how often stream versions are looked at
 * @param applyEvery how often landed documents are looked for when no landing called
 */
@ConfigurationProperties(value = "refahub.broker", ignoreUnknownFields = false)
public record BrokerSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("data/hub/broker") Path dataDir,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("61616") int port,
        @Nullable String advertisedUrl,
        @DefaultValue("500MB") DataSize minDiskFree,
        @DefaultValue("4") int intakeConsumers,
        @DefaultValue("5s") Duration remindEvery,
        @DefaultValue("1s") Duration announceEvery,
        @DefaultValue("5s") Duration applyEvery) {
    public BrokerSettings {
        url = blankIsNull(url);
        user = blankIsNull(user);
        advertisedUrl = blankIsNull(advertisedUrl);
        if (url != null && (user == null || password == null))
            throw new IllegalArgumentException(
                    "refahub.broker.url is set: refahub.broker.user and refahub.broker.password must be too");
        if (host.isBlank()) throw new IllegalArgumentException("refahub.broker.host is empty");
        if (port < 0 || port > 65_535)
            throw new IllegalArgumentException("refahub.broker.port is " + port + ", not 0 to 65535");
        if (minDiskFree.toBytes() < 0) throw new IllegalArgumentException("refahub.broker.min-disk-free is negative");
        if (intakeConsumers < 1 || intakeConsumers > 64)
            throw new IllegalArgumentException(
                    "refahub.broker.intake-consumers is " + intakeConsumers + ", not 1 to 64");
        positive("remind-every", remindEvery);
        positive("announce-every", announceEvery);
        positive("apply-every", applyEvery);
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void positive(String key, Duration duration) {
        if (duration.toMillis() < 1)
            throw new IllegalArgumentException("refahub.broker." + key + " is " + duration + ", not positive");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerSettings[url=" + url + ", dataDir=" + dataDir + ", host=" + host + ", port=" + port + "]";
    }
}
