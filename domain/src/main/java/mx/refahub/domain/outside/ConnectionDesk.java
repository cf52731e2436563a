package mx.refahub.domain.outside;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Connections as an administrator makes them. No secret ever comes out of here. Every act is audited. */
public interface ConnectionDesk {
    int LONGEST_NAME = 60;

    /**
     * @param local a person says that it stands in the company's own network; else only public addresses are taken
     * @param secrets those that were typed; of a kept one nothing
     */
    record Draft(
            String kind,
            String name,
            String address,
            boolean local,
            boolean enabled,
            Map<String, String> settings,
            Map<String, String> secrets) {
        public Draft {
            settings = Map.copyOf(settings);
            secrets = Map.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "Draft[" + kind + " " + name + "]";
        }
    }

    /** @param says what the system told about itself; empty where it did not work @param trouble why it did not work */
    record Tried(Instant at, String says, @Nullable Refusal trouble) {}

    /** @param kept names of secrets that are there */
    record Shown(
            UUID id,
            String kind,
            String name,
            String address,
            boolean local,
            boolean enabled,
            Map<String, String> settings,
            Set<String> kept,
            Instant changedAt,
            String changedBy,
            @Nullable Tried tried) {
        public Shown {
            settings = Map.copyOf(settings);
            kept = Set.copyOf(kept);
        }
    }

    /** What can be connected, in the order of a screen. */
    List<OutsideKind> kinds();

    List<Shown> all();

    /**
     * Refusals: {@code connection-kind-unknown}; {@code connection-name-invalid}; {@code connection-name-taken}; {@code connection-kind-taken};
     * {@code connection-address-wrong}; {@code connection-address-plain}: without TLS to the Internet; {@code connection-address-private};
     * {@code connection-address-loopback}; {@code connection-field-missing}; {@code connection-field-wrong}.
     */
    Outcome<Shown> add(Draft draft, Person by);

    /**
     * Its kind stays. Refusals: as {@link #add}, {@code connection-unknown}, and {@code connection-secrets-anew}: the address leads to another
     * machine, so kept secrets must be typed again rather than told to it.
     */
    Outcome<Shown> change(UUID id, Draft draft, Person by);

    /** Refusals: {@code connection-unknown}; {@code connection-in-use}: what was exchanged over it is still kept. */
    Outcome<Boolean> remove(UUID id, Person by);

    /** Speaks to the system and keeps how it went. Refusals: {@code connection-unknown}. */
    Outcome<Shown> probe(UUID id, Person by);
}
