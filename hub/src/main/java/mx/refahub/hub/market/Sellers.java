package mx.refahub.hub.market;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Reason;
import mx.refahub.domain.market.Grant;
import mx.refahub.domain.market.Grant.Tokens;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.MarketplaceKind;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.hub.access.SecretBox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Connections as marketplaces that can be spoken to, and their right to act for the seller. */
final class Sellers {
    private static final Logger LOG = LoggerFactory.getLogger(Sellers.class);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final int RANDOM_BYTES = 24;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int LOOKS = 80;
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final List<MarketplaceKind> kinds;
    private final Connections connections;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SecretBox box;
    private final SecureRandom random;
    private final Clock clock;
    private final ConcurrentHashMap<Connection, Marketplace> open = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, ReentrantLock> renewals = new ConcurrentHashMap<>();

    Sellers(
            List<MarketplaceKind> kinds,
            Connections connections,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            SecretBox box,
            SecureRandom random,
            Clock clock) {
        this.kinds = List.copyOf(kinds);
        this.connections = connections;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.box = box;
        this.random = random;
        this.clock = clock;
    }

    record Opened(Connection connection, MarketplaceKind kind, Marketplace market) {}

    List<Connection> all() {
        return kinds.stream()
                .flatMap(kind -> connections.of(kind.kind().name()).stream())
                .toList();
    }

    Optional<Opened> find(UUID id) {
        return connections
                .find(id)
                .flatMap(connection ->
                        kind(connection).map(kind -> new Opened(connection, kind, market(kind, connection))));
    }

    private Optional<MarketplaceKind> kind(Connection connection) {
        return kinds.stream()
                .filter(each -> each.kind().name().equals(connection.kind().name()))
                .findFirst();
    }

    Marketplace market(MarketplaceKind kind, Connection connection) {
        // What has been changed since is another key; the old one is of no more use.
        open.keySet().removeIf(each -> each.id().equals(connection.id()) && !each.equals(connection));
        return open.computeIfAbsent(connection, key -> {
            if (kind.authorise(key, NOWHERE, "").isEmpty()) anew(key.id());
            return kind.open(key, grant(key));
        });
    }

    Grant grant(Connection connection) {
        return new Kept(connection);
    }

    static final URI NOWHERE = URI.create("https://localhost");

    /** Where the right to act is typed into the connection, a changed connection is how a person lets us in again; after a start it costs one token. */
    private void anew(UUID connection) {
        jdbc.sql("""
                update market_seller
                set locked_why = null, access_token = null, expires_at = null, wait_until = null, renewal_until = null
                where connection_id = :id
                """).param("id", connection).update();
    }

    /** Its row, made when it is first asked for. */
    Row row(UUID connection) {
        jdbc.sql("""
                insert into market_seller (connection_id, hook)
                values (:id, :hook)
                on conflict (connection_id) do nothing
                """).param("id", connection).param("hook", secret()).update();
        return jdbc.sql(COLUMNS + "where connection_id = :id")
                .param("id", connection)
                .query(Sellers::row)
                .single();
    }

    Optional<Row> byHook(String hook) {
        return jdbc.sql(COLUMNS + "where hook = :hook")
                .param("hook", hook)
                .query(Sellers::row)
                .optional();
    }

    Optional<Row> byState(String state) {
        return jdbc.sql(COLUMNS + "where asked_state = :state")
                .param("state", state)
                .query(Sellers::row)
                .optional();
    }

    String secret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    record Row(
            UUID connection,
            String hook,
            String seller,
            String address,
            byte @Nullable [] access,
            byte @Nullable [] refresh,
            @Nullable Instant expiresAt,
            @Nullable Instant renewingAt,
            @Nullable String lockedWhy,
            @Nullable Instant authorisedAt,
            String authorisedBy,
            String orderCursor,
            @Nullable Instant waitUntil,
            String waitsFor) {}

    private static final String COLUMNS = """
        select connection_id, hook, seller, address, access_token, refresh_token, expires_at, renewing_at, locked_why, authorised_at, authorised_by,
            order_cursor, wait_until, waits_for
        from market_seller
        """;

    private static Row row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Row(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBytes(5),
                row.getBytes(6),
                instant(row.getObject(7, OffsetDateTime.class)),
                instant(row.getObject(8, OffsetDateTime.class)),
                row.getString(9),
                instant(row.getObject(10, OffsetDateTime.class)),
                row.getString(11),
                row.getString(12),
                instant(row.getObject(13, OffsetDateTime.class)),
                row.getString(14));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static byte[] owner(UUID id) {
        return ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** A person let us in. */
    void authorised(Connection connection, Tokens tokens, String by) {
        transaction.executeWithoutResult(status -> {
            keep(connection, tokens);
            // A renewal that is under way has nothing to say about these.
            jdbc.sql("""
                    update market_seller
                    set authorised_at = :now, authorised_by = :by, asked_state = null, renewal_until = null
                    where connection_id = :id
                    """)
                    .param("now", now())
                    .param("by", by)
                    .param("id", connection.id())
                    .update();
        });
    }

    private void keep(Connection connection, Tokens tokens) {
        byte[] owner = owner(connection.id());
        String refresh = tokens.refresh();
        jdbc.sql("""
                update market_seller
                set access_token = :access, refresh_token = coalesce(:refresh, refresh_token), expires_at = :expires, renewing_at = null, locked_why = null,
                    seller = case when :seller = '' then seller else :seller end, address = :address
                where connection_id = :id
                """)
                .param("access", box.close(tokens.access().getBytes(StandardCharsets.UTF_8), owner))
                .param(
                        "refresh",
                        refresh == null ? null : box.close(refresh.getBytes(StandardCharsets.UTF_8), owner),
                        java.sql.Types.BINARY)
                .param("expires", tokens.expiresAt().atOffset(ZoneOffset.UTC))
                .param("seller", tokens.seller())
                .param("address", connection.address().toString())
                .param("id", connection.id())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** The grant of one connection. */
    private final class Kept implements Grant {
        private final Connection connection;

        Kept(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Answer<Tokens> tokens(@Nullable String stale, Function<String, Answer<Tokens>> renew) {
            // Whoever waits for a marketplace inside of a transaction holds one of the few connections for as long as
            // it likes.
            if (TransactionSynchronizationManager.isActualTransactionActive())
                throw new IllegalStateException("a marketplace is asked inside of a transaction");
            Answer<Tokens> present = present(stale);
            if (present != null) return present;
            ReentrantLock here = renewals.computeIfAbsent(connection.id(), id -> new ReentrantLock());
            // One thread at a time; those that come meanwhile find the new token.
            here.lock();
            try {
                for (int looked = 0; looked < LOOKS; looked++) {
                    Answer<Tokens> renewed = present(stale);
                    if (renewed != null) return renewed;
                    OffsetDateTime mine = claimed();
                    if (mine != null) return renew(mine, stale, renew);
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
            } finally {
                here.unlock();
            }
            return new Answer.Limited<>(BUSY);
        }

        /** One process at a time. Whoever dies with it, or takes longer than it lasts, loses it by time; null: it is another's. */
        private @Nullable OffsetDateTime claimed() {
            return jdbc.sql("""
                            update market_seller
                            set renewal_until = clock_timestamp() + interval '1 minute'
                            where connection_id = :id
                            and coalesce(renewal_until, '-infinity') < clock_timestamp()
                            returning renewal_until
                            """)
                    .param("id", connection.id())
                    .query((row, n) -> row.getObject(1, OffsetDateTime.class))
                    .optional()
                    .orElse(null);
        }

        private void unclaimed(OffsetDateTime mine) {
            jdbc.sql("""
                    update market_seller
                    set renewal_until = null
                    where connection_id = :id
                    and renewal_until = :mine
                    """).param("id", connection.id()).param("mine", mine).update();
        }

        /** In a transaction: its row is ours until the end of it. */
        private boolean isStill(OffsetDateTime mine) {
            return jdbc.sql("""
                            select connection_id
                            from market_seller
                            where connection_id = :id
                            and renewal_until = :mine
                            for update
                            """)
                    .param("id", connection.id())
                    .param("mine", mine)
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .optional()
                    .isPresent();
        }

        /** What is kept, where it serves; null if it must be renewed. */
        private @Nullable Answer<Tokens> present(@Nullable String stale) {
            Row row = row(connection.id());
            if (row.lockedWhy() != null) return new Answer.Locked<>(row.lockedWhy());
            if (row.access() == null || row.expiresAt() == null) return null;
            if (!row.address().equals(connection.address().toString()))
                return new Answer.Locked<>("la dirección de la conexión cambió desde que se autorizó");
            if (row.expiresAt().isBefore(clock.instant().plus(LEAST))) return null;
            Tokens tokens = new Tokens(text(row.access()), null, row.expiresAt(), row.seller());
            return tokens.access().equals(stale) ? null : Answer.done(tokens);
        }

        private String text(byte[] closed) {
            return new String(box.open(closed, owner(connection.id())), StandardCharsets.UTF_8);
        }

        private Answer<Tokens> renew(
                OffsetDateTime mine, @Nullable String stale, Function<String, Answer<Tokens>> renew) {
            try {
                return asked(mine, stale, renew);
            } finally {
                unclaimed(mine);
            }
        }

        private Answer<Tokens> asked(
                OffsetDateTime mine, @Nullable String stale, Function<String, Answer<Tokens>> renew) {
            Row row = row(connection.id());
            // The refresh token may have been told to this address alone.
            boolean here = row.address().isEmpty()
                    || row.address().equals(connection.address().toString());
            String refresh = row.refresh() == null || !here ? "" : text(row.refresh());
            int begun = jdbc.sql("""
                    update market_seller
                    set renewing_at = :now
                    where connection_id = :id
                    and renewal_until = :mine
                    """)
                    .param("now", now())
                    .param("id", connection.id())
                    .param("mine", mine)
                    .update();
            if (begun == 0) return new Answer.Limited<>(BUSY);
            Answer<Tokens> answer = renew.apply(refresh);
            boolean ours = Boolean.TRUE.equals(transaction.execute(status -> {
                if (!isStill(mine)) return false;
                switch (answer) {
                    case Answer.Done<Tokens>(Tokens tokens) -> keep(connection, tokens);
                    case Answer.Refused<Tokens> refused -> lock(sentence(row, refused));
                    case Answer.Locked<Tokens>(String why) -> lock(why);
                    case Answer.Limited<Tokens> limited -> settled();
                    case Answer.Unreachable<Tokens>(String what, boolean maybe) -> {
                        if (!maybe) settled();
                    }
                }
                return true;
            }));
            if (!ours) {
                // It took too long, and somebody else has renewed it or does: what is there holds, not this answer.
                LOG.warn("renewal of a marketplace's token came too late connection={}", connection.id());
                Answer<Tokens> there = present(stale);
                return there == null ? new Answer.Limited<>(BUSY) : there;
            }
            if (answer instanceof Answer.Done<Tokens>(Tokens tokens))
                return Answer.done(new Tokens(
                        tokens.access(),
                        tokens.refresh(),
                        tokens.expiresAt(),
                        tokens.seller().isEmpty() ? row.seller() : tokens.seller()));
            return answer instanceof Answer.Refused<Tokens> refused
                    ? new Answer.Locked<>(sentence(row, refused))
                    : answer;
        }

        private String sentence(Row row, Answer.Refused<Tokens> refused) {
            List<Reason> reasons = refused.reasons();
            if (row.refresh() == null && row.access() == null) return "";
            return row.renewingAt() == null
                    ? reasons.getFirst().text()
                    : "se perdió la respuesta de una renovación y el permiso sirve una sola vez: "
                            + reasons.getFirst().text();
        }

        private void lock(String why) {
            // Where nobody has let us in yet there is nothing to lock.
            if (why.isEmpty()) {
                settled();
                return;
            }
            LOG.warn("marketplace locked us out connection={} reason={}", connection.id(), why);
            jdbc.sql("""
                    update market_seller
                    set locked_why = :why, renewing_at = null
                    where connection_id = :id
                    """).param("why", why).param("id", connection.id()).update();
        }

        private void settled() {
            jdbc.sql("""
                    update market_seller
                    set renewing_at = null
                    where connection_id = :id
                    """).param("id", connection.id()).update();
        }
    }
}
