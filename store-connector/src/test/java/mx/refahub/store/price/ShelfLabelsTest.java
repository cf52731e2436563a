package mx.refahub.store.price;

import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.pricing.ShelfLabels;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.store.TestStore;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.printing.Printers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two parts stand here and cost something else from tomorrow; a third is at no shelf of this branch. */
class ShelfLabelsTest {
    private TestStore store;
    private PartId plug;
    private PartId filter;
    private LocalDate today;
    private List<Device> printers = List.of(new Device("etiquetas", DeviceKind.LABEL_PRINTER, "Etiquetas", Map.of()));

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 10_000);
        filter = store.part("OC-47", 20_000);
        PartId elsewhere = store.part("X-1", 30_000);
        today = store.clock.instant().atZone(ZoneId.of("America/Mexico_City")).toLocalDate();
        shelf(plug, "B-1", 4);
        shelf(filter, "A-1", 0);
        store.publish(
                Stream.PRICE_BOOK,
                List.of(
                        price(plug, 9_900, today.plusDays(1)),
                        price(plug, 9_500, today.minusDays(3)),
                        price(filter, 21_000, today.plusDays(1)),
                        price(elsewhere, 31_000, today.plusDays(1))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void shelf(PartId part, String bin, long pieces) {
        store.reference.change(session -> session.updateOne(
                """
                insert into branch_stock (store_id, part_id, store_code, on_hand, opening, bin, as_of)
                values (?, ?, 'CEN', ?, ?, ?, ?)
                """,
                TestStore.CENTRO.value(),
                part.value(),
                pieces * 1_000,
                pieces * 1_000,
                bin,
                store.clock.instant()));
    }

    private PriceBookRow price(PartId part, long amount, LocalDate starts) {
        return new PriceBookRow(
                store.ids.next(),
                1,
                new PriceBookRow.RuleRow(
                        "PART", part.toString(), "PUBLICO", null, 0L, amount, true, null, starts, null),
                null);
    }

    private SqliteShelfLabels labels() {
        Printers found = new Printers() {
            @Override
            public List<Device> group(DeviceKind kind, Optional<RegisterId> register) {
                return printers;
            }

            @Override
            public Lock line(Device device) {
                return new ReentrantLock();
            }

            @Override
            public void found(Device device, DeviceState state) {}
        };
        return new SqliteShelfLabels(
                store.sales,
                store.reference,
                store.identities,
                store.branches,
                store.catalogue,
                new PrintQueue(store.sales, store.json, found, store.ids, store.clock, () -> {}),
                store.clock);
    }

    @Test
    void labels_of_changed_prices_are_printed_once_and_again_only_when_asked_for() {
        ShelfLabels labels = labels();
        assertThat(labels.changes(false))
                .extracting(one -> one.bin() + " " + one.partNumber() + " " + one.price())
                .containsExactly("A-1 OC-47 $210.00", "B-1 BKR6E-11 $99.00");

        UUID act = store.ids.next();
        assertThat(done(labels.print(act, List.of(plug), false, LUCIA))).isEqualTo(new ShelfLabels.Queued(1, 1));
        assertThat(done(labels.print(act, List.of(plug), false, LUCIA))).isEqualTo(new ShelfLabels.Queued(0, 1));
        assertThat(labels.changes(false)).extracting(ShelfLabels.Change::part).containsExactly(filter);
        assertThat(refusal(labels.print(store.ids.next(), List.of(plug), false, LUCIA)))
                .isEqualTo("shelf-labels-none");

        assertThat(done(labels.print(store.ids.next(), List.of(), false, LUCIA)))
                .as("the rest of the list")
                .isEqualTo(new ShelfLabels.Queued(1, 2));
        assertThat(labels.changes(false)).isEmpty();
        assertThat(labels.changes(true))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.printedBy()).isEqualTo(LUCIA.name()));
        assertThat(done(labels.print(store.ids.next(), List.of(plug), true, LUCIA)))
                .isEqualTo(new ShelfLabels.Queued(1, 3));

        store.publish(Stream.PRICE_BOOK, List.of(price(plug, 10_500, today.plusDays(2))));
        assertThat(labels.changes(false))
                .as("a price that changes again")
                .extracting(ShelfLabels.Change::price)
                .containsExactly("$105.00");
    }

    @Test
    void what_was_printed_takes_no_place_in_the_list() {
        List<PartId> before = IntStream.rangeClosed(1, ShelfLabels.MOST)
                .mapToObj(i -> new PartId(UUID.fromString("00000000-0000-7000-8000-" + String.format("%012d", i))))
                .toList();
        LocalDate starts = today.plusDays(1);
        store.publish(
                Stream.PRICE_BOOK,
                before.stream().map(part -> price(part, 5_000, starts)).toList());
        store.reference.change(session -> session.update("""
                insert into branch_stock (store_id, part_id, store_code, on_hand, opening, bin, as_of)
                select ?, target_value, 'CEN', 0, 0, 'C-1', ?
                from price_rule
                where amount = 5000
                """, TestStore.CENTRO.value(), store.clock.instant()));
        store.sales.write(session -> {
            for (PartId part : before) session.update("""
                        insert into shelf_label_printed (part_id, starts, amount, at, by_name, act)
                        values (?, ?, 5000, ?, 'Lucía', '')
                        """, part.value(), starts, store.clock.instant());
            return before;
        });

        assertThat(labels().changes(false)).extracting(ShelfLabels.Change::part).containsExactly(filter, plug);
    }

    @Test
    void without_a_printer_nothing_is_marked() {
        printers = List.of();
        ShelfLabels labels = labels();
        assertThat(refusal(labels.print(store.ids.next(), List.of(), false, LUCIA)))
                .isEqualTo("label-printer-missing");
        assertThat(labels.changes(false)).hasSize(2);
    }
}
