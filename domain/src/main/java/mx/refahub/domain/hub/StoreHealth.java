package mx.refahub.domain.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Capability;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.Heartbeat;
import org.jspecify.annotations.Nullable;

/** How each store is, as its heartbeats told it, now and before; its secrets; and what it answered to orders. Implemented at the hub over PostgreSQL. */
public interface StoreHealth {
    Optional<View> of(StoreId store);

    /**
     * @param at of the heartbeat; null before the first
     * @param level the worst of the capabilities; null from a store that does not tell
     * @param newer documents that wait because this hub is older than the store
     * @param secretsSetAt since when it signs in with what it has now
     * @param secretsAskedAt when somebody asked for fresh ones; null if nobody has since
     */
    record View(
            @Nullable Instant at,
            Capability.@Nullable Level level,
            List<Capability> capabilities,
            String version,
            long waiting,
            long diskFreeBytes,
            long clockOffsetMillis,
            @Nullable Instant backupAt,
            long newer,
            @Nullable Instant secretsSetAt,
            @Nullable Instant secretsAskedAt) {}

    /** How its own routes did when it last told; empty from a store that does not. */
    default List<Heartbeat.RouteFigures> routes(StoreId store) {
        return List.of();
    }

    /** Newest first; one when something changed, else one in ten minutes; thirty days. */
    List<Beat> past(StoreId store, int most);

    /** @param troubles kinds and reasons of what was not ready, in one line */
    record Beat(
            Instant at,
            String level,
            String version,
            long waiting,
            long diskFreeBytes,
            long clockOffsetMillis,
            String troubles) {}

    /** Fresh secrets at the next heartbeat. Refusals: {@code store-unknown}. Audited. */
    Outcome<Instant> renewSecrets(StoreId store, Person by);

    /** Orders of the console, newest first, with what the store answered. */
    List<Ordered> orders(StoreId store, int most);

    /**
     * @param answeredAt null while the store has not answered
     * @param exit as the command line's status; null likewise
     * @param attached whether it sent a file along
     */
    record Ordered(
            UUID command,
            String kind,
            Instant at,
            String by,
            @Nullable Instant answeredAt,
            @Nullable Integer exit,
            List<String> lines,
            boolean attached) {}

    /** The file that came with an answer. */
    Optional<byte[]> attachment(StoreId store, UUID command);
}
