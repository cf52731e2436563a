package mx.refahub.adapters.amazon;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Grant;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Marketplace.Change;
import mx.refahub.domain.market.Offer;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.part.PartId;
import org.jspecify.annotations.Nullable;

/** A seller with his connection to the simulator, as the hub would open it. */
final class Seller {
    /** Moves when told to. */
    static final class Hours extends Clock {
        Instant now = Instant.parse("2026-11-20T16:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Keeps a token in memory, as the hub does in its table. */
    static final class Kept implements Grant {
        private final Clock clock;
        private @Nullable Tokens held;
        int renewed;

        Kept(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Answer<Tokens> tokens(@Nullable String stale, Function<String, Answer<Tokens>> renew) {
            Tokens have = held;
            if (have != null
                    && !have.access().equals(stale)
                    && clock.instant().plusSeconds(60).isBefore(have.expiresAt())) return Answer.done(have);
            renewed++;
            Answer<Tokens> fresh = renew.apply("");
            if (fresh instanceof Answer.Done<Tokens>(Tokens tokens)) held = tokens;
            return fresh;
        }
    }

    private Seller() {}

    static Connection connection(URI simulator, boolean restricted) {
        return connection(simulator, Map.of(Amazon.RESTRICTED, Boolean.toString(restricted)));
    }

    static Connection connection(URI simulator, Map<String, String> given) {
        Map<String, String> settings = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        Amazon kind = new Amazon(Clock.systemUTC());
        for (Field field : kind.kind().fields())
            if (!field.preset().isEmpty()) settings.put(field.name(), field.preset());
        settings.put(Amazon.APPLICATION, "amzn1.application-oa2-client.refahub");
        settings.put(Amazon.SELLER, "A3TH9S8BH6GOGM");
        settings.putAll(given);
        secrets.put(Amazon.APPLICATION_SECRET, "secreto");
        secrets.put(Amazon.REFRESH_TOKEN, "Atzr|vendedor");
        secrets.put(Amazon.NOTIFICATION_KEY, "llave");
        return new Connection(
                new UUID(0, given.hashCode()), kind.kind(), "Amazon México", simulator, settings, secrets);
    }

    static Offer offer(String sku) {
        return new Offer(
                new PartId(new UUID(0, 7)),
                sku,
                "Balata delantera cerámica Fritec 7974-D1045",
                "Balata cerámica delantera, juego de cuatro.",
                "Fritec",
                "7974-D1045",
                "7505433001844",
                "Frenos/Balatas",
                "",
                Money.mxn(48_900),
                6,
                List.of("https://refahub.example/fotos/7974-1.webp", "https://refahub.example/fotos/7974-2.webp"),
                Map.of("color", "Negro", "unit_count", "[{\"value\":4,\"type\":{\"value\":\"Count\"}}]"),
                List.of());
    }

    static List<Change> stock(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> new Change("SKU-" + i, "SKU-" + i, (long) i, i % 2 == 0 ? Money.mxn(10_000 + i) : null))
                .toList();
    }

    static <T> T done(Answer<T> answer) {
        if (answer instanceof Answer.Done<T>(T value)) return value;
        throw new AssertionError("not done: " + answer);
    }

    static Marketplace open(Amazon amazon, URI simulator, Grant grant, boolean restricted) {
        return amazon.open(connection(simulator, restricted), grant);
    }

    static Amazon quick(Clock clock) {
        return new Amazon(clock, Duration.ofSeconds(10), Duration.ofMillis(2));
    }

    static List<String> texts(Answer<?> answer) {
        return answer instanceof Answer.Refused<?>(List<Answer.Reason> reasons)
                ? new ArrayList<>(reasons.stream().map(Answer.Reason::text).toList())
                : List.of();
    }
}
