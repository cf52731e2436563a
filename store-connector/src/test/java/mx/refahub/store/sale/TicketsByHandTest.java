package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Sale;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The till to the centavo against tickets that were computed by hand: {@code tickets.csv}. */
class TicketsByHandTest {
    private record Expected(
            String name,
            String region,
            String lines,
            long net,
            long tax,
            long cores,
            long total,
            long given,
            long change) {
        static Expected of(String row) {
            String[] cells = row.split(",");
            assertThat(cells).as(row).hasSize(9);
            return new Expected(
                    cells[0],
                    cells[1],
                    cells[2],
                    number(cells[3]),
                    number(cells[4]),
                    number(cells[5]),
                    number(cells[6]),
                    number(cells[7]),
                    number(cells[8]));
        }

        private static long number(String cell) {
            return Long.parseLong(cell);
        }
    }

    @TestFactory
    Stream<DynamicTest> every_ticket_is_what_a_pencil_says(@TempDir Path folder) throws IOException {
        List<Expected> tickets = tickets();
        assertThat(tickets).hasSizeGreaterThan(15);
        TestStore store = TestStore.open(folder);
        store.openCashSession(C1);
        return Stream.concat(
                tickets.stream()
                        .map(expected -> DynamicTest.dynamicTest(expected.name(), () -> check(store, expected))),
                Stream.of(DynamicTest.dynamicTest("the folios have no gap", () -> {
                    assertThat(store.till.latest(C1, 500))
                            .extracting(sale -> sale.folio().number())
                            .isEqualTo(java.util.stream.LongStream.iterate(tickets.size(), n -> n - 1)
                                    .limit(tickets.size())
                                    .boxed()
                                    .toList());
                    store.close();
                })));
    }

    private static void check(TestStore store, Expected expected) {
        store.settings(expected.region());
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        for (String line : expected.lines().split("\\+")) {
            String[] cells = line.split(":");
            Quantity quantity = new Quantity(Long.parseLong(cells[5]));
            PartId part = store.part(
                    "P" + store.ids.next().toString().substring(24) + cells[0],
                    quantity.isWhole() ? "PZA" : "MTO",
                    Long.parseLong(cells[0]),
                    cells[1].equals("yes"),
                    cells[2],
                    cells[3],
                    Long.parseLong(cells[4]));
            done(store.till.add(ticket, store.ids.next(), part, quantity, MARTA));
        }

        Sale sale = done(store.till.pay(ticket, Money.mxn(expected.total()), cash(expected.given()), MARTA));

        assertThat(List.of(
                        sale.totals().net().minor(),
                        sale.totals().tax().minor(),
                        sale.totals().cores().minor(),
                        sale.totals().total().minor(),
                        sale.change().minor()))
                .as("net, tax, cores, total, change")
                .isEqualTo(
                        List.of(expected.net(), expected.tax(), expected.cores(), expected.total(), expected.change()));
    }

    private static List<Expected> tickets() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TicketsByHandTest.class.getResourceAsStream("tickets.csv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Expected::of)
                    .toList();
        }
    }
}
