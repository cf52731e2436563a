package mx.refahub.hub.registry;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.hub.ConsoleAccess.OneTimeCode;
import mx.refahub.domain.hub.StoreLives;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.Secrets;
import mx.refahub.hub.registry.LifeTable.ClaimRow;
import mx.refahub.hub.registry.LifeTable.LifeRow;
import mx.refahub.hub.registry.LifeTable.LockedRow;
import mx.refahub.hub.registry.LifeTable.ReplacementRow;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Grants lives. With a new one the chain begins anew after every sequence that the store may ever have given, the secrets of the one before are of no use, and its broker account is
 * another. Until the machine has said that it has taken over, it may ask again: an answer may be lost.
 */
public final class Lives implements StoreLives {
    private static final Logger LOG = LoggerFactory.getLogger(Lives.class);
    private static final Duration CODE_LIFE = Duration.ofDays(1);
    /** Longer than any pause between two heartbeats of a machine that is there. */
    static final Duration ALIVE = Duration.ofMinutes(3);
    /** A machine that was not heard of for so long is switched off; one that is there speaks every half minute. */
    static final Duration GONE = Duration.ofHours(1);
    /** Until a store has heard that it is to send again what was lost here. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Sales that a machine gets back, so that they can be returned and printed again. */
    static final Duration HISTORY = Duration.ofDays(35);

    private static final int CARRIED_PAGE = 3_000;
    /** Entries bring their documents' texts along. */
    private static final int BOOKS_PAGE = 200;

    private final LifeTable table;
    private final StoreTable stores;
    private final AuditTrail audit;
    private final Publications publications;
    private final Secrets secrets;
    private final StoreSecrets storeSecrets;
    private final SecureRandom random;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Consumer<String> door;

    /** @param door ends the broker's connections of a user */
    Lives(
            LifeTable table,
            StoreTable stores,
            AuditTrail audit,
            Publications publications,
            Secrets secrets,
            StoreSecrets storeSecrets,
            SecureRandom random,
            Clock clock,
            TransactionTemplate transaction,
            Consumer<String> door) {
        this.table = table;
        this.stores = stores;
        this.audit = audit;
        this.publications = publications;
        this.secrets = secrets;
        this.storeSecrets = storeSecrets;
        this.random = random;
        this.clock = clock;
        this.transaction = transaction;
        this.door = door;
    }

    @Override
    public List<Life> lives(StoreId store) {
        return table.lives(store.value()).stream()
                .map(row -> new Life(
                        row.epoch(),
                        row.base(),
                        Cause.valueOf(row.cause()),
                        row.grantedBy(),
                        row.grantedAt(),
                        row.takenAt(),
                        row.folioJump()))
                .toList();
    }

    @Override
    public List<Claim> claims(StoreId store) {
        return table.claims(store.value()).stream().map(this::claim).toList();
    }

    private Claim claim(ClaimRow row) {
        return new Claim(
                row.machine(),
                Cause.valueOf(row.cause()),
                row.here(),
                row.hub(),
                row.firstAt(),
                row.lastAt(),
                row.grantedAt(),
                row.takenAt(),
                row.grantedAt() == null
                        && row.takenAt() == null
                        && !row.lastAt().isAfter(clock.instant().minus(GONE)));
    }

    @Override
    public Outcome<OneTimeCode> replacement(StoreId store, Person by) {
        if (stores.byId(store.value()).isEmpty()) return Outcome.refused("store-unknown");
        OneTimeSecret code = OneTimeSecret.random(random);
        Instant now = clock.instant();
        Instant expires = now.plus(CODE_LIFE);
        transaction.executeWithoutResult(status -> {
            table.issue(code.hash(), store.value(), by.name(), now, expires);
            audit.record(by.id().toString(), "store-replacement-issued", store.toString());
        });
        return Outcome.done(new OneTimeCode(code.text(), expires));
    }

    @Override
    public Outcome<Claim> grant(StoreId store, String machine, Person by) {
        return transaction.execute(status -> {
            if (table.grant(store.value(), machine, by.name(), clock.instant()) != 1)
                return Outcome.refused("claim-unknown");
            audit.record(by.id().toString(), "store-claim-granted", store + " " + cut(machine));
            return claims(store).stream()
                    .filter(claim -> claim.machine().equals(machine))
                    .findFirst()
                    .<Outcome<Claim>>map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("claim-unknown"));
        });
    }

    @Override
    public Outcome<Claim> discard(StoreId store, String machine, Person by) {
        return transaction.execute(status -> {
            Optional<Claim> claim = claims(store).stream()
                    .filter(each -> each.machine().equals(machine) && each.takenAt() == null)
                    .findFirst();
            if (claim.isEmpty()) return Outcome.refused("claim-unknown");
            Instant now = clock.instant();
            if (table.discard(store.value(), machine, by.name(), now, now.minus(GONE)) != 1)
                return Outcome.refused("claim-heard");
            audit.record(by.id().toString(), "store-claim-discarded", store + " " + cut(machine));
            return Outcome.done(claim.get());
        });
    }

    /**
     * What is to be said to a machine that has just been heard, and what is noted of it: who it is, whether another one is there too, whether its disk can be the store's.
     *
     * @return the code of a refusal, {@code granted} when a new life waits for it, null when all is well
     */
    @Nullable
    String standing(StoreId store, Heartbeat heartbeat, long landed) {
        String machine = heartbeat.machine() == null ? "" : cut(heartbeat.machine());
        Optional<String> said = transaction.execute(status -> {
            LockedRow row = table.lock(store.value()).orElseThrow();
            Instant now = clock.instant();
            if (heartbeat.epoch() < row.epoch()) return Optional.of("store-replaced");
            if (heartbeat.epoch() == row.epoch() && heartbeat.acknowledged() > row.landed())
                askForLost(store, heartbeat, row);
            if (machine.isEmpty()) return Optional.<String>empty();
            Optional<ClaimRow> claim = table.claims(store.value()).stream()
                    .filter(each -> each.machine().equals(machine) && each.takenAt() == null)
                    .findFirst();
            if (claim.isPresent() && claim.get().grantedAt() != null) {
                Instant granted = claim.get().grantedAt();
                LifeRow life = table.lives(store.value()).getFirst();
                boolean taken = heartbeat.epoch() == life.epoch()
                        && life.machine().equals(machine)
                        && !life.grantedAt().isBefore(granted);
                if (!taken) return Optional.of("granted");
                // Who speaks in the granted epoch has taken it, though nobody heard it say so.
                table.claimTaken(store.value(), machine, now);
            }
            String bound = table.machine(store.value(), row.epoch()).orElse("");
            if (!bound.equals(machine)) {
                boolean rival = !bound.isEmpty()
                        && table.heardOf(store.value(), bound)
                                .filter(at -> at.plus(ALIVE).isAfter(now))
                                .isPresent();
                if (rival) {
                    note(store, machine, Cause.COPIED, heartbeat.outboxLast(), landed, now);
                    return Optional.of("store-copied");
                }
                table.bind(store.value(), row.epoch(), machine);
                if (!bound.isEmpty()) {
                    audit.record("store", "store-machine-changed", store + " " + machine);
                    LOG.warn("store speaks from another machine store={} machine={}", store, machine);
                }
            }
            if (heartbeat.outboxLast() < landed && !onlyEmptyEpoch(store, row)) {
                // What was written while the heartbeat was on its way may have landed before it; the machine knows. A
                // disk that went back says less than before.
                boolean goesOn = table.lastOf(store.value(), machine)
                        .filter(last -> last <= heartbeat.outboxLast())
                        .isPresent();
                if (!goesOn) note(store, machine, Cause.DISK_IS_OLDER, heartbeat.outboxLast(), landed, now);
                return Optional.of("store-behind-hub");
            }
            boolean forked = row.frozenAt() != null
                    || (heartbeat.halted() != null && heartbeat.halted().startsWith(Cause.CHAIN_DIFFERS.name()));
            if (forked) {
                note(store, machine, Cause.CHAIN_DIFFERS, heartbeat.outboxLast(), landed, now);
                return Optional.of("store-forked");
            }
            if (table.settled(store.value(), machine) > 0)
                audit.record("store", "store-claim-settled", store + " " + machine);
            return Optional.<String>empty();
        });
        return said.orElse(null);
    }

    /** What was acknowledged was durable here: this database is older than that. With a new hub epoch the store goes back and sends it again. */
    private void askForLost(StoreId store, Heartbeat heartbeat, LockedRow row) {
        Instant now = clock.instant();
        if (table.lost(store.value(), now, now.minus(PATIENCE)) != 1) return;
        audit.record("hub", "hub-restored", store + " " + row.landed() + " of " + heartbeat.acknowledged());
        LOG.error(
                "this hub has lost documents that it had acknowledged, the store sends them again store={} landed={} acknowledged={}",
                store,
                row.landed(),
                heartbeat.acknowledged());
    }

    /** In an epoch in which nothing was written yet, the last sequence is one of the epoch before. */
    private boolean onlyEmptyEpoch(StoreId store, LockedRow row) {
        LifeRow life = table.lives(store.value()).getFirst();
        return life.epoch() == row.epoch() && life.epoch() > 1 && row.landed() == life.base();
    }

    private void note(StoreId store, String machine, Cause cause, long here, long hub, Instant now) {
        table.claim(store.value(), machine, cause.name(), here, hub, now);
        LOG.warn(
                "a machine may not go on as this store store={} machine={} cause={} here={} hub={}",
                store,
                machine,
                cause,
                here,
                hub);
    }

    void heard(StoreId store, Heartbeat heartbeat) {
        String machine = heartbeat.machine() == null ? "" : cut(heartbeat.machine());
        table.heard(store.value(), machine, heartbeat.epoch());
    }

    /** Whether this was the store's secret once and is no longer. */
    public boolean wasSecret(StoreId store, String secret) {
        return table.lives(store.value()).stream().skip(1).anyMatch(life -> Secrets.matches(secret, life.secretHash()));
    }

    /** The new life and all that belongs to it. */
    public record Granted(
            StoreId store,
            String slug,
            int epoch,
            long base,
            Cause cause,
            long landed,
            long historyFrom,
            long hubEpoch,
            int tunnelPort,
            String tunnelToken,
            String secret,
            String brokerUser,
            String brokerPassword,
            List<StoreTaken.Register> registers,
            List<StoreTaken.Life> lives) {
        /** Never the secrets. */
        @Override
        public String toString() {
            return "Granted[" + store + ", epoch " + epoch + "]";
        }
    }

    /**
     * Refusals: {@code code-wrong} (also when it is used up or late), {@code store-unknown} (neither the present secret nor an earlier one),
     * {@code claim-waiting} (nobody has let this machine go on), {@code registration-field}.
     */
    public Outcome<Granted> take(StoreTaken.Call call) {
        Optional<byte[]> key = key(call.publicKey());
        if (key.isEmpty() || call.machine().isBlank()) return Outcome.refused("registration-field", "public_key");
        String[] out = new String[1];
        Outcome<Granted> outcome = transaction.execute(status -> {
            Outcome<Granted> taken =
                    call.code().isBlank() ? byGrant(call, key.get(), out) : byCode(call, key.get(), out);
            if (taken instanceof Outcome.Refused) status.setRollbackOnly();
            return taken;
        });
        String old = out[0];
        if (outcome instanceof Outcome.Done && old != null) door.accept(old);
        return outcome;
    }

    private Outcome<Granted> byCode(StoreTaken.Call call, byte[] key, String[] out) {
        String hash;
        try {
            hash = new OneTimeSecret(call.code()).hash();
        } catch (IllegalArgumentException e) {
            return Outcome.refused("code-wrong");
        }
        Optional<ReplacementRow> found = table.replacement(hash);
        Instant now = clock.instant();
        if (found.isEmpty() || !found.get().expiresAt().isAfter(now)) return Outcome.refused("code-wrong");
        ReplacementRow code = found.get();
        LockedRow row = table.lock(code.storeId()).orElseThrow();
        if (code.usedAt() != null && !mayAskAgain(row, Cause.REPLACED)) return Outcome.refused("code-wrong");
        boolean again = code.usedAt() != null;
        table.use(hash, key, now);
        // The code is for other hardware: what was cut off was the machine before, and its tokens name its epoch.
        if (table.letIn(row.id()) > 0) audit.record("store", "store-let-in", row.id() + " " + code.createdBy());
        return Outcome.done(become(row, call, key, Cause.REPLACED, code.createdBy(), again, out));
    }

    private Outcome<Granted> byGrant(StoreTaken.Call call, byte[] key, String[] out) {
        UUID id;
        try {
            id = UUID.fromString(call.hubId());
        } catch (IllegalArgumentException e) {
            return Outcome.refused("store-unknown");
        }
        Optional<LockedRow> row = table.lock(id);
        boolean known = row.isPresent()
                && table.lives(id).stream().anyMatch(life -> Secrets.matches(call.secret(), life.secretHash()));
        if (!known) return Outcome.refused("store-unknown");
        Optional<ClaimRow> claim = table.claims(id).stream()
                .filter(each -> each.machine().equals(cut(call.machine())) && each.takenAt() == null)
                .findFirst();
        if (claim.isEmpty() || claim.get().grantedAt() == null) return Outcome.refused("claim-waiting");
        LifeRow newest = table.lives(id).getFirst();
        // Somebody has made another machine the store since: that click is over.
        if (newest.grantedAt().isAfter(claim.get().grantedAt())
                && !newest.machine().equals(cut(call.machine()))) return Outcome.refused("claim-waiting");
        Cause cause = Cause.valueOf(claim.get().cause());
        boolean again = mayAskAgain(row.get(), cause)
                && table.machine(id, row.get().epoch()).orElse("").equals(cut(call.machine()));
        return Outcome.done(
                become(row.get(), call, key, cause, String.valueOf(claim.get().grantedBy()), again, out));
    }

    /** The last answer may have been lost: nothing was written in the new life, and nobody has said that it was taken. */
    private boolean mayAskAgain(LockedRow row, Cause cause) {
        LifeRow life = table.lives(row.id()).getFirst();
        return life.epoch() == row.epoch()
                && life.takenAt() == null
                && life.cause().equals(cause.name())
                && row.landed() == life.base();
    }

    private Granted become(
            LockedRow row, StoreTaken.Call call, byte[] key, Cause cause, String by, boolean again, String[] out) {
        Instant now = clock.instant();
        UUID store = row.id();
        String secret = secrets.next();
        String brokerPassword = secrets.next();
        String tunnelToken = secrets.next();
        String machine = cut(call.machine());
        int epoch = again ? row.epoch() : row.epoch() + 1;
        // A machine that sold on while its first answer was lost has given more numbers since.
        long base = table.highest(store, Math.clamp(call.last(), 0, Long.MAX_VALUE / 4));
        if (again) base = Math.max(base, table.lives(store).getFirst().base());
        String brokerUser = row.slug() + ".e" + epoch;
        if (again) {
            table.again(store, epoch, key, Secrets.hash(secret), machine);
            table.rebase(store, epoch, base);
        } else {
            stores.insertEpoch(store, epoch, base, key, Secrets.hash(secret), machine, cause.name(), by, now);
            table.dropWaiting(store);
            table.answered(store, machine);
            audit.record("store", "store-epoch-granted", store + " " + epoch + " " + cause);
            out[0] = row.brokerUser();
        }
        table.begin(store, epoch, base, Sha256.NONE.bytes());
        table.become(
                store,
                epoch,
                key,
                Secrets.hash(secret),
                brokerUser,
                Secrets.hash(brokerPassword),
                Secrets.hash(tunnelToken));
        storeSecrets.replaced(store);
        // Other branches know its slips by its key.
        publications.raise(Stream.SETTINGS);
        LOG.warn(
                "store begins a new life store={} epoch={} base={} cause={} again={}",
                store,
                epoch,
                base,
                cause,
                again);
        return new Granted(
                new StoreId(store),
                row.slug(),
                epoch,
                base,
                cause,
                table.lastDocument(store),
                table.historyFrom(store, now.minus(HISTORY)),
                row.hubEpoch(),
                row.tunnelPort(),
                tunnelToken,
                secret,
                brokerUser,
                brokerPassword,
                table.registers(store).stream()
                        .map(r -> new StoreTaken.Register(
                                r.id(), r.name(), r.prefix(), r.lastFolio(), r.lastZ(), r.lastReceipt()))
                        .toList(),
                table.lives(store).stream()
                        .map(life -> new StoreTaken.Life(
                                life.epoch(),
                                life.base(),
                                life.cause(),
                                Objects.requireNonNullElse(life.folioJump(), 0L),
                                life.grantedAt()))
                        .toList());
    }

    /** The machine has taken over: from now on it is the only one. */
    public void taken(StoreId store, StoreTaken.Done done) {
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            stores.taken(store.value(), done.epoch(), done.folioJump(), now);
            table.machine(store.value(), done.epoch())
                    .ifPresent(machine -> table.claimTaken(store.value(), machine, now));
        });
        LOG.info("store has taken over store={} epoch={} folioJump={}", store, done.epoch(), done.folioJump());
    }

    /** A page of what the shelf held before the document with this sequence. */
    public StoreTaken.CarriedPage carried(StoreId store, long before, long offset) {
        List<StoreTaken.Carried> rows = table.carried(store.value(), before, offset, CARRIED_PAGE).stream()
                .map(row ->
                        new StoreTaken.Carried(row.partId(), row.bin(), row.quantity(), row.value(), row.lastCost()))
                .toList();
        return new StoreTaken.CarriedPage(rows, rows.size() == CARRIED_PAGE);
    }

    /** What lies on the store's counter now; the newest takes the place of the one before. */
    public void keepCounter(StoreId store, byte[] content) {
        transaction.executeWithoutResult(status -> {
            table.keepCounter(store.value(), content, clock.instant());
            table.dropCounters(store.value());
        });
    }

    /** What lay on the counter of the life before this one. */
    public Optional<byte[]> counter(StoreId store) {
        return table.counter(store.value()).map(LifeTable.BytesRow::content);
    }

    /** What the hub knows of documents that were found on a disk of this store. */
    public StoreTaken.KnownAnswer known(StoreId store, StoreTaken.KnownCall call) {
        Set<UUID> known = Set.copyOf(table.known(
                call.documents().stream().map(StoreTaken.Written::id).toArray(UUID[]::new)));
        Map<UUID, StoreTaken.Word> words = new HashMap<>();
        for (StoreTaken.Written written : call.documents())
            words.put(
                    written.id(),
                    known.contains(written.id())
                            ? StoreTaken.Word.KNOWN
                            : isGenuine(store, written) ? StoreTaken.Word.FRESH : StoreTaken.Word.FALSE);
        return new StoreTaken.KnownAnswer(words);
    }

    private boolean isGenuine(StoreId store, StoreTaken.Written written) {
        Optional<LifeTable.BytesRow> key = table.key(store.value(), written.epoch());
        if (key.isEmpty()) return false;
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(key.get().content())));
            check.update(Base64.getDecoder().decode(written.hash()));
            return check.verify(Base64.getDecoder().decode(written.signature()));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    /** A page of what this store wrote into the customers' accounts before the document with this sequence. */
    public StoreTaken.CarriedEntries entries(StoreId store, long before, UUID after) {
        List<LifeTable.EntryRow> rows = table.entries(store.value(), before, after, BOOKS_PAGE);
        Map<UUID, Map<UUID, Long>> applied =
                table.applied(rows.stream().map(LifeTable.EntryRow::id).toArray(UUID[]::new)).stream()
                        .collect(Collectors.groupingBy(
                                LifeTable.AppliedRow::entryId,
                                Collectors.toMap(LifeTable.AppliedRow::chargeId, LifeTable.AppliedRow::amount)));
        return new StoreTaken.CarriedEntries(
                rows.stream()
                        .map(row -> new StoreTaken.CarriedEntry(
                                row.id(),
                                row.customerId(),
                                row.kind(),
                                row.amount(),
                                row.at(),
                                row.day(),
                                row.dueOn(),
                                row.reference(),
                                row.tender(),
                                row.body(),
                                row.bouncedAt(),
                                row.sequence(),
                                applied.getOrDefault(row.id(), Map.of())))
                        .toList(),
                rows.size() == BOOKS_PAGE);
    }

    /** A page of the credits that were issued or taken here, with what was spent of them here before the document with this sequence. */
    public StoreTaken.CarriedCredits credits(StoreId store, long before, UUID after) {
        List<LifeTable.CreditRow> rows = table.credits(store.value(), after, BOOKS_PAGE);
        Map<UUID, List<StoreTaken.CarriedCredit.Spending>> spendings = table
                .spendings(
                        store.value(),
                        rows.stream().map(LifeTable.CreditRow::id).toArray(UUID[]::new),
                        before)
                .stream()
                .collect(Collectors.groupingBy(
                        LifeTable.SpendingRow::creditId,
                        Collectors.mapping(
                                row -> new StoreTaken.CarriedCredit.Spending(
                                        row.id(), row.saleId(), row.amount(), row.at()),
                                Collectors.toList())));
        return new StoreTaken.CarriedCredits(
                rows.stream()
                        .map(row -> new StoreTaken.CarriedCredit(
                                row.id(), row.proof(), spendings.getOrDefault(row.id(), List.of())))
                        .toList(),
                rows.size() == BOOKS_PAGE);
    }

    private static String cut(String machine) {
        String clean = machine.replaceAll("[^0-9a-f]", "");
        return clean.length() > 64 ? clean.substring(0, 64) : clean;
    }

    private static Optional<byte[]> key(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
            return Optional.of(der);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
