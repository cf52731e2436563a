package mx.refahub.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.system.Shop;
import mx.refahub.system.client.HttpCaller;
import mx.refahub.system.client.TillHands;
import mx.refahub.system.paper.PaperStore;
import mx.refahub.system.paper.PaperUplink;
import mx.refahub.system.process.ServerProcess;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A shop under load, and a fault in each round. */
final class Rounds implements AutoCloseable {
    /** A little over what I12 allows. */
    private static final Duration ALARM_PATIENCE = Duration.ofSeconds(62);

    private static final Duration STRIKE_PATIENCE = Duration.ofSeconds(45);
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(60);
    private static final long SELLER_PATIENCE_MILLIS = 120_000;
    /** Payments at a till that has just started tell of its start. */
    private static final int WARM_SALES = 30;

    private static final int CALM_SALES = 60;
    /** Documents of the other store in a round of shuffled frames. */
    private static final int SHUFFLED_DOCUMENTS = 120;

    private final Shop shop;
    private final Map<Integer, FaultProxy> ways;
    private final Orders hubOrders;
    private final Orders storeOrders;
    private final EvidenceReader reader;
    private final Seller seller;
    private volatile boolean tillIsHit;
    private volatile int warmAt = WARM_SALES;
    private long calmP99;

    /** What a round came to. {@code note}: what the table says beside the verdict. */
    record Result(Plan plan, Evidence evidence, Map<Invariant, List<String>> found, String note) {
        boolean holds() {
            return Checker.holds(found);
        }
    }

    private Rounds(Shop shop, Map<Integer, FaultProxy> ways, Orders hubOrders, Orders storeOrders, long seed) {
        this.shop = shop;
        this.ways = ways;
        this.hubOrders = hubOrders;
        this.storeOrders = storeOrders;
        this.reader = new EvidenceReader(shop);
        this.seller = new Seller(shop::signedInTill, this::counts, seed);
    }

    static Rounds opened(long seed) throws IOException, InterruptedException {
        Map<Integer, FaultProxy> ways = new LinkedHashMap<>();
        Orders hub = Orders.inFolder("hub");
        Orders store = Orders.inFolder("store");
        Shop shop = Shop.opened(
                "faults",
                new Shop.Outfit(
                        port -> ways.computeIfAbsent(port, real -> new FaultProxy(real, seed))
                                .port(),
                        List.of(
                                // The shop of the other tests speaks without.
                                "--refahub.hub.tls=on",
                                "--refahub.console.store-silent-after=8s",
                                "--refahub.broker.remind-every=1s",
                                "--refahub.broker.apply-every=1s"),
                        List.of(
                                "--refahub.store.hub.heartbeat=1s",
                                "--refahub.store.hub.connect-timeout=3s",
                                "--refahub.store.hub.answer-timeout=6s",
                                "--refahub.care.disk.ballast=0B"),
                        hub.environment(),
                        store.environment(),
                        Seller.NUMBERS));
        Rounds rounds = new Rounds(shop, ways, hub, store, seed);
        rounds.calm();
        return rounds;
    }

    private boolean counts() {
        return !tillIsHit && seller.sold().size() >= warmAt;
    }

    /** What a payment takes on this machine with nothing wrong. */
    private void calm() throws InterruptedException {
        seller.begins();
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (seller.sold().size() < WARM_SALES + CALM_SALES && System.nanoTime() < deadline) Thread.sleep(20);
        seller.pauses(SELLER_PATIENCE_MILLIS);
        calmP99 = Checker.percentile(
                seller.sold().stream()
                        .filter(Seller.Sold::undisturbed)
                        .mapToLong(Seller.Sold::micros)
                        .sorted()
                        .toArray(),
                99);
        if (calmP99 == 0) throw new IllegalStateException("nothing could be sold: " + seller.refusals());
    }

    Result play(Plan plan) throws IOException, InterruptedException, SQLException {
        long begun = System.nanoTime();
        int refusedBefore = seller.refusals().size();
        int soldBefore = seller.sold().size();
        tillIsHit = plan.fault().hitsTheTill();
        Trace trace = new Trace();
        seller.begins();
        Thread.sleep(plan.before());
        if (plan.fault().takesRedundancy()) awaitQuiet(plan.fault().isSeenAtTheHub());
        hit(plan, trace);
        ways.values().forEach(way -> way.becomes(FaultProxy.Way.OPEN));
        hubOrders.disarm();
        storeOrders.disarm();
        shop.disarm();
        seller.pauses(SELLER_PATIENCE_MILLIS);
        long backlog = missing();
        Duration drained = drained(backlog);
        if (tillIsHit) warmAt = seller.sold().size() + WARM_SALES;
        tillIsHit = false;
        List<String> refusals = seller.refusals();
        List<String> refused = refusals.subList(refusedBefore, refusals.size());
        String mustRefuse = plan.fault().mustRefuse();
        if (mustRefuse != null && refused.stream().noneMatch(each -> each.contains(mustRefuse)))
            trace.found.add("nobody was refused with " + mustRefuse);
        Evidence evidence = new Evidence(
                seller.sold(),
                reader.storeSide(),
                reader.hubSide().with(trace.found),
                new Evidence.Round(
                        plan,
                        backlog,
                        drained,
                        trace.alarm,
                        plan.fault().harmsTheLocalJournal(),
                        trace.relayBack,
                        calmP99,
                        shop.storeStart(),
                        refused.stream()
                                .filter(each -> !plan.fault().excuses(each))
                                .toList()));
        String note = (seller.sold().size() - soldBefore) + " sold, drained "
                + (drained == null ? "never" : drained.toMillis() + " ms")
                + (trace.alarm == null ? "" : ", told after " + trace.alarm.toMillis() + " ms")
                + (trace.relayBack == null ? "" : ", relay back after " + trace.relayBack.toMillis() + " ms")
                + trace.note + ", in " + (System.nanoTime() - begun) / 1_000_000_000 + " s";
        return new Result(plan, evidence, Checker.check(evidence), note);
    }

    private static final class Trace {
        private @Nullable Duration alarm;
        private @Nullable Duration relayBack;
        private String note = "";
        /** What the databases alone do not show. */
        private final List<String> found = new ArrayList<>();
    }

    private void hit(Plan plan, Trace trace) throws IOException, InterruptedException, SQLException {
        Fault fault = plan.fault();
        switch (fault) {
            case STORE_KILLED -> {
                kill(shop.storeProcess());
                last(plan, trace);
                shop.startStore(Map.of());
            }
            case HUB_KILLED, BACKLOG -> {
                shop.hubProcess().kill();
                last(plan, trace);
                if (fault == Fault.BACKLOG) Thread.sleep(plan.lasts().multipliedBy(3));
                shop.startHub(Map.of());
            }
            case RELAY_KILLED -> {
                signal("KILL", relay());
                Thread.sleep(plan.lasts());
            }
            case DATABASE_KILLED -> {
                signal("KILL", reader.postmaster(shop.folder().resolve("hub")));
                Thread.sleep(plan.lasts());
            }
            case DATABASE_BACKEND_KILLED -> {
                signal("KILL", reader.backend());
                Thread.sleep(plan.lasts());
            }
            case DATABASE_GIVES_UP -> {
                signal("QUIT", reader.postmaster(shop.folder().resolve("hub")));
                Thread.sleep(plan.lasts());
            }
            case STORE_FROZEN -> frozen(shop.storeProcess().pid(), plan, trace);
            case HUB_FROZEN -> frozen(shop.hubProcess().pid(), plan, trace);
            case RELAY_FROZEN -> frozen(relay(), plan, trace);
            case UPLINK_HOLE -> bad(uplink(), FaultProxy.Way.HOLE, plan, trace);
            case UPLINK_RESET -> bad(uplink(), FaultProxy.Way.RESET, plan, trace);
            case UPLINK_SLOW -> bad(uplink(), FaultProxy.Way.SLOW, plan, trace);
            case UPLINK_LOSSY -> bad(uplink(), FaultProxy.Way.LOSSY, plan, trace);
            case UPLINK_CUT -> bad(uplink(), FaultProxy.Way.CUT, plan, trace);
            case HTTP_HOLE -> bad(http(), FaultProxy.Way.HOLE, plan, trace);
            case HTTP_RESET -> bad(http(), FaultProxy.Way.RESET, plan, trace);
            case HTTP_SLOW -> bad(http(), FaultProxy.Way.SLOW, plan, trace);
            case HTTP_LOSSY -> bad(http(), FaultProxy.Way.LOSSY, plan, trace);
            case HTTP_CUT -> bad(http(), FaultProxy.Way.CUT, plan, trace);
            case NETWORK_LOSSY -> {
                http().becomes(FaultProxy.Way.LOSSY);
                bad(uplink(), FaultProxy.Way.LOSSY, plan, trace);
            }
            case NETWORK_HOLE -> {
                http().becomes(FaultProxy.Way.HOLE);
                bad(uplink(), FaultProxy.Way.HOLE, plan, trace);
            }
            case LOCAL_JOURNAL_DELETED, LOCAL_JOURNAL_CORRUPTED -> {
                // Frames wait in the journal when it goes.
                uplink().becomes(FaultProxy.Way.HOLE);
                Thread.sleep(plan.lasts());
                cutPower(shop.storeProcess());
                Path journal = shop.folder().resolve("store").resolve("broker");
                if (fault == Fault.LOCAL_JOURNAL_DELETED) delete(journal);
                else trace.note = ", " + flip(journal, plan.dice()) + " bytes flipped";
                uplink().becomes(FaultProxy.Way.OPEN);
                long started = System.nanoTime();
                shop.startStore(Map.of());
                trace.relayBack = awaitRelay(started);
            }
            case HUB_JOURNAL_DELETED -> {
                shop.hubProcess().kill();
                delete(shop.folder().resolve("hub").resolve("broker"));
                shop.startHub(Map.of());
            }
            case CURSOR_LOST -> {
                kill(shop.storeProcess());
                for (String file : List.of("relay.db", "relay.db-wal", "relay.db-shm"))
                    Files.deleteIfExists(shop.folder().resolve("store").resolve(file));
                shop.startStore(Map.of());
            }
            case POISON -> {
                poison();
                Thread.sleep(plan.lasts());
                trace.note = mend();
            }
            case SHUFFLED -> trace.note = shuffled(plan, trace.found);
            case STORE_DISK_FULL -> {
                List<Long> pids = family(shop.storeProcess().pid());
                FileLimit.full(pids);
                Thread.sleep(plan.lasts());
                FileLimit.roomy(family(shop.storeProcess().pid()));
                trace.relayBack = awaitRelay(System.nanoTime());
            }
            case HUB_DISK_FULL -> {
                List<Long> pids = new ArrayList<>(family(shop.hubProcess().pid()));
                pids.addAll(database());
                FileLimit.full(pids);
                Thread.sleep(plan.lasts());
                // Whatever has been started meanwhile took the limit over; the database may be another one by now.
                FileLimit.roomy(pids);
                FileLimit.roomy(family(shop.hubProcess().pid()));
                FileLimit.roomy(database());
            }
            case STORE_CLOCK_BACK -> clock(storeOrders, Duration.ofHours(-20), plan);
            case STORE_CLOCK_AHEAD -> clock(storeOrders, Duration.ofHours(20), plan);
            case STORE_CLOCK_WRONG -> clock(storeOrders, Duration.ofDays(-400), plan);
            case HUB_CLOCK_AHEAD -> clock(hubOrders, Duration.ofHours(20), plan);
            case AT_C19 -> {
                int before = shop.strikes();
                storeOrders.arm(Failpoint.C19_BACKING_UP, 1);
                order("backup");
                trace.note = awaitStrike(Failpoint.C19_BACKING_UP, true, before);
            }
            case AT_C1, AT_C2, AT_C3, AT_C4, AT_C6, AT_C14, AT_STREAM_RECEIVED -> trace.note = atPoint(plan, true);
            case AT_C11, AT_C12, AT_C13, AT_C15 -> trace.note = atPoint(plan, false);
        }
    }

    /** For as long as planned, and then until somebody was told, where somebody must be. */
    private void last(Plan plan, Trace trace) throws InterruptedException {
        long begun = System.nanoTime();
        if (plan.fault().takesRedundancy()) {
            while (trace.alarm == null && System.nanoTime() - begun < ALARM_PATIENCE.toNanos()) {
                if (!alarms(plan.fault().isSeenAtTheHub()).isEmpty())
                    trace.alarm = Duration.ofNanos(System.nanoTime() - begun);
                else Thread.sleep(100);
            }
        }
        long left = plan.lasts().toNanos() - (System.nanoTime() - begun);
        if (left > 0) Thread.sleep(Duration.ofNanos(left));
    }

    /** An alarm of the round before would pass for one of this. */
    private void awaitQuiet(boolean atTheHub) throws InterruptedException {
        long begun = System.nanoTime();
        while (!alarms(atTheHub).isEmpty() && System.nanoTime() - begun < ALARM_PATIENCE.toNanos()) Thread.sleep(100);
    }

    /** What the till's status line, or the hub's list of stores, says is wrong with the way to the other. */
    private Set<String> alarms(boolean atTheHub) throws InterruptedException {
        Set<String> found = new TreeSet<>();
        try {
            if (atTheHub) {
                for (JsonNode store : shop.signedInHub()
                        .http()
                        .get("/console/api/stores")
                        .orThrow()
                        .json()
                        .path("stores")) if (store.path("state").asString().equals("silent")) found.add("silent");
            } else {
                for (JsonNode trouble : shop.till()
                        .http()
                        .get("/api/v1/health")
                        .orThrow()
                        .json()
                        .path("troubles"))
                    if (Set.of("hub-unlinked", "uplink-down", "relay-down", "documents-halted")
                            .contains(trouble.path("code").asString()))
                        found.add(trouble.path("code").asString());
            }
        } catch (IOException e) {
            // Whoever should tell is away; asked again.
        }
        return found;
    }

    private void frozen(long pid, Plan plan, Trace trace) throws IOException, InterruptedException {
        signal("STOP", pid);
        try {
            last(plan, trace);
        } finally {
            signal("CONT", pid);
        }
    }

    private void bad(FaultProxy way, FaultProxy.Way how, Plan plan, Trace trace) throws InterruptedException {
        way.becomes(how, Math.floorMod(plan.dice(), 60_000L) + 500);
        last(plan, trace);
    }

    private String atPoint(Plan plan, boolean atStore) throws IOException, InterruptedException {
        Failpoint point = plan.fault().point();
        if (point == null) throw new IllegalArgumentException(plan.toString());
        // A frame carries hundreds of documents: the hub does not pass there often.
        int pass = atStore ? plan.pass() : (plan.pass() + 1) / 2;
        int before = shop.strikes();
        (atStore ? storeOrders : hubOrders).arm(point, pass);
        return awaitStrike(point, atStore, before);
    }

    private String awaitStrike(Failpoint point, boolean atStore, int before) throws InterruptedException {
        long deadline = System.nanoTime() + STRIKE_PATIENCE.toNanos();
        while (shop.strikes() == before && System.nanoTime() < deadline) Thread.sleep(20);
        if (shop.strikes() == before) return ", NOT struck";
        // The child of a store that lives is started again by it, and may be struck once more before that is disarmed.
        (atStore ? storeOrders : hubOrders).disarm();
        boolean inTheChild = point == Failpoint.C4_RELAY_READ_NOT_SENT || point == Failpoint.C6_SENT_CURSOR_NOT_MOVED;
        ServerProcess struck = atStore ? shop.storeProcess() : shop.hubProcess();
        // Both the till and its child write down what was acknowledged; whichever came first is the one that ended.
        if (point == Failpoint.C14_ACKNOWLEDGEMENT_NOT_SAVED) struck.endsWithin(Duration.ofSeconds(5));
        else if (!inTheChild) struck.awaitEnd(Duration.ofSeconds(20));
        return ", struck";
    }

    /** What the centre asks of the store, by the console. */
    private void order(String kind) throws IOException, InterruptedException {
        HttpCaller console = shop.signedInHub().http();
        for (JsonNode store :
                console.get("/console/api/stores").orThrow().json().path("stores"))
            if (store.path("code").asString().equals("CENTRO"))
                console.post("/console/api/stores/" + store.path("id").asString() + "/commands", Map.of("kind", kind))
                        .orThrow();
    }

    private static void clock(Orders orders, Duration ahead, Plan plan) throws InterruptedException {
        orders.clock(ahead);
        try {
            Thread.sleep(plan.lasts().plusSeconds(2));
        } finally {
            orders.clock(Duration.ZERO);
        }
    }

    private List<Long> database() throws IOException {
        try {
            return family(reader.postmaster(shop.folder().resolve("hub")));
        } catch (NoSuchFileException e) {
            // It is down, and whoever starts it again gives it what limit the hub has then.
            return List.of();
        }
    }

    /** A process and all that it has started, and theirs. */
    private static List<Long> family(long pid) {
        List<Long> pids = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid)
                .ifPresent(
                        process -> process.descendants().map(ProcessHandle::pid).forEach(pids::add));
        return pids;
    }

    /** Another store registers and sends what it has in overlapping frames, each twice, in any order. */
    private String shuffled(Plan plan, List<String> found) throws IOException, InterruptedException, SQLException {
        PaperStore other = PaperStore.registered(shop.signedInHub().http(), 1 + plan.round());
        Random random = new Random(plan.dice());
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < SHUFFLED_DOCUMENTS; i++) documents.add(other.lostSale());
        List<Frame> frames = new ArrayList<>();
        for (int from = 0; from < documents.size(); ) {
            int to = Math.min(documents.size(), from + 1 + random.nextInt(12));
            frames.add(new Frame(0, documents.subList(from, to)));
            // The next one begins within this one, as after a rewind.
            from = to == documents.size() ? to : Math.max(from + 1, to - random.nextInt(4));
        }
        List<Frame> twice = new ArrayList<>(frames);
        twice.addAll(frames);
        Collections.shuffle(twice, random);
        try (PaperUplink uplink = new PaperUplink(other)) {
            // What came too early and was not kept is asked for, as from any store.
            for (int times = 0; times < 2; times++) {
                for (int i = 0; i < twice.size(); i++) uplink.send(twice.get(i), times * twice.size() + i);
                Collections.shuffle(twice, random);
            }
            for (int i = 0; i < frames.size(); i++) uplink.send(frames.get(i), 4 * twice.size() + i);
        } catch (ActiveMQException e) {
            throw new IOException("the other store's frames were not taken", e);
        }
        List<Long> all = List.of((long) SHUFFLED_DOCUMENTS, (long) SHUFFLED_DOCUMENTS, (long) SHUFFLED_DOCUMENTS);
        List<Long> now = List.of();
        long begun = System.nanoTime();
        while (!now.equals(all) && System.nanoTime() - begun < ALARM_PATIENCE.toNanos()) {
            Thread.sleep(50);
            now = reader.ofAnother(other.id().value());
        }
        if (!now.equals(all))
            found.add("of " + SHUFFLED_DOCUMENTS + " shuffled documents landed, were applied, stand in the ledger: "
                    + now);
        return ", " + 5 * frames.size() + " frames of " + SHUFFLED_DOCUMENTS + " documents";
    }

    private void poison() throws SQLException, IOException {
        reader.atHub("""
            create or replace function fault_poison() returns trigger language plpgsql as $$
            begin
                if new.folio_number % 7 = 3 then
                    raise exception 'this sale cannot be applied';
                end if;
                return new;
            end $$
            """, """
            create trigger fault_poison before insert on sale
            for each row execute function fault_poison()
            """);
    }

    private String mend() throws SQLException, IOException, InterruptedException {
        long parked = 0;
        // The poison stays until it has worked.
        for (int i = 0; i < 100 && parked == 0; i++) {
            Thread.sleep(100);
            parked = parked();
        }
        reader.atHub("drop trigger fault_poison on sale", "drop function fault_poison", """
            update document_to_apply
            set parked_at = null, parked_reason = null
            where parked_reason is not null
            """);
        return ", " + parked + " parked";
    }

    private long parked() throws SQLException, IOException {
        return reader.hubSide().troubles().stream()
                .filter(trouble -> trouble.contains("parked"))
                .count();
    }

    private @Nullable Duration awaitRelay(long started) throws InterruptedException {
        while (System.nanoTime() - started < ALARM_PATIENCE.toNanos()) {
            try {
                if (shop.till().status().path("relay").asString().equalsIgnoreCase("RUNNING"))
                    return Duration.ofNanos(System.nanoTime() - started);
            } catch (IOException e) {
                // Not up yet.
            }
            Thread.sleep(50);
        }
        return null;
    }

    private long missing() throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                return reader.missingAtHub();
            } catch (SQLException | IOException e) {
                if (i == 600) throw new IllegalStateException("the databases cannot be read", e);
                Thread.sleep(100);
            }
        }
    }

    private @Nullable Duration drained(long backlog) throws InterruptedException {
        long begun = System.nanoTime();
        Duration limit = Duration.ofSeconds(65 + backlog / 500);
        while (System.nanoTime() - begun < limit.toNanos()) {
            if (missing() == 0) return Duration.ofNanos(System.nanoTime() - begun);
            Thread.sleep(50);
        }
        return null;
    }

    /** With its child, which ends when its input does. */
    private static void kill(ServerProcess process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants();
        process.kill();
        awaitEnd(children);
    }

    /** Till and child at once, as when the power goes. */
    private static void cutPower(ServerProcess process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants();
        children.forEach(ProcessHandle::destroyForcibly);
        process.kill();
        awaitEnd(children);
    }

    private static void awaitEnd(List<ProcessHandle> orphans) {
        Awaitility.await("the end of the child")
                .atMost(ORPHAN_PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> orphans.stream().noneMatch(Rounds::runs));
    }

    /** An orphan that has ended stands in the list of processes until the machine's first process has taken note, and some take half a minute. */
    private static boolean runs(ProcessHandle orphan) {
        if (!orphan.isAlive()) return false;
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(orphan.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (NoSuchFileException e) {
            return !Files.exists(Path.of("/proc/self/stat")) && orphan.isAlive();
        } catch (IOException e) {
            return orphan.isAlive();
        }
    }

    private long relay() {
        return shop.storeProcess().descendants().stream()
                .map(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the relay does not run"));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor() != 0)
            throw new IOException("no process " + pid);
    }

    private FaultProxy uplink() {
        return new ArrayList<>(ways.values()).get(0);
    }

    private FaultProxy http() {
        return new ArrayList<>(ways.values()).get(1);
    }

    private static int flip(Path folder, long dice) throws IOException {
        Random random = new Random(dice);
        int flipped = 0;
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    long near = Math.min(channel.size(), 64 * 1024);
                    for (int i = 0; i < 12 && near > 0; i++) {
                        long at = random.nextLong(near);
                        java.nio.ByteBuffer one = java.nio.ByteBuffer.allocate(1);
                        channel.read(one, at);
                        one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8))))
                                .rewind();
                        channel.write(one, at);
                        flipped++;
                    }
                }
            }
        }
        return flipped;
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hands of somebody who looks on. */
    TillHands till() {
        return shop.till();
    }

    @Override
    public void close() throws IOException {
        seller.close();
        for (FaultProxy way : ways.values()) way.close();
        shop.close();
        hubOrders.close();
        storeOrders.close();
    }
}
