package mx.refahub.hub.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.Secrets;
import mx.refahub.hub.registry.SecretTable.OtherRow;
import mx.refahub.hub.registry.SecretTable.SecretsRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fresh secrets for a store within its life: by themselves before they are old, and when somebody asks. The store fetches them with the old ones; the first sign-in with the new makes them the store's, and the
 * old ones end after a grace, their connections to the broker with them. Until that sign-in nothing has changed, so an answer may be lost as often as it likes.
 */
public final class StoreSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSecrets.class);
    public static final Duration LIFE = Duration.ofDays(90);
    /** Long enough for the delivery process to come back with the new password. */
    public static final Duration GRACE = Duration.ofMinutes(10);

    private static final String NEXT = "NEXT";
    private static final String FORMER = "FORMER";

    private final SecretTable table;
    private final StoreTable stores;
    private final AuditTrail audit;
    private final Secrets secrets;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Consumer<String> door;

    StoreSecrets(
            SecretTable table,
            StoreTable stores,
            AuditTrail audit,
            Secrets secrets,
            Clock clock,
            TransactionTemplate transaction,
            Consumer<String> door) {
        this.table = table;
        this.stores = stores;
        this.audit = audit;
        this.secrets = secrets;
        this.clock = clock;
        this.transaction = transaction;
        this.door = door;
    }

    /** The epoch that this secret signs in to; empty if it is none of the store's that count. */
    public OptionalInt signIn(StoreId store, String secret) {
        Optional<SecretsRow> row = table.secrets(store.value());
        if (row.isEmpty()) return OptionalInt.empty();
        if (Secrets.matches(secret, row.get().secretHash()))
            return OptionalInt.of(row.get().epoch());
        Instant now = clock.instant();
        for (OtherRow other : table.others(store.value())) {
            if (!Secrets.matches(secret, other.secretHash())) continue;
            if (other.state().equals(NEXT)) promote(store, secret);
            else if (!isValid(other, now)) return OptionalInt.empty();
            return OptionalInt.of(row.get().epoch());
        }
        return OptionalInt.empty();
    }

    private static boolean isValid(OtherRow former, Instant now) {
        Instant until = former.validUntil();
        return until != null && until.isAfter(now);
    }

    /** Whether the broker takes this password of the store, beside the present one. */
    boolean opensBroker(UUID store, String password) {
        Instant now = clock.instant();
        return table.others(store).stream()
                .filter(other -> other.state().equals(NEXT) || isValid(other, now))
                .anyMatch(other -> Secrets.matches(password, other.brokerPasswordHash()));
    }

    /** The store has shown that it has kept them. */
    private void promote(StoreId store, String secret) {
        UUID id = store.value();
        transaction.executeWithoutResult(status -> {
            SecretsRow now = table.lock(id).orElseThrow();
            Optional<OtherRow> next = table.others(id).stream()
                    .filter(other -> other.state().equals(NEXT) && Secrets.matches(secret, other.secretHash()))
                    .findFirst();
            // Two sign-ins at once: the other one has done it.
            if (next.isEmpty()) return;
            Instant at = clock.instant();
            table.keep(
                    id,
                    FORMER,
                    now.epoch(),
                    now.secretHash(),
                    now.brokerPasswordHash(),
                    now.tunnelTokenHash(),
                    at,
                    at.plus(GRACE));
            OtherRow fresh = next.get();
            table.promote(id, fresh.secretHash(), fresh.brokerPasswordHash(), fresh.tunnelTokenHash(), at);
            stores.renewEpochSecret(id, now.epoch(), fresh.secretHash());
            table.drop(id, NEXT);
            audit.record("store", "store-secrets-renewed", store.toString());
            LOG.info("secrets renewed store={} epoch={}", store, now.epoch());
        });
    }

    /** Whether the store should fetch fresh ones. Ends the grace of the old ones when it is over, too. */
    boolean due(StoreId store) {
        Instant now = clock.instant();
        Optional<SecretsRow> row = table.secrets(store.value());
        if (row.isEmpty()) return false;
        if (table.dropOver(store.value(), now) > 0) door.accept(row.get().brokerUser());
        Instant set = row.get().setAt();
        Instant asked = row.get().askedAt();
        return set == null || !now.isBefore(set.plus(LIFE)) || (asked != null && asked.isAfter(set));
    }

    /** Fresh ones for the store that is signed in; again and again until it has used them. Each time others. */
    public StoreTaken.FreshSecrets fresh(StoreId store) {
        String secret = secrets.next();
        String password = secrets.next();
        String tunnel = secrets.next();
        transaction.executeWithoutResult(status -> {
            SecretsRow row = table.lock(store.value()).orElseThrow();
            table.keep(
                    store.value(),
                    NEXT,
                    row.epoch(),
                    Secrets.hash(secret),
                    Secrets.hash(password),
                    Secrets.hash(tunnel),
                    clock.instant(),
                    null);
        });
        return new StoreTaken.FreshSecrets(secret, password, tunnel);
    }

    /** At its next heartbeat the store fetches fresh ones. Refusals: {@code store-unknown}. */
    public Outcome<Instant> ask(StoreId store, Person by) {
        Instant now = clock.instant();
        return transaction.execute(status -> {
            if (table.ask(store.value(), now) != 1) return Outcome.<Instant>refused("store-unknown");
            audit.record(by.id().toString(), "store-secrets-asked", store.toString());
            return Outcome.done(now);
        });
    }

    /** A new life, or a registration that was repeated, has brought secrets of its own. */
    void replaced(UUID store) {
        table.drop(store, NEXT);
        table.drop(store, FORMER);
        table.setAt(store, clock.instant());
    }
}
