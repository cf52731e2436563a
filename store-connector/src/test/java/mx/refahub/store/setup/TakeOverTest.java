package mx.refahub.store.setup;

import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.TestStore;
import mx.refahub.store.backup.Verification;
import mx.refahub.store.hublink.FakeHub;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.identity.KeyFile;
import mx.refahub.store.identity.Standing;
import mx.refahub.store.sqlite.SqliteFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverTest {
    private static final HubSettings SETTINGS = new HubSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    private FakeHub hub;
    private TestStore store;
    private PartId plug;
    private long lastReceipt;
    private List<StoreTaken.Life> past = List.of();
    private final AtomicInteger mended = new AtomicInteger();

    @BeforeEach
    void open() {
        hub = new FakeHub(0);
        store = TestStore.registeredAt(folder.resolve("first"), hub.address());
        plug = store.part("BKR5E", 8_900);
        hub.lives = call -> answer(2, 100, hub.history.isEmpty() ? 0 : hub.history.lastKey());
    }

    @AfterEach
    void close() {
        store.close();
        hub.close();
    }

    @Test
    void new_hardware_gets_open_drawers_sales_shelf_and_counters_and_sells_on_after_a_jump() throws Exception {
        UUID drawer = store.openCashSession(TestStore.C1).id();
        Sale first = sell(store);
        done(store.cash.move(
                drawer,
                new CashMovement(
                        store.ids.next(),
                        CashMovement.Kind.PAID_IN,
                        Money.mxn(10_000),
                        CashMovement.Reason.MORE_FLOAT,
                        "",
                        ""),
                TestStore.LUCIA,
                null));
        Sale second = sell(store);
        landed(store);
        hub.carried.add(new StoreTaken.Carried(plug.value(), "A-1", 7_000, 62_300, 8_900));

        Path fresh = folder.resolve("second");
        Files.createDirectories(fresh);
        try (SqliteFile sales = SqliteFile.open(fresh.resolve("sales.db"), "db/store/sales");
                HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            Identities identities =
                    new Identities(sales, KeyFile.open(fresh.resolve("keys/secret.key"), new SecureRandom()));
            TakeOver.Taken taken = done(takeOver(sales, identities, http, fresh).byCode(hub.address(), "7K3M"));

            assertThat(taken.broughtBack()).isEqualTo(4);
            assertThat(taken.onlyDelivered()).isEmpty();
            Identity now = identities.current().orElseThrow();
            assertThat(now.epoch()).isEqualTo(2);
            assertThat(now.broker().user()).isEqualTo("centro.e2");
        }
        assertThat(hub.taken).containsExactly(new StoreTaken.Done(2, TakeOver.JUMP));
        sound(fresh);

        try (TestStore machine = TestStore.registeredAt(fresh, "")) {
            assertThat(machine.till.sale(first.id())).contains(first);
            assertThat(machine.till.sale(second.id())).contains(second);
            assertThat(machine.count("cash_movement")).isEqualTo(1);
            assertThat(number(machine, "select sum(amount) as n from cash_journal"))
                    .isEqualTo(number(store, "select sum(amount) as n from cash_journal"));
            assertThat(number(machine, "select moved as n from stock_balance")).isEqualTo(7_000 - 2_000);
            PartId known = machine.part("BKR6E", 10_000);
            Sale next = sell(machine, known);
            assertThat(next.cashSession()).isEqualTo(drawer);
            assertThat(next.folio().number()).isEqualTo(second.folio().number() + 1 + TakeOver.JUMP);
            Document document = machine.outbox.after(100, 1, 1).getFirst();
            assertThat(document.sequence()).isEqualTo(101);
            assertThat(document.envelope().epoch()).isEqualTo(2);
            assertThat(document.envelope().previousHash()).isEqualTo(Sha256.NONE);
            assertThat(document.isAuthentic(TestStore.KEYS.getPublic()))
                    .as("signed with the key of the new life")
                    .isFalse();
        }
        sound(fresh);
    }

    @Test
    void a_forked_disk_gets_what_it_lacks_and_delivers_its_own_again_in_the_new_epoch() throws Exception {
        store.openCashSession(TestStore.C1);
        for (int i = 0; i < 4; i++) sell(store);
        store.close();
        copy(folder.resolve("first"), folder.resolve("second"));
        store = TestStore.registeredAt(folder.resolve("first"), hub.address());
        sell(store);
        Sale theirs = sell(store);
        landed(store);
        Sale ours;
        try (TestStore copy = TestStore.registeredAt(folder.resolve("second"), hub.address());
                HubHttp http = new HubHttp(SETTINGS, copy.json, copy.clock)) {
            copy.clock.advance(Duration.ofSeconds(7));
            sell(copy);
            sell(copy);
            ours = sell(copy);
            UUID id = copy.outbox.after(7, 1, 1).getFirst().id();

            TakeOver.Taken taken = done(
                    takeOver(copy.sales, copy.identities, http, copy.folder).byCode(hub.address(), "7K3M"));

            assertThat(taken.resealed()).isEqualTo(3);
            assertThat(taken.broughtBack()).isEqualTo(2);
            assertThat(mended).hasValue(1);
            assertThat(copy.outbox.hashAt(6)).isEqualTo(store.outbox.hashAt(6));
            Document last = copy.outbox.after(102, 1, 1).getFirst();
            assertThat(last.id()).as("the same document in another place").isEqualTo(id);
            assertThat(last.envelope().epoch()).isEqualTo(2);
            assertThat(copy.till.sale(ours.id())).contains(ours);
            assertThat(taken.onlyDelivered())
                    .as("folios that both machines gave out stand once in this till's books")
                    .containsEntry("sale", 2);
            Sale next = sell(copy);
            assertThat(next.folio().number()).isGreaterThan(theirs.folio().number() + TakeOver.JUMP);
            assertThat(copy.outbox.lastSequence()).isEqualTo(104);
        }
        sound(folder.resolve("second"));
    }

    @Test
    void an_older_disk_gets_what_it_lacks_into_its_books() throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        store.close();
        copy(folder.resolve("first"), folder.resolve("second"));
        store = TestStore.registeredAt(folder.resolve("first"), hub.address());
        Sale lost = sell(store);
        landed(store);
        try (TestStore old = TestStore.registeredAt(folder.resolve("second"), hub.address());
                HubHttp http = new HubHttp(SETTINGS, old.json, old.clock)) {
            TakeOver.Taken taken =
                    done(takeOver(old.sales, old.identities, http, old.folder).byCode(hub.address(), "7K3M"));

            assertThat(taken.resealed()).isZero();
            assertThat(taken.broughtBack()).isEqualTo(1);
            assertThat(old.till.sale(lost.id())).contains(lost);
        }
        sound(folder.resolve("second"));
    }

    @Test
    void a_folder_of_another_store_and_a_hub_that_is_not_there_change_nothing() {
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            TakeOver takeOver = takeOver(store.sales, store.identities, http, store.folder);
            hub.lives = call -> {
                StoreTaken.Answer a = answer(2, 100, 0);
                return new StoreTaken.Answer(
                        UUID.randomUUID(), "norte", 2, 100, a.cause(), 0, 1, 1, 1, "", "", "s", "", "", "", List.of(), null);
            };
            assertThat(refusal(takeOver.byCode(hub.address(), "x"))).isEqualTo("folder-of-another-store");
            assertThat(refusal(takeOver.byCode("nowhere", "x"))).isEqualTo("hub-address-invalid");
            hub.close();
            assertThat(refusal(takeOver.byCode(hub.address(), "x"))).isEqualTo("hub-unreachable");
            assertThat(store.identities.current().orElseThrow().epoch()).isEqualTo(1);
        }
    }

    @Test
    void a_machine_that_may_not_be_the_store_stays_shut_over_a_restart_until_the_hub_takes_it_back() {
        Standing standing = new Standing(store.sales, store.clock);
        standing.said("store-forked", 5, 5);
        assertThat(standing.refusal()).as("it goes on selling").isEmpty();
        standing.said("store-copied", 5, 9);

        store = store.restarted();
        Standing again = new Standing(store.sales, store.clock);
        assertThat(again.refusal()).hasValueSatisfying(r -> assertThat(r.code()).isEqualTo("store-copied"));

        again.said(null, 9, 9);
        assertThat(new Standing(store.sales, store.clock).refusal()).isEmpty();
    }

    private TakeOver takeOver(SqliteFile sales, Identities identities, HubHttp http, Path data) {
        return new TakeOver(sales, identities, http, store.json, store.ids, data, store.clock, mended::incrementAndGet);
    }

    private StoreTaken.Answer answer(int epoch, long base, long landed) {
        return new StoreTaken.Answer(
                TestStore.CENTRO.value(),
                "centro",
                epoch,
                base,
                "REPLACED",
                landed,
                1,
                1,
                20_001,
                "tunnel",
                "-",
                "store-secret",
                "tcp://127.0.0.1:1",
                "centro.e" + epoch,
                "password",
                List.of(
                        new StoreTaken.Register(TestStore.C1.value(), "Caja 1", "C1", 2, 0, lastReceipt),
                        new StoreTaken.Register(TestStore.C2.value(), "Caja 2", "C2", 0, 0, 0)),
                past);
    }

    private void landed(TestStore from) {
        from.outbox.after(0, 1_000, Integer.MAX_VALUE).forEach(one -> hub.history.put(one.sequence(), one));
    }

    private static void sound(Path data) {
        assertThat(Verification.of(data)).allMatch(Verification.Finding::right, "right");
    }

    private static long number(TestStore at, String query) {
        return at.sales
                .read(session -> session.first(query, row -> row.number("n")))
                .orElseThrow();
    }

    private Sale sell(TestStore at) {
        return sell(at, plug);
    }

    private static Sale sell(TestStore at, PartId part) {
        Ticket ticket = done(at.till.inHand(TestStore.C1, TestStore.MARTA));
        ticket = done(at.till.add(ticket.id(), at.ids.next(), part, Quantity.ONE, TestStore.MARTA));
        return done(at.till.pay(
                ticket.id(),
                ticket.totals().total(),
                TestStore.cash(ticket.totals().total().minor()),
                TestStore.MARTA));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) Files.createDirectories(target);
                else Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.setPosixFilePermissions(to.resolve("keys"), PosixFilePermissions.fromString("rwx------"));
    }
}
