package mx.refahub.store.setup;

import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Stations;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.TestStore;
import mx.refahub.store.backup.Salvage;
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

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private FakeHub hub;
    private TestStore store;
    private PartId plug;
    private long lastReceipt;
    private long historyFrom = 1;
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
    void no_number_of_a_promise_comes_again_however_many_were_given_and_never_delivered() throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        landed(store);
        // Quoted for months without a link, and sold next to nothing.
        store.sales.write(session -> session.update("""
                update register
                set next_quote = 40001, next_layaway = 30001, next_order = 20001, next_deposit = 50001
                """));

        Path fresh = folder.resolve("second");
        takenByNewHardware(fresh);

        try (TestStore machine = TestStore.registeredAt(fresh, "")) {
            for (String counter : List.of("next_quote", "next_layaway", "next_order", "next_deposit"))
                assertThat(number(machine, "select min(" + counter + ") as n from register"))
                        .as("%s begins where no number of the life before can be", counter)
                        .isEqualTo(TakeOver.NUMBERS_OF_A_LIFE + 1)
                        .isGreaterThan(number(store, "select max(" + counter + ") as n from register"));
        }
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
    void new_hardware_knows_what_customers_owed_before_its_history_and_what_they_paid_since() throws Exception {
        store.openCashSession(TestStore.C1);
        UUID customer = done(store.customers.make(
                        store.ids.next(),
                        Map.of(CustomerField.NAME, "Taller Núñez", CustomerField.PHONE, "2225550147"),
                        TestStore.MARTA))
                .id();
        credit(store, customer, 0);
        Sale charge = onAccount(store, customer);
        store.openCashSession(TestStore.C2);
        historyFrom = store.outbox.lastSequence();
        done(store.accounts.take(
                store.ids.next(),
                customer,
                TestStore.C2,
                new Accounts.Payment(Tender.Kind.CHEQUE, Money.mxn(3_000), "0012", List.of()),
                TestStore.MARTA));
        landed(store);
        hub.entries.addAll(store.sales.read(session -> session.all(
                """
                select id, customer_id, kind, amount, at, day, due_on, reference, document_sequence
                from account_entry
                where document_sequence < ?
                order by id
                """,
                row -> new StoreTaken.CarriedEntry(
                        row.id("id"),
                        row.id("customer_id"),
                        row.text("kind"),
                        row.number("amount"),
                        row.instant("at"),
                        LocalDate.parse(row.text("day")),
                        LocalDate.parse(row.text("due_on")),
                        row.text("reference"),
                        null,
                        "",
                        null,
                        row.number("document_sequence"),
                        Map.of()),
                historyFrom)));
        lastReceipt = 1;

        Path fresh = folder.resolve("second");
        takenByNewHardware(fresh);

        sound(fresh);
        try (TestStore machine = TestStore.registeredAt(fresh, "")) {
            long owed = charge.totals().total().minor() - 3_000;
            assertThat(number(machine, "select balance as n from account_balance"))
                    .isEqualTo(owed);
            assertThat(
                            number(
                                    machine,
                                    "select sum(amount) as n from cash_journal where kind = 'ACCOUNT_PAYMENT' and tender = 'CHEQUE'"))
                    .isEqualTo(3_000);
            assertThat(number(machine, "select next_receipt as n from register where prefix = 'C1'"))
                    .isEqualTo(2 + TakeOver.JUMP);
            credit(machine, customer, owed);
            assertThat(done(machine.accounts.account(customer)).balance()).isEqualTo(Money.mxn(owed));
            assertThat(done(machine.accounts.account(customer)).open())
                    .singleElement()
                    .satisfies(open -> assertThat(open.left()).isEqualTo(Money.mxn(owed)));
        }
    }

    @Test
    void a_history_that_crosses_the_beginning_of_an_earlier_life_is_followed_to_its_end() throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        landed(store);
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            done(takeOver(store.sales, store.identities, http, store.folder).byCode(hub.address(), "7K3M"));
        }
        sell(store);
        sell(store);
        landed(store);
        Instant then = store.clock.instant();
        past = List.of(
                new StoreTaken.Life(1, 0, "REGISTERED", 0, then), new StoreTaken.Life(2, 100, "REPLACED", 1_000, then));
        hub.lives = call -> answer(3, 200, hub.history.lastKey());

        Path fresh = folder.resolve("second");
        takenByNewHardware(fresh);

        sound(fresh);
        try (TestStore machine = TestStore.registeredAt(fresh, "")) {
            assertThat(machine.outbox.lastSequence()).isEqualTo(102);
            sell(machine, machine.part("BKR6E", 10_000));
            assertThat(machine.outbox.lastSequence()).isEqualTo(201);
        }
        sound(fresh);
    }

    @Test
    void a_take_over_whose_end_was_lost_is_done_again_wherever_its_documents_stand_and_told_until_it_is_heard()
            throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        landed(store);
        for (int i = 0; i < 3; i++) sell(store);
        List<UUID> written = ids(store);
        long last = store.outbox.lastSequence();
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            TakeOver takeOver = takeOver(store.sales, store.identities, http, store.folder);
            hub.deaf = true;
            hub.lives = call -> answer(2, last, 2);
            done(takeOver.byCode(hub.address(), "7K3M"));
            assertThat(hub.taken).isEmpty();

            sell(store);
            // The same epoch begins two later: old and new numbers overlap.
            hub.lives = call -> answer(2, last + 2, 2);
            done(takeOver.byCode(hub.address(), "7K3M"));
            assertThat(store.outbox.lastSequence()).isEqualTo(last + 2 + 4);
            assertThat(ids(store)).containsAll(written).hasSize(written.size() + 1);
            sound(store.folder);

            hub.deaf = false;
            takeOver.tell();
            takeOver.tell();
            assertThat(hub.taken).as("once").containsExactly(new StoreTaken.Done(2, 2 * TakeOver.JUMP));
        }
    }

    @Test
    void a_life_that_was_granted_and_broke_off_is_asked_for_again_until_the_hub_says_no() throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        landed(store);
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            TakeOver takeOver = takeOver(store.sales, store.identities, http, store.folder);
            hub.lives = call -> {
                hub.broken = true;
                return answer(2, 100, 2);
            };
            takeOver.soon();
            await().atMost(SOON).until(() -> hub.broken && !takeOver.isUnderWay());
            assertThat(epoch()).isEqualTo(1);

            // Its old life is over: all that it hears now is that it is the store no longer.
            hub.broken = false;
            hub.lives = call -> answer(2, 100, 2);
            takeOver.again();
            await().atMost(SOON).until(() -> epoch() == 2);
            await().atMost(SOON).until(() -> !takeOver.isUnderWay());

            hub.lives = call -> null;
            int before = asked();
            takeOver.again();
            await().atMost(SOON).until(() -> asked() == before + 1 && !takeOver.isUnderWay());
            takeOver.again();
            assertThat(takeOver.isUnderWay()).as("a no is a no").isFalse();
            takeOver.soon();
            await().atMost(SOON).until(() -> asked() == before + 2);
        }
        sound(store.folder);
    }

    private int epoch() {
        return store.identities.current().orElseThrow().epoch();
    }

    private int asked() {
        return (int) hub.requests.stream()
                .filter(request -> request.equals("POST /api/hubs/lives"))
                .count();
    }

    @Test
    void what_lay_on_the_counter_travels_when_it_has_changed_and_comes_back_but_for_what_was_sold_since()
            throws Exception {
        store.openCashSession(TestStore.C1);
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            CounterCourier courier = new CounterCourier(store.sales, store.identities, http, store.json);
            courier.run();
            courier.run();
            assertThat(hub.counters).as("only when it has changed").hasSize(1);
            Ticket waits = done(store.till.inHand(TestStore.C1, TestStore.MARTA));
            waits = done(store.till.add(waits.id(), store.ids.next(), plug, Quantity.of(3), TestStore.MARTA));
            done(store.shelf.park(waits.id(), "regresa el martes", TestStore.MARTA));
            Ticket inHand = done(store.till.inHand(TestStore.C1, TestStore.MARTA));
            inHand = done(store.till.add(inHand.id(), store.ids.next(), plug, Quantity.ONE, TestStore.MARTA));
            courier.run();
            done(store.till.pay(
                    inHand.id(),
                    inHand.totals().total(),
                    TestStore.cash(inHand.totals().total().minor()),
                    TestStore.MARTA));
            landed(store);

            Path fresh = folder.resolve("second");
            TakeOver.Taken taken = takenByNewHardware(fresh);

            assertThat(taken.onTheCounter()).containsEntry("ticket", 1).containsEntry("ticket_line", 1);
            sound(fresh);
            try (TestStore machine = TestStore.registeredAt(fresh, "")) {
                assertThat(machine.shelf.parked())
                        .singleElement()
                        .satisfies(one -> assertThat(one.note()).isEqualTo("regresa el martes"));
            }
        }
    }

    @Test
    void a_kit_on_a_ticket_comes_back_as_one_and_a_station_gives_no_number_twice() throws Exception {
        store.openCashSession(TestStore.C1);
        Stations.Station station = done(store.stationary.pair(
                        done(store.stationary.invite("Mostrador 1", TestStore.LUCIA))
                                .code(),
                        TestStore.PEDRO))
                .station();
        Ticket waits = done(store.till.inHand(TestStore.C1, TestStore.MARTA));
        done(store.till.add(waits.id(), store.ids.next(), kitOf(plug), Quantity.ONE, TestStore.MARTA));
        done(store.shelf.park(waits.id(), "", TestStore.MARTA));
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            new CounterCourier(store.sales, store.identities, http, store.json).run();
        }
        landed(store);

        Path fresh = folder.resolve("second");
        TakeOver.Taken taken = takenByNewHardware(fresh);

        assertThat(taken.onTheCounter()).containsEntry("ticket_kit", 1).containsEntry("ticket_line", 1);
        sound(fresh);
        try (TestStore machine = TestStore.registeredAt(fresh, "")) {
            assertThat(machine.stationary.all()).containsExactly(station);
            assertThat(number(
                            machine, "select min(next_quote) as n from register where id in (select id from station)"))
                    .isEqualTo(TakeOver.NUMBERS_OF_A_LIFE + 1);
        }

        // As a version without kits wrote it: the ticket opens without the pieces that stood in one.
        hub.counters.add(hub.counters.getLast().replace("\"ticket_kit\"", "\"unknown\""));
        Path third = folder.resolve("third");
        assertThat(takenByNewHardware(third).onTheCounter())
                .containsEntry("ticket", 1)
                .doesNotContainKey("ticket_line");
        sound(third);
    }

    private PartId kitOf(PartId piece) {
        PartId id = new PartId(store.ids.next());
        PartRow row = TestStore.row(id, "KIT-1", "GENERAL", "02", 0);
        store.publish(
                mx.refahub.domain.stream.Stream.CATALOGUE,
                List.of(new PartRow(
                        row.id(),
                        row.lineCode(),
                        row.partNumber(),
                        row.brand(),
                        "Kit",
                        row.nameEn(),
                        row.category(),
                        "KIT",
                        row.taxClass(),
                        row.core(),
                        row.satCode(),
                        row.satUnit(),
                        row.taxObject(),
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new PartRow.RelationRow("COMPONENT", piece.value(), "", 2_000, "", "")))));
        return id;
    }

    @Test
    void documents_that_the_old_machine_never_delivered_go_up_from_the_new_one_once() throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        landed(store);
        Path fresh = folder.resolve("second");
        takenByNewHardware(fresh);
        // The old machine sold on, unheard.
        Sale unheard = sell(store);
        Sale known = sell(store);
        store.close();
        Path salvaged = folder.resolve("salvaged.db");
        Salvage.from(folder.resolve("first/sales.db"), TestStore.CENTRO, 0, salvaged)
                .close();
        store = TestStore.registeredAt(folder.resolve("first"), hub.address());
        UUID atTheHub = store.outbox.after(3, 1, 1).getFirst().id();
        hub.word = one -> one.id().equals(atTheHub) ? StoreTaken.Word.KNOWN : StoreTaken.Word.FRESH;

        try (TestStore machine = TestStore.registeredAt(fresh, hub.address());
                HubHttp http = new HubHttp(SETTINGS, machine.json, machine.clock)) {
            Sale own = sell(machine, machine.part("BKR6E", 10_000));
            Adoption adoption = new Adoption(
                    machine.sales, machine.identities, http, machine.outboxWriter, machine.saleRows, machine.json);

            Adoption.Adopted adopted = adoption.from(salvaged);
            Adoption.Adopted again = adoption.from(salvaged);

            assertThat(adopted.adopted()).isEqualTo(1);
            assertThat(adopted.known()).as("of before, and the one that landed").isEqualTo(3);
            assertThat(again.adopted()).isZero();
            assertThat(machine.till.sale(unheard.id())).contains(unheard);
            assertThat(machine.till.sale(known.id())).isEmpty();
            assertThat(machine.till.sale(own.id())).contains(own);
            Document last = machine.outbox.after(101, 1, 1).getFirst();
            assertThat(last.id())
                    .isEqualTo(store.outbox.after(2, 1, 1).getFirst().id());
            assertThat(last.envelope().epoch()).isEqualTo(2);
        }
        sound(fresh);
    }

    private static List<UUID> ids(TestStore at) {
        return at.outbox.after(0, 1_000, Integer.MAX_VALUE).stream()
                .map(Document::id)
                .toList();
    }

    private TakeOver.Taken takenByNewHardware(Path fresh) throws IOException {
        Files.createDirectories(fresh);
        try (SqliteFile sales = SqliteFile.open(fresh.resolve("sales.db"), "db/store/sales");
                HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            Identities identities =
                    new Identities(sales, KeyFile.open(fresh.resolve("keys/secret.key"), new SecureRandom()));
            return done(takeOver(sales, identities, http, fresh).byCode(hub.address(), "7K3M"));
        }
    }

    private static void credit(TestStore at, UUID customer, long own) {
        CreditLine line =
                new CreditLine(customer, Money.mxn(900_000), 30, false, Money.mxn(900_000), at.clock.instant());
        at.publish(
                mx.refahub.domain.stream.Stream.CUSTOMERS,
                List.of(new CustomerRow(
                        customer,
                        Map.of("NAME", "Taller Núñez"),
                        customer,
                        own,
                        own,
                        new CustomerRow.LineRow(
                                "MXN",
                                900_000,
                                30,
                                false,
                                900_000,
                                line.setAt(),
                                line.sign(TestStore.HUB_KEYS.getPrivate())),
                        List.of(),
                        null)));
    }

    private Sale onAccount(TestStore at, UUID customer) {
        Ticket ticket = done(at.till.inHand(TestStore.C1, TestStore.MARTA));
        ticket = done(at.till.add(ticket.id(), at.ids.next(), plug, Quantity.ONE, TestStore.MARTA));
        ticket = done(at.till.sellTo(ticket.id(), customer, TestStore.MARTA));
        return done(at.till.pay(
                ticket.id(),
                ticket.totals().total(),
                new Payment(List.of(new Payment.Offer(
                        Tender.Kind.ON_ACCOUNT, ticket.totals().total(), ""))),
                TestStore.MARTA));
    }

    @Test
    void a_folder_of_another_store_and_a_hub_that_is_not_there_change_nothing() {
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            TakeOver takeOver = takeOver(store.sales, store.identities, http, store.folder);
            hub.lives = call -> {
                StoreTaken.Answer a = answer(2, 100, 0);
                return new StoreTaken.Answer(
                        UUID.randomUUID(),
                        "norte",
                        2,
                        100,
                        a.cause(),
                        0,
                        1,
                        1,
                        1,
                        "",
                        "",
                        "s",
                        "",
                        "",
                        "",
                        List.of(),
                        null);
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

    @Test
    void a_document_that_the_hub_sends_otherwise_than_it_was_written_changes_nothing_and_is_tried_again()
            throws Exception {
        store.openCashSession(TestStore.C1);
        sell(store);
        landed(store);
        long last = store.outbox.lastSequence();
        Document written = hub.history.lastEntry().getValue();
        hub.history.put(
                last + 1,
                new Document(
                        written.envelope(),
                        written.hash(),
                        written.signature(),
                        "{}".getBytes(StandardCharsets.UTF_8)));
        try (HubHttp http = new HubHttp(SETTINGS, store.json, store.clock)) {
            TakeOver takeOver = takeOver(store.sales, store.identities, http, store.folder);
            assertThat(refusal(takeOver.byCode(hub.address(), "7K3M"))).isEqualTo("hub-document-damaged");
            assertThat(store.identities.current().orElseThrow().epoch()).isEqualTo(1);

            hub.history.remove(last + 1);
            done(takeOver.byCode(hub.address(), "7K3M"));

            assertThat(store.identities.current().orElseThrow().epoch()).isEqualTo(2);
            sound(store.folder);
        }
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
                historyFrom,
                1,
                20_001,
                "tunnel",
                TestStore.HUB_KEY_PEM,
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
