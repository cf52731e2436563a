package mx.refahub.store.setup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.delivery.Succession;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.backup.Replay;
import mx.refahub.store.credit.CreditRows;
import mx.refahub.store.customer.CustomerReplay;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubRefusal;
import mx.refahub.store.identity.DocumentKey;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.identity.Machine;
import mx.refahub.store.outbox.SqliteOutbox;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * This machine becomes the store, in a new epoch that the hub grants: new hardware with a code of the console, or a machine with an older, copied or forked file that the console lets go on.
 *
 * <p>What the hub has and this file lacks is fetched first; then, in one transaction, what the hub lacks is sealed anew into the new epoch, what was fetched goes into outbox and books, folios jump,
 * and the new identity takes the place of the old. Before that commit nothing has changed here, and the hub answers the same request again; after it all is done but for telling the hub.
 */
public final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
    /** Nobody knows how many folios the other machine has given out. */
    static final long JUMP = 1_000;
    /** Quotes, layaways, orders and deposits of one kind that a register gives in one epoch: a hundred a day for twenty-seven years. */
    static final long NUMBERS_OF_A_LIFE = 1_000_000;

    private static final int PAGE = 200;
    /** Beyond every number that a store will ever give. */
    private static final long ASIDE = 1L << 40;

    private static final UUID FIRST = new UUID(0, 0);
    private static final String OPENING = "OPENING";

    private final SqliteFile sales;
    private final Identities identities;
    private final HubHttp hub;
    private final JsonMapper json;
    private final IdSource ids;
    private final Path folder;
    private final Clock clock;
    private final Runnable mended;
    private volatile boolean hubSaidNo;
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param mended called when this machine is the store again */
    public TakeOver(
            SqliteFile sales,
            Identities identities,
            HubHttp hub,
            JsonMapper json,
            IdSource ids,
            Path folder,
            Clock clock,
            Runnable mended) {
        this.sales = sales;
        this.identities = identities;
        this.hub = hub;
        this.json = json;
        this.ids = ids;
        this.folder = folder;
        this.clock = clock;
        this.mended = mended;
    }

    /**
     * @param resealed documents of this file that the hub did not have: they go up in the new epoch
     * @param broughtBack documents that came from the hub
     * @param onlyDelivered of those, by type, whose figures could not be put into the books
     * @param onTheCounter rows by table that lay on the other machine's counter: tickets in hand and parked, counts, pages
     */
    public record Taken(
            String slug,
            int epoch,
            long base,
            long folioJump,
            long resealed,
            long broughtBack,
            Map<String, Integer> onlyDelivered,
            Map<String, Integer> onTheCounter) {}

    /**
     * Refusals: {@code hub-address-invalid}, {@code hub-refused} (with the hub's sentence), {@code hub-unreachable}, {@code folder-of-another-store}, {@code hub-document-damaged} (with its sequence).
     */
    public Outcome<Taken> byCode(String hubAddress, String code) {
        Optional<String> address = Registrar.address(hubAddress);
        if (address.isEmpty()) return Outcome.refused("hub-address-invalid");
        return take(address.get(), code.strip());
    }

    /** The console has let this machine go on. On a thread of its own; a failure is tried again at the next heartbeat. */
    public void soon() {
        hubSaidNo = false;
        begin();
    }

    /**
     * The hub says that this machine is the store no longer. That may be because of a life that was granted to it, and that it could not begin because the network went: its old one is over
     * then, no heartbeat of it is answered any more, and it has to ask by itself. Once the hub has said no, it asks no more until it is let go on, or is started again.
     */
    public void again() {
        if (!hubSaidNo) begin();
    }

    /** A machine is becoming the store by itself right now. */
    boolean isUnderWay() {
        return running.get();
    }

    private void begin() {
        Identity before = identities.current().orElse(null);
        if (before == null || !running.compareAndSet(false, true)) return;
        Thread.ofPlatform().daemon().name("take over").start(() -> {
            try {
                if (take(before.hubAddress(), "") instanceof Outcome.Refused<Taken>(Refusal refusal))
                    LOG.warn("a new life was not taken refusal={}", refusal);
            } catch (RuntimeException e) {
                LOG.error("a new life was not taken, tried again at the next heartbeat", e);
            } finally {
                running.set(false);
            }
        });
    }

    private synchronized Outcome<Taken> take(String address, String code) {
        Optional<Identity> before = identities.current();
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            // A code is for a machine that the hub does not know yet; else it is the hub that this machine knows.
            StoreTaken.Answer answer = hub.takeLife(
                    address,
                    code.isEmpty() ? before.orElse(null) : null,
                    new StoreTaken.Call(
                            code,
                            before.map(identity -> identity.store().toString()).orElse(""),
                            before.map(Identity::secret).orElse(""),
                            Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                            Machine.fingerprint(folder),
                            last()));
            if (before.isPresent() && !before.get().store().value().equals(answer.hubId()))
                return Outcome.refused("folder-of-another-store", before.get().slug(), answer.slug());
            Identity next = identity(address, keys, answer);
            Taken taken = take(before.isPresent(), next, answer);
            identities.renewed(next);
            mended.run();
            tell();
            LOG.warn(
                    "this machine is the store from now on store={} epoch={} base={} cause={} folioJump={} resealed={} broughtBack={} onlyDelivered={}",
                    next.store(),
                    taken.epoch(),
                    taken.base(),
                    answer.cause(),
                    taken.folioJump(),
                    taken.resealed(),
                    taken.broughtBack(),
                    taken.onlyDelivered());
            return Outcome.done(taken);
        } catch (HubRefusal refusal) {
            hubSaidNo = refusal.isFinal();
            return Outcome.refused("hub-refused", String.valueOf(refusal.getMessage()));
        } catch (DamagedAtHub e) {
            LOG.error("not taken over, {}", e.getMessage());
            return Outcome.refused("hub-document-damaged", Long.toString(e.sequence));
        } catch (IOException e) {
            LOG.warn("hub not reached hub={} reason={}", address, e.getMessage());
            return Outcome.refused("hub-unreachable", address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused("hub-unreachable", address);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private Taken take(boolean known, Identity next, StoreTaken.Answer answer)
            throws IOException, InterruptedException {
        long common = known ? common(next, answer.landed()) : answer.historyFrom() - 1;
        Path history = Files.createTempFile(Files.createDirectories(folder.resolve("incoming")), "history", ".frames");
        Path books = Files.createTempFile(folder.resolve("incoming"), "books", ".pages");
        try {
            long fetched = fetch(next, common, answer.landed(), history);
            List<StoreTaken.Carried> carried = known ? List.of() : carried(next, answer.historyFrom());
            if (!known) fetchBooks(next, answer.historyFrom(), books);
            Replay replay = new Replay(new SaleRows(json, ids), json);
            Optional<String> counter = known ? Optional.empty() : hub.counter(next);
            Map<String, Integer> onTheCounter = new TreeMap<>();
            long resealed = sales.write(session -> {
                // A sale may come before the drawer that it names: what counts is the end.
                session.update("pragma defer_foreign_keys = on");
                long sealed = reseal(session, next, common);
                // Before the history, whose bounced cheques name payments that are older.
                if (!known) bringBooks(session, books);
                bringBack(session, history, replay);
                // An empty machine's chain begins where its history does: what was before is as if pruned.
                if (!known) session.update("""
                            insert or ignore into outbox_pruned (only_row, sequence, hash, at)
                            select 1, sequence - 1, previous_hash, ?
                            from (
                                select sequence, previous_hash
                                from outbox
                                order by sequence
                                limit 1)
                            where sequence > 1
                            """, clock.instant());
                carry(session, carried, next);
                become(session, next, answer, sealed, fetched);
                Replay.balances(session);
                if (counter.isPresent()) onTheCounter.putAll(new CounterState(json).write(session, counter.get()));
                numberStationsAnew(session, next.epoch());
                return sealed;
            });
            return new Taken(
                    next.slug(),
                    next.epoch(),
                    next.base(),
                    JUMP,
                    resealed,
                    fetched,
                    replay.onlyDelivered(),
                    onTheCounter);
        } finally {
            Files.deleteIfExists(history);
            Files.deleteIfExists(books);
        }
    }

    private long last() {
        return sales.read(session -> session.first(
                        "select coalesce(max(sequence), 0) as last from outbox", row -> row.number("last")))
                .orElse(0L);
    }

    // --- what both have

    /** The last document that hub and file have alike. A chain that differs once differs ever after, so halving finds it. */
    private long common(Identity identity, long landed) throws IOException {
        long low = sales.read(session -> session.first(
                        "select coalesce(min(sequence), 1) - 1 as before from outbox", row -> row.number("before")))
                .orElse(0L);
        long high = Math.min(last(), landed);
        Succession.Alike<IOException> asked = sequence -> alike(identity, sequence);
        return Succession.common(low, high, asked);
    }

    /** Between two epochs there may be no document: the next before it decides. */
    private boolean alike(Identity identity, long sequence) throws IOException {
        record Here(long sequence, Sha256 hash) {}
        Optional<Here> here = sales.read(session ->
                session.first("""
                select sequence, hash
                from outbox
                where sequence <= ?
                order by sequence desc
                limit 1
                """, row -> new Here(row.number("sequence"), Sha256.of(row.bytes("hash"))), sequence));
        if (here.isEmpty()) return true;
        Optional<byte[]> frame;
        try {
            frame = hub.documents(identity, here.get().sequence() - 1, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (frame.isEmpty()) return false;
        Document there = FrameCodec.decode(frame.get()).documents().getFirst();
        return there.sequence() == here.get().sequence()
                && there.hash().equals(here.get().hash());
    }

    // --- what only the hub has

    /** Whatever the hub now says, it is not what the store wrote: taking it over would make it the truth here, too. */
    private static final class DamagedAtHub extends IOException {
        private static final long serialVersionUID = 1L;
        private final long sequence;

        DamagedAtHub(long sequence) {
            super("the hub's copy of document " + sequence + " is not as this store wrote it");
            this.sequence = sequence;
        }
    }

    private long fetch(Identity identity, long after, long landed, Path into) throws IOException, InterruptedException {
        long fetched = 0;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(into)))) {
            long at = after;
            while (at < landed) {
                Optional<byte[]> frame = hub.documents(identity, at, PAGE);
                if (frame.isEmpty()) break;
                List<Document> documents = FrameCodec.decode(frame.get()).documents();
                for (Document document : documents)
                    if (!document.envelope().store().equals(identity.store())
                            || !document.envelope().hash(document.body()).equals(document.hash()))
                        throw new DamagedAtHub(document.envelope().sequence());
                out.writeInt(frame.get().length);
                out.write(frame.get());
                fetched += documents.size();
                at = documents.getLast().sequence();
            }
        }
        return fetched;
    }

    private List<StoreTaken.Carried> carried(Identity identity, long before) throws IOException, InterruptedException {
        List<StoreTaken.Carried> all = new ArrayList<>();
        while (true) {
            StoreTaken.CarriedPage page = hub.carried(identity, before, all.size());
            all.addAll(page.rows());
            if (!page.more() || page.rows().isEmpty()) return all;
        }
    }

    /** What customers owed and which credits were out before the history: rows, for their documents stay at the hub. */
    private void fetchBooks(Identity identity, long before, Path into) throws IOException, InterruptedException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(into)))) {
            UUID after = FIRST;
            for (boolean more = true; more; ) {
                StoreTaken.CarriedEntries page = hub.carriedEntries(identity, before, after);
                write(out, page);
                more = page.more() && !page.rows().isEmpty();
                if (more) after = page.rows().getLast().id();
            }
            out.writeInt(0);
            after = FIRST;
            for (boolean more = true; more; ) {
                StoreTaken.CarriedCredits page = hub.carriedCredits(identity, before, after);
                write(out, page);
                more = page.more() && !page.rows().isEmpty();
                if (more) after = page.rows().getLast().id();
            }
            out.writeInt(0);
        }
    }

    private void write(DataOutputStream out, Object page) throws IOException {
        byte[] bytes = json.writeValueAsBytes(page);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void bringBooks(Session session, Path books) throws SQLException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(books)))) {
            for (int length = in.readInt(); length > 0; length = in.readInt())
                for (StoreTaken.CarriedEntry entry : json.readValue(
                                in.readNBytes(length), StoreTaken.CarriedEntries.class)
                        .rows()) CustomerReplay.carried(session, entry);
            for (int length = in.readInt(); length > 0; length = in.readInt())
                for (StoreTaken.CarriedCredit credit : json.readValue(
                                in.readNBytes(length), StoreTaken.CarriedCredits.class)
                        .rows()) CreditRows.carried(session, credit);
        } catch (IOException e) {
            throw new SQLException("what was fetched can no longer be read", e);
        }
    }

    private static void bringBack(Session session, Path history, Replay replay) throws SQLException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(history)))) {
            while (in.available() > 0) {
                byte[] frame = in.readNBytes(in.readInt());
                for (Document document : FrameCodec.decode(frame).documents()) replay.append(session, document);
            }
        } catch (IOException e) {
            throw new SQLException("what was fetched can no longer be read", e);
        }
    }

    /** What the shelf held before the history, as one movement by part and bin. */
    private void carry(Session session, List<StoreTaken.Carried> carried, Identity next) throws SQLException {
        Instant before = session.first(
                        "select occurred_at as at from outbox order by sequence limit 1", row -> row.instant("at"))
                .map(at -> at.minusMillis(1))
                .orElse(clock.instant());
        for (StoreTaken.Carried row : carried)
            session.updateOne(
                    """
                    insert into stock_movement (id, part_id, kind, quantity, cause, at, bin, value, variance)
                    values (?, ?, ?, ?, ?, ?, ?, ?, 0)
                    """,
                    ids.next(),
                    row.part(),
                    OPENING,
                    row.quantity(),
                    next.store().value(),
                    before,
                    row.bin(),
                    row.value());
    }

    // --- what only this file has

    /** Documents after the common one go up anew, in the new epoch: same id, same text, another place in the chain. */
    private static long reseal(Session session, Identity next, long common) throws SQLException {
        long lastHere = session.first(
                        "select coalesce(max(sequence), 0) as last from outbox", row -> row.number("last"))
                .orElse(0L);
        record Own(long first, long count) {}
        Own mine = session.first("""
                        select coalesce(min(sequence), 0) as first, count(*) as n
                        from outbox
                        where sequence > ?
                        """, row -> new Own(row.number("first"), row.number("n")), common)
                .orElseThrow();
        long own = mine.count();
        if (own == 0) return 0;
        // Not always right after the common one: a take-over whose end was lost has put them after its own base
        // already.
        if (lastHere - mine.first() + 1 != own)
            throw new SQLException("the outbox has a gap between " + mine.first() + " and " + lastHere);
        long shift = next.base() + 1 - mine.first();
        // Old and new numbers may overlap: they step aside first.
        renumber(session, mine.first(), lastHere, ASIDE);
        Sha256 previous = Sha256.NONE;
        for (long done = 0; done < own; ) {
            List<Document> page = session.all(
                    """
                    select sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body
                    from outbox
                    where sequence > ? and sequence <= ?
                    order by sequence
                    limit ?
                    """,
                    row -> SqliteOutbox.document(row, next.store()),
                    ASIDE + mine.first() + done - 1,
                    ASIDE + lastHere,
                    PAGE);
            for (Document document : page) {
                Document sealed = Succession.sealed(
                        document, next.epoch(), document.sequence() - ASIDE + shift, previous, next.key()::sign);
                session.updateOne(
                        """
                        update outbox
                        set sequence = ?, epoch = ?, previous_hash = ?, hash = ?, signature = ?
                        where sequence = ?
                        """,
                        sealed.sequence(),
                        next.epoch(),
                        previous.bytes(),
                        sealed.hash().bytes(),
                        sealed.signature(),
                        document.sequence());
                previous = sealed.hash();
            }
            done += page.size();
        }
        renumber(session, ASIDE + mine.first(), ASIDE + lastHere, shift - ASIDE);
        session.update("update sqlite_sequence set seq = ? where name = 'outbox'", lastHere + shift);
        return own;
    }

    /** What names its document by number goes where the document goes; the outbox's own rows are moved here only to step aside. */
    private static void renumber(Session session, long first, long last, long shift) throws SQLException {
        if (shift > 0)
            session.update(
                    "update outbox set sequence = sequence + ? where sequence between ? and ?", shift, first, last);
        for (String table : session.all("""
                select m.name
                from sqlite_master m
                join pragma_table_info(m.name) c
                where m.type = 'table' and c.name = 'document_sequence'
                """, row -> row.text("name")))
            session.update(
                    "update \"" + table
                            + "\" set document_sequence = document_sequence + ? where document_sequence between ? and ?",
                    shift,
                    first,
                    last);
    }

    // --- who it is

    private void become(Session session, Identity next, StoreTaken.Answer answer, long resealed, long broughtBack)
            throws SQLException {
        Instant now = clock.instant();
        identities.replace(session, next);
        long promises = firstOf(next.epoch());
        for (StoreTaken.Register register : answer.registers()) {
            session.updateOne("""
                    insert into register (id, name, prefix)
                    values (?, ?, ?)
                    on conflict (id) do update set name = excluded.name
                    """, register.id(), register.name(), register.prefix());
            session.updateOne(
                    """
                    update register
                    set next_folio = max(next_folio, ? + 1,
                                         coalesce((select max(folio_number) + 1 from sale where folio_prefix = register.prefix), 1)) + ?,
                        next_z = max(next_z, ? + 1),
                        next_receipt = max(next_receipt, ? + 1) + ?,
                        next_quote = max(next_quote + ?, ?),
                        next_layaway = max(next_layaway + ?, ?),
                        next_order = max(next_order + ?, ?),
                        next_deposit = max(next_deposit + ?, ?)
                    where id = ?
                    """,
                    register.lastFolio(),
                    JUMP,
                    register.lastZ(),
                    register.lastReceipt(),
                    JUMP,
                    JUMP,
                    promises,
                    JUMP,
                    promises,
                    JUMP,
                    promises,
                    JUMP,
                    promises,
                    register.id());
        }
        session.update("update transfer_counter set next = next + ?", JUMP);
        // Lives that other machines led: what is brought back of them begins after their bases.
        for (StoreTaken.Life life : answer.lives())
            if (life.epoch() < next.epoch())
                session.update("""
                        insert into epoch (epoch, base, cause, folio_jump, resealed, brought_back, at, told_at)
                        values (?, ?, ?, ?, 0, 0, ?, ?)
                        on conflict (epoch) do nothing
                        """, life.epoch(), life.base(), life.cause(), life.folioJump(), life.at(), now);
        session.updateOne("""
                insert into epoch (epoch, base, cause, folio_jump, resealed, brought_back, at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (epoch) do update
                set base = excluded.base, folio_jump = folio_jump + excluded.folio_jump, resealed = excluded.resealed, at = excluded.at,
                    told_at = null
                """, next.epoch(), next.base(), answer.cause(), JUMP, resealed, broughtBack, now);
        session.updateOne("""
                insert into acknowledged (only_row, sequence, hub_epoch, hash, at)
                values (1, ?, ?, ?, ?)
                on conflict (only_row) do update
                set sequence = excluded.sequence, hub_epoch = excluded.hub_epoch, hash = excluded.hash, at = excluded.at
                """, next.base(), answer.hubEpoch(), Sha256.NONE.bytes(), now);
        session.update("delete from standing");
        session.update("update restoration set confirmed_at = ? where confirmed_at is null", now);
    }

    /**
     * Of promises and deposits nobody may know the last numbers: a lost machine may have given thousands that it never delivered. So each life has a range of its own,
     * and none of an earlier one comes again.
     */
    private static long firstOf(long epoch) {
        return (epoch - 1) * NUMBERS_OF_A_LIFE + 1;
    }

    /** The hub does not know stations: their registers were here, or came with what lay on the counter. */
    private static void numberStationsAnew(Session session, long epoch) throws SQLException {
        session.update("""
                update register
                set next_quote = max(next_quote + ?1, ?2),
                    next_layaway = max(next_layaway + ?1, ?2),
                    next_order = max(next_order + ?1, ?2),
                    next_deposit = max(next_deposit + ?1, ?2)
                where id in (select id from station)
                """, JUMP, firstOf(epoch));
    }

    private Identity identity(String address, KeyPair keys, StoreTaken.Answer answer) {
        return new Identity(
                new StoreId(answer.hubId()),
                answer.slug(),
                answer.epoch(),
                address,
                answer.publicKey(),
                answer.secret(),
                new Identity.Broker(answer.brokerUrl(), answer.brokerUser(), answer.brokerPassword()),
                DocumentKey.of(keys.getPrivate()),
                answer.tunnelPort(),
                answer.tunnelToken(),
                clock.instant(),
                answer.base());
    }

    /** Says at the hub that this machine is the store, and says it again at each heartbeat until it has been heard. */
    public void tell() {
        Identity now = identities.current().orElse(null);
        if (now == null) return;
        Optional<Long> jump = sales.read(session -> session.first("""
                select folio_jump
                from epoch
                where epoch = ? and told_at is null
                """, row -> row.number("folio_jump"), now.epoch()));
        if (jump.isEmpty()) return;
        try {
            hub.ask(now, "/api/hubs/lives/taken", new StoreTaken.Done(now.epoch(), jump.get()), Object.class);
            sales.change(session ->
                    session.update("update epoch set told_at = ? where epoch = ?", clock.instant(), now.epoch()));
        } catch (IOException e) {
            LOG.warn("the hub was not told of the new life reason={}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
