package mx.refahub.pos.console;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.StoreHealth;
import mx.refahub.domain.store.Capability;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;

/** Every store has little room on its disk, and has sent one bundle. */
final class FakeStoreHealth implements StoreHealth {
    static final UUID ORDER = UUID.fromString("01890000-0000-7000-8000-0000000000f1");
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    @Override
    public Optional<View> of(StoreId store) {
        return Optional.of(new View(
                AT,
                Capability.Level.DEGRADED,
                List.of(
                        new Capability(Capability.Kind.SELL, Capability.Level.READY, ""),
                        new Capability(Capability.Kind.DISK, Capability.Level.DEGRADED, "disk-low")),
                "1.4.0",
                12,
                1_500_000_000L,
                -1_200,
                AT,
                3,
                AT,
                null));
    }

    @Override
    public List<Beat> past(StoreId store, int most) {
        return List.of(
                new Beat(AT, "DEGRADED", "1.4.0", 12, 1_500_000_000L, -1_200, "disk:disk-low"),
                new Beat(AT.minusSeconds(600), "READY", "1.4.0", 0, 3_000_000_000L, -1_000, ""));
    }

    @Override
    public Outcome<Instant> renewSecrets(StoreId store, Person by) {
        return Outcome.done(AT);
    }

    @Override
    public List<Ordered> orders(StoreId store, int most) {
        return List.of(new Ordered(
                ORDER, "support_bundle", AT, "Ana", AT.plusSeconds(3), 0, List.of("paquete de soporte, 12 KiB"), true));
    }

    @Override
    public Optional<byte[]> attachment(StoreId store, UUID command) {
        return command.equals(ORDER) ? Optional.of("PK".getBytes(StandardCharsets.US_ASCII)) : Optional.empty();
    }
}
