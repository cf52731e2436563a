package mx.refahub.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.fiscal.FiscalData;
import mx.refahub.domain.fiscal.InvoiceDesk;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.TestStore;
import mx.refahub.store.invoice.SqliteInvoiceDesk;
import mx.refahub.store.relay.SqliteRelayCursor;
import mx.refahub.store.sqlite.SqliteFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files, damaged as disks damage them: a copy of the folder of a store that was killed in the middle of its day. */
class RestoreTest {
    private static final int BEFORE = 3;
    private static final int SINCE = 8;

    @TempDir
    static Path live;

    @TempDir
    static Path killed;

    @TempDir
    static Path stopped;

    @TempDir
    Path shop;

    private static TestStore store;
    private static Backup backup;
    private static final List<Sale> sold = new ArrayList<>();

    @BeforeAll
    static void a_day_with_a_backup_in_it() throws IOException {
        store = TestStore.open(live);
        PartId plug = store.part("BKR5E", 8_900);
        store.openCashSession(TestStore.C1);
        for (int i = 0; i < BEFORE; i++) sold.add(sell(plug, 1));
        backup = backups(live).take();
        store.clock.advance(Duration.ofMinutes(10));
        for (int i = 0; i < SINCE; i++) sold.add(sell(plug, i + 1));
        sold.add(sellMany());
        sold.add(bringBack(sold.getFirst()));
        wish(sold.get(1));
        store.openCashSession(TestStore.C2);
        sold.add(sell(store, TestStore.C2, plug, 1));
        copy(live, killed);
        store.close();
        copy(live, stopped);
        store = TestStore.open(live);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    /** As the power went: the log still holds what was sold last. */
    private void killed() throws IOException {
        copy(killed, shop);
    }

    /** As a clean stop leaves it: all in one file. */
    private void stopped() throws IOException {
        copy(stopped, shop);
    }

    @Test
    void a_store_that_was_killed_is_not_damaged() throws IOException {
        killed();

        assertThat(StartCheck.trouble(shop)).isEmpty();
        assertThat(Verification.of(shop)).allMatch(Verification.Finding::right, "right");
    }

    @Test
    void an_empty_folder_is_a_first_start_but_a_lost_file_is_not(@TempDir Path nothing) throws IOException {
        assertThat(StartCheck.trouble(nothing)).isEmpty();
        stopped();

        Files.delete(shop.resolve("sales.db"));
        assertThat(StartCheck.trouble(shop))
                .hasValueSatisfying(t -> assertThat(t).contains("no está"));
        Files.createFile(shop.resolve("sales.db"));
        assertThat(StartCheck.trouble(shop))
                .hasValueSatisfying(t -> assertThat(t).contains("vacío"));
        assertThatThrownBy(() -> StartCheck.sales(shop, backups(shop)))
                .isInstanceOfSatisfying(DamagedDatabase.class, damaged -> {
                    assertThat(damaged.newest()).isPresent();
                    assertThat(damaged.data()).isEqualTo(shop);
                });
    }

    @Test
    void with_the_header_gone_everything_sold_comes_back_out_of_the_pages() throws IOException {
        stopped();
        Damage.zero(sales(), 1);
        assertThat(StartCheck.trouble(shop)).isPresent();

        Restore.Result result = restore();

        assertThat(result.lastSequence()).isEqualTo(last());
        assertThat(result.salvaged()).isEqualTo(SINCE + 5);
        everythingIsThere();
        assertThat(result.setAside().resolve("sales.db")).exists();
        assertThat(result.setAside().resolve("salvaged-documents.db")).exists();
    }

    @Test
    void with_the_schema_s_tables_gone_it_comes_back_too_and_folios_jump_ahead_of_what_was_printed()
            throws IOException {
        stopped();
        Damage.zero(sales(), 1, 2, 3, 4);

        Restore.Result result = restore();

        assertThat(result.lastSequence()).isEqualTo(last());
        assertThat(result.folioJump()).isPositive();
        try (TestStore again = TestStore.open(shop)) {
            Sale next = sell(again, again.part("W20", 5_000), 1);
            assertThat(next.folio().number())
                    .isGreaterThan(sold.getLast().folio().number() + 1);
        }
    }

    @Test
    void a_log_struck_in_the_middle_is_noticed_and_what_is_behind_the_place_comes_back() throws IOException {
        killed();
        Path log = shop.resolve("sales.db-wal");
        assertThat(Files.size(log)).isPositive();
        Damage.flipAt(log, 32 + 24 + 100);
        assertThat(StartCheck.trouble(shop))
                .hasValueSatisfying(t -> assertThat(t).contains("sales.db-wal"));

        Restore.Result result = restore();

        assertThat(result.lastSequence()).isEqualTo(last());
        everythingIsThere();
    }

    @Test
    void a_last_transaction_that_the_power_cut_tore_is_no_damage() throws IOException {
        killed();
        Path log = shop.resolve("sales.db-wal");
        Damage.flipAt(log, Files.size(log) - 10);

        assertThat(StartCheck.trouble(shop)).isEmpty();
    }

    @Test
    void a_log_cut_off_clean_shows_by_what_has_already_left() throws IOException {
        killed();
        cursor(shop, last());
        Files.delete(shop.resolve("sales.db-wal"));
        Files.deleteIfExists(shop.resolve("sales.db-shm"));

        assertThat(StartCheck.trouble(shop)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 7})
    void after_any_flips_the_chain_holds_and_nothing_is_locked_up_without_saying_so(long seed) throws IOException {
        stopped();
        cursor(shop, last());
        int pages = (int) (Files.size(sales()) / Damage.PAGE);
        Damage.flip(sales(), 1, pages, 40, seed);

        Restore.Result result = restore();

        assertThat(result.lastSequence()).isBetween(backup.lastSequence(), last());
        assertThat(result.complete()).isEqualTo(result.lastSequence() == last());
        assertThat(StartCheck.trouble(shop)).isEmpty();
        try (TestStore again = TestStore.open(shop)) {
            assertThat(again.outbox.lastSequence()).isEqualTo(result.lastSequence());
            RestoredStore restored = new RestoredStore(again.sales, again.clock);
            assertThat(restored.refusal().isEmpty()).isEqualTo(result.complete());
            assertThat(Verification.of(shop))
                    .filteredOn(finding -> finding.text().startsWith("ventas: cada una"))
                    .allMatch(Verification.Finding::right, "right");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 70})
    void a_file_cut_short_gives_back_what_the_rest_holds(int percent) throws IOException {
        stopped();
        cursor(shop, last());
        long keep = Files.size(sales()) * percent / 100;
        Damage.truncate(sales(), keep);
        assertThat(StartCheck.trouble(shop)).isPresent();

        Restore.Result result = restore();

        assertThat(result.lastSequence()).isGreaterThanOrEqualTo(backup.lastSequence());
        assertThat(Verification.of(shop))
                .filteredOn(f -> f.text().startsWith("cadena"))
                .allMatch(Verification.Finding::right, "right");
    }

    @Test
    void the_relay_begins_anew_so_that_all_is_offered_again() throws IOException {
        stopped();
        cursor(shop, last());
        Files.createDirectories(shop.resolve("broker/journal"));
        Damage.zero(sales(), 1);

        Restore.Result result = restore();

        assertThat(shop.resolve("relay.db")).doesNotExist();
        assertThat(shop.resolve("broker")).doesNotExist();
        assertThat(result.setAside().resolve("relay.db")).exists();
        assertThat(result.complete()).isTrue();
    }

    @Test
    void a_store_that_lost_what_had_left_it_stays_locked_until_the_hub_has_spoken() throws IOException {
        stopped();
        cursor(shop, last());
        Files.delete(sales());

        Restore.Result result = restore();

        assertThat(result.complete()).isFalse();
        assertThat(result.lastSequence()).isEqualTo(backup.lastSequence());
        try (TestStore again = TestStore.open(shop)) {
            RestoredStore restored = new RestoredStore(again.sales, again.clock);
            assertThat(restored.refusal())
                    .hasValueSatisfying(r -> assertThat(r.code()).isEqualTo("store-restored"));

            restored.hubHas(last());
            assertThat(restored.refusal())
                    .hasValueSatisfying(r -> assertThat(r.code()).isEqualTo("store-behind-hub"));

            restored.hubHas(backup.lastSequence());
            assertThat(restored.refusal()).isEmpty();
            assertThat(new RestoredStore(again.sales, again.clock).refusal())
                    .as("remembered")
                    .isEmpty();
        }
    }

    @Test
    void repeating_it_after_it_broke_off_between_the_two_moves_loses_nothing() throws IOException {
        stopped();
        Path aside = Restore.newSetAside(shop);
        StartCheck.setAside(sales(), aside);
        assertThat(StartCheck.trouble(shop))
                .hasValueSatisfying(t -> assertThat(t).contains("no está"));

        Restore.Result result = restore();

        assertThat(result.lastSequence()).isEqualTo(last());
        assertThat(result.setAside()).isEqualTo(aside);
        everythingIsThere();
    }

    @Test
    void a_backup_with_a_flaw_or_without_its_key_changes_nothing() throws IOException {
        stopped();
        byte[] before = Files.readAllBytes(sales());
        Files.delete(shop.resolve("keys/secret.key"));
        Files.write(shop.resolve("keys/secret.key"), new byte[32]);
        mode(shop.resolve("keys/secret.key"));

        assertThatThrownBy(this::restore).isInstanceOf(Failure.class).hasMessageContaining("llave");
        assertThat(Files.readAllBytes(sales())).isEqualTo(before);

        Damage.flipAt(inShop().file("sales.db"), 5_000);
        assertThatThrownBy(this::restore).isInstanceOf(Failure.class).hasMessageContaining("respaldo");
        assertThat(Files.readAllBytes(sales())).isEqualTo(before);
    }

    @Test
    void a_lost_key_is_taken_from_where_it_lies_apart() throws IOException {
        stopped();
        Files.delete(shop.resolve("keys/secret.key"));

        restore();

        everythingIsThere();
    }

    @Test
    void documents_salvaged_on_another_machine_are_taken_in() throws IOException {
        stopped();
        Path carried = shop.resolve("carried.db");
        try (Salvage salvage = Salvage.from(sales(), TestStore.CENTRO, 0, carried)) {
            assertThat(salvage.highest()).isEqualTo(last());
        }
        Files.delete(sales());

        Restore.Result result =
                new Restore(shop, shop.resolve("backup-keys"), store.clock, store.json).run(inShop(), carried);

        assertThat(result.lastSequence()).isEqualTo(last());
    }

    @Test
    void what_the_hub_has_anyway_does_not_keep_the_store_shut() throws IOException {
        stopped();
        Damage.zero(shop.resolve("reference.db"), 1);

        assertThat(StartCheck.replaceable(shop)).containsExactly("reference.db");

        assertThat(shop.resolve("reference.db")).doesNotExist();
        assertThat(StartCheck.trouble(shop)).isEmpty();
    }

    private static void grow(Path file, long bytes) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table filler (b blob)");
            statement.execute("insert into filler values (zeroblob(" + bytes + "))");
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    @Test
    void a_large_catalogue_is_not_read_through_at_a_start_unless_it_is_doubted() throws IOException, SQLException {
        stopped();
        Path file = shop.resolve("reference.db");
        grow(file, StartCheck.READ_THROUGH);
        assertThat(StartCheck.replaceable(shop)).isEmpty();
        Damage.zero(file, 3, 4, 5, 6, 7);
        assertThat(StartCheck.replaceable(shop)).as("at first sight").isEmpty();

        StartCheck.doubt(shop, "reference.db");

        assertThat(StartCheck.replaceable(shop)).containsExactly("reference.db");
        assertThat(StartCheck.isDoubted(shop, "reference.db")).isFalse();
    }

    @Test
    void a_large_catalogue_that_was_cut_off_is_begun_anew() throws IOException, SQLException {
        stopped();
        Path file = shop.resolve("reference.db");
        grow(file, StartCheck.READ_THROUGH + (1 << 20));
        Damage.truncate(file, StartCheck.READ_THROUGH + Damage.PAGE);

        assertThat(StartCheck.replaceable(shop)).containsExactly("reference.db");
    }

    @Test
    void wrong_sums_and_a_changed_document_are_found() throws IOException, SQLException {
        stopped();
        change("update stock_balance set moved = moved + 1");
        change("update sale set total = total + 1 where folio_number = 2");
        assertThat(Verification.of(shop))
                .filteredOn(finding -> !finding.right())
                .extracting(Verification.Finding::text)
                .anyMatch(text -> text.startsWith("existencias"))
                .anyMatch(text -> text.startsWith("ventas"))
                .hasSize(2);

        change("update outbox set body = x'7b7d' where sequence = 4");
        assertThat(Verification.of(shop))
                .extracting(Verification.Finding::text)
                .contains("cadena de documentos: el 4 no es como se escribió");
        change("delete from outbox where sequence = 3");
        assertThat(Verification.of(shop))
                .extracting(Verification.Finding::text)
                .contains("cadena de documentos: falta el 3");
    }

    private void everythingIsThere() {
        assertThat(Verification.of(shop))
                .allSatisfy(finding ->
                        assertThat(finding.right()).as(finding.text()).isTrue());
        assertThat(StartCheck.trouble(shop)).isEmpty();
        try (TestStore again = TestStore.open(shop)) {
            assertThat(again.count("sale")).isEqualTo(sold.size());
            assertThat(again.count("sale_line")).isEqualTo(store.count("sale_line"));
            assertThat(again.count("sale_tender")).isEqualTo(store.count("sale_tender"));
            assertThat(again.count("stock_movement")).isEqualTo(store.count("stock_movement"));
            assertThat(again.count("cash_journal")).isEqualTo(store.count("cash_journal"));
            for (Sale sale : sold) assertThat(again.till.sale(sale.id())).contains(sale);
            assertThat(again.desk.registers()).isEqualTo(store.desk.registers());
            assertThat(TestStore.done(again.returns.returnable(sold.getFirst().id())))
                    .as("what came back cannot come back again")
                    .isEqualTo(TestStore.done(
                            store.returns.returnable(sold.getFirst().id())));
            assertThat(desk(again).of(sold.get(1).id()))
                    .isEqualTo(desk(store).of(sold.get(1).id()))
                    .isPresent();
            assertThatCode(() -> sell(again, again.part("W20", 5_000), 1)).doesNotThrowAnyException();
        }
    }

    private Restore.Result restore() {
        return new Restore(shop, shop.resolve("backup-keys"), store.clock, store.json).run(inShop(), null);
    }

    private Backup inShop() {
        return Backup.at(shop.resolve("backups").resolve(backup.folder().getFileName()))
                .orElseThrow();
    }

    private Path sales() {
        return shop.resolve("sales.db");
    }

    private long last() {
        return store.outbox.lastSequence();
    }

    private static Backups backups(Path data) {
        return new Backups(data, new BackupSettings(Duration.ofHours(1), 24, 14, null, null), store.clock, "test");
    }

    private static Sale sell(PartId part, int quantity) {
        return sell(store, part, quantity);
    }

    private static InvoiceDesk desk(TestStore at) {
        return new SqliteInvoiceDesk(at.sales, at.identities, at.branches, at.saleRows, at.outboxWriter);
    }

    private static void wish(Sale sale) {
        TestStore.done(desk(store)
                .request(
                        store.ids.next(),
                        sale.id(),
                        new FiscalData.Typed("EKU9003173C9", "Escuela Kemper Urgate", "42501", "601", "G03", ""),
                        TestStore.MARTA));
    }

    private static Sale bringBack(Sale sale) {
        Ticket ticket = TestStore.done(store.till.inHand(TestStore.C1, TestStore.MARTA));
        ticket = TestStore.done(store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.ONE,
                ReturnOf.Reason.WRONG_PART,
                TestStore.RITA,
                null));
        return TestStore.done(
                store.till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of()), TestStore.RITA));
    }

    private static Sale sell(TestStore at, PartId part, int quantity) {
        return sell(at, TestStore.C1, part, quantity);
    }

    private static Sale sell(TestStore at, RegisterId register, PartId part, int quantity) {
        Ticket ticket = TestStore.done(at.till.inHand(register, TestStore.MARTA));
        ticket = TestStore.done(at.till.add(ticket.id(), at.ids.next(), part, Quantity.of(quantity), TestStore.MARTA));
        return TestStore.done(at.till.pay(
                ticket.id(),
                ticket.totals().total(),
                TestStore.cash(ticket.totals().total().minor()),
                TestStore.MARTA));
    }

    /** So many lines that its document needs more than one page. */
    private static Sale sellMany() {
        Ticket ticket = TestStore.done(store.till.inHand(TestStore.C1, TestStore.MARTA));
        for (int i = 0; i < 12; i++)
            ticket = TestStore.done(store.till.add(
                    ticket.id(), store.ids.next(), store.part("P" + i, 1_000), Quantity.of(1), TestStore.MARTA));
        return TestStore.done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                TestStore.cash(ticket.totals().total().minor()),
                TestStore.MARTA));
    }

    private static void cursor(Path data, long relayed) {
        try (SqliteFile relay = SqliteFile.open(data.resolve("relay.db"), "db/store/relay")) {
            new SqliteRelayCursor(relay, 0).save(1, new Relay(relayed, 0, 0, 1));
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + sales());
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void mode(Path file) throws IOException {
        mx.refahub.store.disk.OwnerOnly.tighten(file);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) Files.createDirectories(target);
                else Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        mx.refahub.store.disk.OwnerOnly.tighten(to.resolve("keys"));
    }
}
