package mx.refahub.store.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.domain.wire.StockRow;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.UserRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTablesTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void rows_and_version_stand_together_after_a_restart() {
        PartId plug = store.part("BKR6E-11", 8_900);
        PartCard before = store.catalogue.card(plug).orElseThrow();

        store = store.restarted();

        assertThat(store.catalogue.card(plug)).contains(before);
        assertThat(before.priceText()).isEqualTo("$89.00");
        assertThat(store.streams.version(Stream.CATALOGUE)).isEqualTo(1);
        assertThat(store.streams.version(Stream.PRICES)).isEqualTo(1);
    }

    @Test
    void the_same_download_again_changes_nothing() throws IOException {
        PartId plug = new PartId(store.ids.next());
        StreamHeader header = new StreamHeader("catalogue", 0, 7, false);
        StreamFile file = checked(Stream.CATALOGUE, header, List.of(row(plug)));

        assertThat(store.tables.apply(Stream.CATALOGUE, file)).isTrue();
        assertThat(store.tables.apply(Stream.CATALOGUE, file)).isFalse();

        assertThat(store.streams.version(Stream.CATALOGUE)).isEqualTo(7);
        assertThat(store.catalogue.card(plug)).isPresent();
    }

    @Test
    void rows_that_start_after_another_version_are_not_applied() throws IOException {
        PartId plug = new PartId(store.ids.next());

        boolean applied = store.tables.apply(
                Stream.CATALOGUE,
                checked(Stream.CATALOGUE, new StreamHeader("catalogue", 5, 6, false), List.of(row(plug))));

        assertThat(applied).isFalse();
        assertThat(store.catalogue.card(plug)).isEmpty();
        assertThat(store.streams.version(Stream.CATALOGUE)).isZero();
    }

    @Test
    void a_snapshot_replaces_everything_even_with_an_older_version() {
        PartId old = store.part("OLD-1", 100);
        PartId kept = new PartId(store.ids.next());
        store.publish(Stream.CATALOGUE, List.of(TestStore.row(kept, "NEW-1", "GENERAL", "02", 0)));

        store.publish(
                new StreamHeader("catalogue", 0, 1, true), List.of(TestStore.row(kept, "NEW-2", "GENERAL", "02", 0)));

        assertThat(store.catalogue.card(old)).isEmpty();
        assertThat(store.catalogue.card(kept).orElseThrow().part().number().value())
                .isEqualTo("NEW-2");
        assertThat(store.catalogue.byBarcode("75NEW1")).isEmpty();
        assertThat(store.streams.version(Stream.CATALOGUE)).isEqualTo(1);
    }

    @Test
    void what_goes_with_a_part_is_known_at_the_store_and_comes_and_goes_with_its_own_part() throws IOException {
        PartRow plain = row(new PartId(store.ids.next()));
        PartId gone = new PartId(store.ids.next());
        PartRow cables = TestStore.row(new PartId(store.ids.next()), "CABLES", "GENERAL", "02", 0);
        PartRow withRelations = store.json.readValue(
                store.json
                        .writeValueAsString(cables)
                        .replace(
                                "\"relations\":[]",
                                "\"relations\":[{\"kind\":\"ACCESSORY\",\"part\":\"%s\",\"grade\":\"\",\"quantity\":4000,\"position\":\"\",\"note\":\"a mano\"},{\"kind\":\"ALTERNATIVE\",\"part\":\"%s\",\"grade\":\"ECONOMY\",\"quantity\":1000,\"position\":\"\",\"note\":\"\"}]"
                                        .formatted(plain.id(), gone)),
                PartRow.class);
        store.publish(new StreamHeader("catalogue", 0, 1, true), List.of(plain, withRelations));

        PartId id = new PartId(cables.id());
        assertThat(store.catalogue.relations(id).related())
                .extracting(each -> each.kind() + " " + each.quantity().text() + " " + each.grade())
                .containsExactly("ACCESSORY 4 NONE", "ALTERNATIVE 1 ECONOMY");
        assertThat(store.catalogue.cards(store.catalogue.relations(id).related().stream()
                        .map(each -> each.part())
                        .toList()))
                .containsOnlyKeys(new PartId(plain.id()));

        // As an older version kept it.
        store.reference.change(session -> session.update(
                "update part set relations = '{\"fitments\":[],\"interchanges\":[]}' where part_number = 'CABLES'"));
        assertThat(store.catalogue.relations(id).related()).isEmpty();
    }

    @Test
    void a_download_that_fails_in_the_middle_leaves_the_version_before_whole() throws IOException {
        PartId plug = store.part("BKR6E-11", 8_900);
        PartRow impossible = new PartRow(
                store.ids.next(),
                "NGK",
                "X-1",
                "NGK",
                "x",
                "x",
                "",
                "PZA",
                "GENERAL",
                0,
                "1",
                "H87",
                "02",
                false,
                List.of(new PartRow.BarcodeRow("1", 1)),
                List.of(),
                List.of(),
                List.of());
        store.reference.change(
                session -> session.update(
                        "create trigger broken before insert on part when new.part_number = 'X-1' begin select raise(abort, 'power cut'); end"));
        StreamFile file = checked(
                Stream.CATALOGUE,
                new StreamHeader("catalogue", 0, 9, true),
                List.of(row(new PartId(store.ids.next())), impossible));

        assertThatThrownBy(() -> store.tables.apply(Stream.CATALOGUE, file)).hasMessageContaining("power cut");

        assertThat(store.catalogue.card(plug)).isPresent();
        assertThat(store.catalogue.byBarcode("75BKR6E11")).isPresent();
        assertThat(store.streams.version(Stream.CATALOGUE)).isEqualTo(1);
        store = store.restarted();
        assertThat(store.streams.version(Stream.CATALOGUE)).isEqualTo(1);
    }

    @Test
    void removed_parts_prices_and_people_go() {
        PartId plug = store.part("BKR6E-11", 8_900);
        UserRow ana = new UserRow(store.ids.next(), "ana", "Ana", "CASHIER", null, null, null, false, null);
        store.publish(Stream.USERS, List.of(ana));

        store.publish(Stream.PRICES, List.of(new PriceRow(plug.value(), null, "MXN", true)));
        assertThat(store.catalogue.card(plug).orElseThrow().price()).isNull();
        PartRow there = row(plug);
        store.publish(Stream.CATALOGUE, List.of(removed(there)));
        store.publish(
                Stream.USERS, List.of(new UserRow(ana.id(), "ana", "Ana", "CASHIER", null, null, null, true, null)));

        assertThat(store.catalogue.card(plug)).isEmpty();
        assertThat(store.catalogue.byBarcode("75BKR6E11")).isEmpty();
        assertThat(people()).isZero();
    }

    @Test
    void a_name_that_goes_to_another_person_may_come_in_either_order() {
        UUID first = store.ids.next();
        UUID second = store.ids.next();
        store.publish(
                Stream.USERS, List.of(new UserRow(first, "ana", "Ana", "CASHIER", null, null, null, false, null)));

        store.publish(
                Stream.USERS,
                List.of(
                        new UserRow(second, "ana", "Ana B", "CASHIER", null, null, null, false, null),
                        new UserRow(first, "ana", "Ana", "CASHIER", null, null, null, true, null)));

        assertThat(people()).isEqualTo(1);
    }

    @Test
    void own_stock_is_the_hubs_opening_and_what_moved_here() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.publish(
                Stream.STOCK,
                List.of(
                        new StockRow(
                                TestStore.CENTRO.value(),
                                "CEN",
                                plug.value(),
                                99_000,
                                10_000,
                                "A-1",
                                store.clock.instant()),
                        new StockRow(store.ids.next(), "NTE", plug.value(), 7_000, 7_000, "", store.clock.instant())));

        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(Quantity.of(10));
    }

    @Test
    void relations_come_back_as_they_were_published() {
        PartId plug = store.part("BKR6E-11", 8_900);

        assertThat(store.catalogue.relations(plug).fitments()).singleElement().satisfies(fitment -> {
            assertThat(fitment.model()).isEqualTo("Jetta");
            assertThat(fitment.yearTo()).isEqualTo(2018);
        });
        assertThat(store.catalogue.relations(plug).interchanges())
                .singleElement()
                .satisfies(interchange ->
                        assertThat(interchange.otherNumber().value()).isEqualTo("101905631"));
    }

    @Test
    void a_body_is_kept_with_its_application_and_takes_no_room_where_there_is_none() {
        PartId hinge = new PartId(store.ids.next());
        PartRow row = row(hinge);
        store.publish(
                Stream.CATALOGUE,
                List.of(new PartRow(
                        row.id(),
                        row.lineCode(),
                        row.partNumber(),
                        row.brand(),
                        row.nameEs(),
                        row.nameEn(),
                        row.category(),
                        row.unit(),
                        row.taxClass(),
                        row.core(),
                        row.satCode(),
                        row.satUnit(),
                        row.taxObject(),
                        false,
                        row.barcodes(),
                        List.of(
                                new PartRow.FitmentRow("VW", "Jetta", 2011, 2018, "2.5", "Sedán", "", ""),
                                new PartRow.FitmentRow("VW", "Golf", 2011, 2018, "", null, "", "")),
                        row.interchanges(),
                        List.of())));

        assertThat(store.catalogue.relations(hinge).fitments())
                .extracting(fitment -> fitment.model() + " " + fitment.body())
                .containsExactly("Jetta Sedán", "Golf ");
        List<String> kept = store.reference.read(session -> session.all(
                "select relations from part where part_number = ?", each -> each.text("relations"), row.partNumber()));
        assertThat(kept)
                .singleElement()
                .satisfies(text -> assertThat(text.split("\"body\"", -1)).hasSize(2));
    }

    @Test
    void a_download_that_is_cut_or_changed_is_refused() throws IOException {
        List<PartRow> rows = List.of(row(new PartId(store.ids.next())), row(new PartId(store.ids.next())));
        Path whole = store.download(new StreamHeader("catalogue", 0, 1, false), rows);
        String text = unzipped(whole);
        String cut = text.substring(0, text.lastIndexOf("{\"rows\"") - 40);
        String noTrailer = text.substring(0, text.lastIndexOf("{\"rows\""));
        String changed = text.replace("\"NGK\"", "\"NGX\"");
        String lessOne = text.replaceFirst("(?s)\\n.*?\\n", "\n");

        for (String damaged : List.of(cut, noTrailer, changed, lessOne, "", "no json\n", "{}\n")) {
            Path file = Files.createTempFile(store.folder, "damaged", ".gz");
            try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(damaged.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            assertThatThrownBy(() -> StreamFile.check(file, Stream.CATALOGUE, store.json))
                    .isInstanceOf(IOException.class);
        }
        byte[] half = Files.readAllBytes(whole);
        Path torn = Files.createTempFile(store.folder, "torn", ".gz");
        Files.write(torn, java.util.Arrays.copyOf(half, half.length / 2));
        assertThatThrownBy(() -> StreamFile.check(torn, Stream.CATALOGUE, store.json))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> StreamFile.check(whole, Stream.PRICES, store.json))
                .isInstanceOf(IOException.class);
        assertThat(StreamFile.check(whole, Stream.CATALOGUE, store.json).rows()).isEqualTo(2);
    }

    private StreamFile checked(Stream stream, StreamHeader header, List<?> rows) throws IOException {
        return StreamFile.check(store.download(header, rows), stream, store.json);
    }

    private PartRow row(PartId id) {
        return TestStore.row(id, "P-" + id.toString().substring(24), "GENERAL", "02", 0);
    }

    private static PartRow removed(PartRow row) {
        return new PartRow(
                row.id(),
                row.lineCode(),
                row.partNumber(),
                row.brand(),
                row.nameEs(),
                row.nameEn(),
                row.category(),
                row.unit(),
                row.taxClass(),
                row.core(),
                row.satCode(),
                row.satUnit(),
                row.taxObject(),
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static String unzipped(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private long people() {
        return store.reference
                .read(session -> session.first("select count(*) as n from person", row -> row.number("n")))
                .orElseThrow();
    }
}
