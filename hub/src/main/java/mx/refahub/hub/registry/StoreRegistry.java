package mx.refahub.hub.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.hub.ConsoleAccess.OneTimeCode;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.People;
import mx.refahub.hub.access.Secrets;
import mx.refahub.hub.registry.StoreTable.StoreRow;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The stores that this hub knows. */
public final class StoreRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRegistry.class);
    private final StoreTable table;
    private final People people;
    private final Publications publications;
    private final AuditTrail audit;
    private final Secrets secrets;
    private final IdSource ids;
    private final Clock clock;
    private final JsonMapper json;
    private final Lives lives;
    private final StoreSecrets storeSecrets;
    private final PostgresStoreHealth health;
    private final TransactionTemplate transaction;

    StoreRegistry(
            StoreTable table,
            People people,
            Publications publications,
            AuditTrail audit,
            Secrets secrets,
            IdSource ids,
            Clock clock,
            JsonMapper json,
            Lives lives,
            StoreSecrets storeSecrets,
            PostgresStoreHealth health,
            TransactionTemplate transaction) {
        this.lives = lives;
        this.storeSecrets = storeSecrets;
        this.health = health;
        this.table = table;
        this.people = people;
        this.publications = publications;
        this.audit = audit;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
        this.transaction = transaction;
    }

    /** All secrets are in here once and nowhere after. */
    public record Registered(
            StoreId id,
            String slug,
            int epoch,
            long hubEpoch,
            int tunnelPort,
            String tunnelToken,
            String secret,
            String brokerUser,
            String brokerPassword,
            List<Register> registers,
            String cashierUser,
            OneTimeCode cashierCode) {
        /** Never the secrets. */
        @Override
        public String toString() {
            return "Registered[" + id + ", " + slug + "]";
        }
    }

    public record Register(UUID id, String name, String prefix) {}

    /**
     * Registers a store. When the answer was lost and the same store (same key and code) asks again before it has sent anything, it gets fresh
     * secrets for the same registration.
     *
     * <p>Refusals: {@code registration-field} (naming the field), {@code store-code-taken}, {@code user-exists}, {@code activation-used}.
     *
     * @param activation hash of the activation code that it comes with; null if an administrator registers it
     */
    public Outcome<Registered> register(Application application, String by, @Nullable String activation) {
        Optional<Refusal> flaw = application.flaw();
        if (flaw.isPresent()) return new Outcome.Refused<>(flaw.get());
        byte[] key = application.key().orElseThrow();
        return transaction.execute(status -> {
            table.lockRegistrations();
            Optional<StoreRow> before = table.byCode(application.code());
            if (before.isPresent())
                return isRepetition(before.get(), key)
                        ? again(before.get(), application)
                        : Outcome.refused("store-code-taken", application.code());
            if (activation != null && !people.useActivation(activation)) return Outcome.refused("activation-used");
            UUID id = ids.next();
            Outcome<Registered> made = enrol(id, application, key);
            if (made instanceof Outcome.Refused) status.setRollbackOnly();
            else {
                audit.record(by, "store-registered", id.toString());
                LOG.info("store registered store={} by={}", id, by);
            }
            return made;
        });
    }

    private Outcome<Registered> enrol(UUID id, Application application, byte[] key) {
        Instant now = clock.instant();
        String slug = Slug.of(application.name()).unlessTaken(table::slugTaken).value();
        Fresh fresh = fresh();
        int port = table.nextTunnelPort();
        table.insert(
                id,
                slug,
                application.code(),
                application.name(),
                application.address(),
                application.postalCode(),
                application.taxRegion(),
                application.timeZone(),
                key,
                Secrets.hash(fresh.secret),
                slug,
                Secrets.hash(fresh.brokerPassword),
                port,
                Secrets.hash(fresh.tunnelToken),
                now);
        // Every store lists the branches that it may send goods to.
        publications.raise(Stream.SETTINGS);
        for (int n = 1; n <= application.registers(); n++)
            table.insertRegister(ids.next(), id, "Caja " + n, "C" + table.nextRegister());
        long hubEpoch = table.hubEpoch();
        table.insertLanding(id, hubEpoch, Sha256.NONE.bytes());
        table.insertEpoch(id, 1, 0, key, Secrets.hash(fresh.secret), "", "REGISTERED", "registration", now);
        table.taken(id, 1, 0, now);
        storeSecrets.replaced(id);
        Optional<OneTimeCode> code = people.hireCashier(id, application.cashierUser(), application.cashierName());
        if (code.isEmpty()) return Outcome.refused("user-exists", application.cashierUser());
        return Outcome.done(answer(new StoreId(id), slug, 1, hubEpoch, port, fresh, application, code.get()));
    }

    private boolean isRepetition(StoreRow store, byte[] key) {
        return Arrays.equals(store.publicKey(), key)
                && table.landed(store.id()).map(row -> row.landed() == 0).orElse(false);
    }

    private Outcome<Registered> again(StoreRow store, Application application) {
        Fresh fresh = fresh();
        table.renewSecrets(
                store.id(),
                Secrets.hash(fresh.secret),
                Secrets.hash(fresh.brokerPassword),
                Secrets.hash(fresh.tunnelToken));
        table.renewEpochSecret(store.id(), store.epoch(), Secrets.hash(fresh.secret));
        storeSecrets.replaced(store.id());
        Optional<OneTimeCode> code = people.renewCode(application.cashierUser(), store.id());
        if (code.isEmpty()) return Outcome.refused("store-code-taken", application.code());
        LOG.info("store registration repeated store={}", store.id());
        return Outcome.done(answer(
                new StoreId(store.id()),
                store.slug(),
                store.epoch(),
                table.hubEpoch(),
                store.tunnelPort(),
                fresh,
                application,
                code.get()));
    }

    private record Fresh(String secret, String brokerPassword, String tunnelToken) {}

    private Fresh fresh() {
        return new Fresh(secrets.next(), secrets.next(), secrets.next());
    }

    private Registered answer(
            StoreId id,
            String slug,
            int epoch,
            long hubEpoch,
            int port,
            Fresh fresh,
            Application application,
            OneTimeCode code) {
        return new Registered(
                id,
                slug,
                epoch,
                hubEpoch,
                port,
                fresh.tunnelToken,
                fresh.secret,
                slug,
                fresh.brokerPassword,
                table.registers(id.value()).stream()
                        .map(row -> new Register(row.id(), row.name(), row.prefix()))
                        .toList(),
                application.cashierUser(),
                code);
    }

    /** Whether this is the store's secret. */
    public boolean knows(StoreId store, String secret) {
        return table.byId(store.value())
                .filter(row -> Secrets.matches(secret, row.secretHash()))
                .isPresent();
    }

    /** Notes the heartbeat and says how far the store's documents have landed; empty if the store is unknown. */
    public Optional<Standing> heard(StoreId store, Heartbeat heartbeat) {
        return table.landed(store.value()).map(landed -> {
            String refusal = lives.standing(store, heartbeat, landed.landed());
            // One that is not the store says nothing about it.
            if ("store-replaced".equals(refusal) || "store-copied".equals(refusal))
                return new Standing(landed.hubEpoch(), landed.landed(), refusal, false, 0);
            table.heartbeat(
                    store.value(),
                    clock.instant(),
                    heartbeat.timestamp(),
                    cut(heartbeat.version()),
                    heartbeat.outboxLast(),
                    heartbeat.relayed(),
                    heartbeat.acknowledged(),
                    heartbeat.diskFreeBytes(),
                    cut(heartbeat.printer()),
                    json.writeValueAsString(heartbeat.streams()));
            lives.heard(store, heartbeat);
            health.heard(store, heartbeat, landed.landed());
            return new Standing(
                    landed.hubEpoch(),
                    landed.landed(),
                    refusal,
                    refusal == null && storeSecrets.due(store),
                    health.newer(store));
        });
    }

    /**
     * @param refusal why this machine may not sell; {@code granted} when a new life waits for it; null when all is well
     * @param renew fresh secrets wait for it
     * @param newer documents of it that wait here because this hub is older than the store
     */
    public record Standing(
            long hubEpoch, long landed, @Nullable String refusal, boolean renew, long newer) {}

    private static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "");
        return clean.length() > 60 ? clean.substring(0, 60) : clean;
    }
}
