package mx.refahub.store.printing;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.LabelPicture;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.ReturnRow;
import mx.refahub.store.TestStore;
import mx.refahub.store.label.LabelSimulator;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.status.StatusBoard;
import mx.refahub.store.wire.Simulator.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestStore store;
    private StatusBoard status;
    private PaperTray paper;
    private Bench bench;
    private PartId alternator;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        status = new StatusBoard(
                store.sales,
                store.identities,
                store.branches,
                store.streams,
                new Acknowledged(store.sales, store.identities, store.clock),
                "test");
        paper = new PaperTray(store.ids, store.clock);
        bench = new Bench(paper);
        alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
        store.openCashSession(C1);
    }

    @AfterEach
    void close() {
        bench.close();
        status.close();
        store.close();
    }

    @Test
    void a_cash_sale_comes_out_with_all_that_a_customer_wants_to_read_and_opens_the_drawer() {
        store.publish(
                Stream.RETURNS,
                List.of(new ReturnRow("ALL", "", new ReturnRow.PolicyRow(true, 30, 1_000, false), null)));
        Sale sale = sell(cash(400_000));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(1).size() == 1);
        }

        Paper.Sheet sheet = paper.sheets(1).getFirst();
        assertThat(sheet.drawerKicked()).isTrue();
        List<String> lines = sheet.lines().stream().map(Paper.Line::text).toList();
        assertThat(lines)
                .contains(
                        "Refaccionaria El Güero",
                        "Av. Juárez 100, Centro",
                        "RFC EKU9003173C9  Régimen 601",
                        pair("Ticket", "C1-000001"),
                        pair("Fecha", "02/03/2026 10:00:00"),
                        pair("Atendió", "Marta"),
                        "NGK 23-11254",
                        "Bujía 23-11254",
                        pair("  1 PZA x $3,250.00", "$3,250.00"),
                        "  Devolución: 30 días, cargo 10 %",
                        pair("  + Casco 1 PZA x $600.00", "$600.00"),
                        pair("Subtotal sin IVA", "$2,801.72"),
                        pair("IVA", "$448.28"),
                        pair("Casco (reembolsable)", "$600.00"),
                        pair("Efectivo", "$4,000.00"),
                        pair("Cambio", "$150.00"),
                        "Código para su factura",
                        sale.invoiceCode().text(),
                        "¡Gracias por su compra!");
        assertThat(sheet.lines())
                .anyMatch(line ->
                        line.qr().equals("C1-000001|" + sale.invoiceCode().value()))
                .anyMatch(line ->
                        line.text().startsWith("TOTAL") && line.text().endsWith("$3,850.00") && line.width() == 2)
                .noneMatch(line -> line.text().contains("REIMPRESIÓN"))
                .allMatch(line -> line.text().length() * line.width() <= 42);
    }

    @Test
    void a_ticket_that_only_brings_back_promises_no_invoice() {
        Sale sale = sell(cash(385_000));
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        done(store.returns.bringBack(
                new Returns.Back(
                        ticket,
                        store.ids.next(),
                        sale.id(),
                        sale.lines().getFirst().id(),
                        Quantity.ONE,
                        ReturnOf.Reason.NOT_NEEDED,
                        null,
                        false,
                        ""),
                MARTA,
                RITA));
        Sale back = done(store.till.pay(ticket, Money.mxn(-325_000), cash(325_000), MARTA));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(5).size() == 2);
        }

        assertThat(String.join(" ", texts()))
                .contains("DEVOLUCIÓN NGK 23-11254")
                .contains("su nota de crédito se hace sola")
                .doesNotContain("Código para su factura")
                .doesNotContain(back.invoiceCode().text());
    }

    @Test
    void a_ticket_that_sells_a_quote_names_it() {
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        done(store.till.add(ticket, store.ids.next(), alternator, Quantity.ONE, MARTA));
        Promise quote = done(store.promises.make(
                store.ids.next(), ticket, new Promises.Making(Promise.Kind.QUOTE, null, 0, "", null), MARTA));
        UUID loaded = done(store.promises.load(quote.id(), C1, MARTA)).ticket().id();
        done(store.till.pay(loaded, quote.totals().total(), cash(400_000), MARTA));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(5).size() == 2);
        }

        assertThat(paper.sheets(5))
                .anySatisfy(sheet -> assertThat(sheet.lines())
                        .extracting(Paper.Line::text)
                        .contains(pair("Ticket", "C1-000001"), pair("Cotización", "C1-COT000001")));
    }

    @Test
    void a_ticket_of_vouchers_alone_has_no_code_for_returns() {
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        done(store.terms.addVoucher(ticket, store.ids.next(), done(GiftVoucher.of(25_000)), MARTA));
        done(store.till.pay(ticket, Money.mxn(25_000), cash(25_000), MARTA));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(1).size() == 1);
        }

        assertThat(texts()).contains("VALE DE REGALO").doesNotContain("Para devolver en cualquier sucursal");
        assertThat(paper.sheets(1).getFirst().lines())
                .filteredOn(line -> !line.qr().isEmpty())
                .singleElement()
                .satisfies(line -> assertThat(line.qr()).startsWith("RV1|"));
    }

    @Test
    void a_card_sale_leaves_the_drawer_shut() {
        sell(new Payment(List.of(new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(385_000), "A1B2C3"))));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(1).size() == 1);
        }

        assertThat(paper.sheets(1).getFirst().drawerKicked()).isFalse();
        assertThat(texts()).contains(pair("Tarjeta de crédito A1B2C3", "$3,850.00"));
    }

    @Test
    void a_reprint_is_marked_and_leaves_the_drawer_shut() {
        Sale sale = sell(cash(385_000));
        done(store.till.reprint(sale.id(), MARTA));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(5).size() == 2);
        }

        assertThat(paper.sheets(1).getFirst().drawerKicked()).isFalse();
        assertThat(texts()).contains("*REIMPRESIÓN*");
        assertThat(unprinted()).isZero();
    }

    @Test
    void a_receipt_that_was_perhaps_printed_is_printed_again_with_a_mark_and_without_the_drawer() {
        sell(cash(385_000));
        // As a process leaves it that dies between the first byte and the last.
        store.sales.change(
                session -> session.updateOne("update print_job set started_at = ?, tries = 1", store.clock.instant()));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(1).size() == 1);
        }

        assertThat(texts()).contains("*REIMPRESIÓN*");
        assertThat(paper.sheets(1).getFirst().drawerKicked()).isFalse();
    }

    @Test
    void a_dead_printer_holds_no_sale_and_prints_unmarked_when_it_is_back() throws IOException {
        int port = freePort();
        try (Spool spool = spool(at("tickets", port))) {
            spool.start();
            sell(cash(385_000));
            spool.wake();
            await().atMost(PATIENCE).until(() -> status.now().printer() == PrinterState.FAILING);
            sell(cash(400_000));
            assertThat(store.count("sale")).isEqualTo(2);
            assertThat(unprinted()).isEqualTo(2);

            List<EscPosDecoder.Printed> printed = new java.util.concurrent.CopyOnWriteArrayList<>();
            try (ServerSocket printer = new ServerSocket(port, 16, InetAddress.getLoopbackAddress())) {
                Thread roll = Thread.ofPlatform().daemon().start(() -> roll(printer, printed));
                await().atMost(PATIENCE).until(() -> printed.size() == 2);
                await().atMost(PATIENCE).until(() -> unprinted() == 0);
                assertThat(roll.isAlive()).isTrue();
            }

            assertThat(printed.getFirst().drawerKicked()).isTrue();
            assertThat(printed.getFirst().lines()).noneMatch(line -> line.text().contains("REIMPRESIÓN"));
            assertThat(status.now().printer()).isEqualTo(PrinterState.READY);
        }
    }

    @Test
    void a_receipt_that_cannot_be_laid_out_does_not_hold_up_the_next() {
        Sale first = sell(cash(385_000));
        Sale second = sell(cash(385_000));
        store.sales.change(session -> session.updateOne("update outbox set body = x'7b7d' where key = ?", first.id()));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(1).size() == 1);
        }

        assertThat(texts()).contains(pair("Ticket", second.folio().text()));
        assertThat(unprinted()).isZero();
    }

    @Test
    void where_one_printer_of_the_group_cannot_the_next_does_and_nothing_is_marked() throws IOException {
        Sale sale = sell(cash(385_000));
        Device dead = at("a-primera", freePort());
        Device second = new Device("b-segunda", DeviceKind.RECEIPT_PRINTER, "Segunda", Map.of("rank", "2"));

        try (Spool spool = spool(dead, second)) {
            spool.start();
            await().atMost(PATIENCE).until(() -> unprinted() == 0);
        }

        assertThat(texts()).contains(pair("Ticket", sale.folio().text())).doesNotContain("*REIMPRESIÓN*");
        assertThat(bench.state("a-primera")).isEqualTo(DeviceState.away("unreachable"));
        assertThat(bench.kicks).containsExactly("b-segunda");
        assertThat(printedOn()).isEqualTo("b-segunda");
    }

    @Test
    void a_printer_that_breaks_off_in_the_middle_leaves_it_to_the_next_with_a_mark_and_no_second_kick() {
        sell(cash(385_000));
        Device first = new Device("a-primera", DeviceKind.RECEIPT_PRINTER, "Primera", Map.of());
        Device second = new Device("b-segunda", DeviceKind.RECEIPT_PRINTER, "Segunda", Map.of("rank", "2"));
        bench.printers(first, second);
        bench.simulator(first).suffer(Trouble.DROPS);

        try (Spool spool = bench.spool(store, status)) {
            spool.start();
            await().atMost(PATIENCE).until(() -> unprinted() == 0);
        }

        assertThat(texts()).contains("*REIMPRESIÓN*");
        assertThat(paper.sheets(1).getFirst().drawerKicked()).isFalse();
        assertThat(bench.kicks).as("one pulse, to the first").containsExactly("a-primera");
    }

    @Test
    void a_printer_without_paper_is_not_bothered_and_prints_unmarked_when_it_is_mended() {
        sell(cash(385_000));
        Device only = new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Tickets", Map.of());
        bench.printers(only);
        bench.simulator(only).suffer(Trouble.PAPER_OUT);

        try (Spool spool = bench.spool(store, status)) {
            spool.start();
            await().atMost(PATIENCE).until(() -> status.now().printer() == PrinterState.FAILING);
            assertThat(bench.state("tickets")).isEqualTo(DeviceState.stopped("paper-out"));
            assertThat(bench.kicks).isEmpty();
            bench.simulator(only).suffer(Trouble.NONE);
            spool.wake();
            await().atMost(PATIENCE).until(() -> unprinted() == 0);
        }

        assertThat(texts()).doesNotContain("*REIMPRESIÓN*");
        assertThat(paper.sheets(5)).hasSize(1);
        assertThat(paper.sheets(1).getFirst().drawerKicked()).isTrue();
    }

    @Test
    void paper_that_runs_out_in_the_middle_is_waited_for_and_nothing_comes_twice() {
        Device only = new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Tickets", Map.of());
        bench.printers(only);
        bench.runsOutWhenPrinting(only);
        sell(cash(385_000));

        try (Spool spool = bench.spool(store, status)) {
            spool.start();
            await().atMost(PATIENCE)
                    .until(() -> DeviceState.stopped("paper-out").equals(bench.state("tickets")));
            assertThat(unprinted()).isEqualTo(1);
            bench.simulator(only).suffer(Trouble.NONE);
            await().atMost(PATIENCE).until(() -> unprinted() == 0);
        }

        assertThat(paper.sheets(5)).hasSize(1);
        assertThat(texts()).doesNotContain("*REIMPRESIÓN*");
    }

    @Test
    void pages_and_labels_wait_their_turn_in_lanes_of_their_own() {
        Device receipts = new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Tickets", Map.of());
        Device labels = new Device("etiquetas", DeviceKind.LABEL_PRINTER, "Etiquetas", Map.of());
        bench.printers(receipts, labels);
        PrintQueue queue = bench.queue(store);
        queue.print(
                C1,
                new Printout(
                        "CORTE X",
                        List.of(
                                new Printout.Element.Pair("Fondo", "$500.00", true),
                                new Printout.Element.Rule(),
                                new Printout.Element.Text("Sin diferencia", true, false),
                                new Printout.Element.Code(PaperBarcode.of("7504865001989")),
                                new Printout.Element.Qr("corte"))));
        assertThat(done(queue.print(
                        new Label(Label.Design.BIN, "NGK", "BKR6E-11", "Bujía", "", "", "A-01-3"), 3, MARTA)))
                .isEqualTo(3);

        try (Spool spool = bench.spool(store, status)) {
            spool.start();
            await().atMost(PATIENCE).until(() -> spool.waiting() == 0);
        }

        assertThat(texts()).contains("CORTE X", pair("Fondo", "$500.00"), "Sin diferencia", "7504865001989");
        assertThat(((LabelSimulator) bench.simulator(labels)).labels())
                .singleElement()
                .satisfies(label -> assertThat(label.marks())
                        .extracting(LabelPicture.Mark::text)
                        .contains("A-01-3", "NGK BKR6E-11", "BKR6E-11"));
        store.clock.advance(Duration.ofDays(31));
        queue.forgetOld();
        assertThat(store.count("print_page")).isZero();
    }

    private String printedOn() {
        return store.sales
                .read(session -> session.first("select printed_on from print_job", row -> row.text("printed_on")))
                .orElseThrow();
    }

    private static void roll(ServerSocket printer, List<EscPosDecoder.Printed> printed) {
        while (!printer.isClosed()) {
            EscPosDecoder decoder = new EscPosDecoder(printed::add);
            try (var connection = printer.accept()) {
                byte[] bytes = connection.getInputStream().readAllBytes();
                decoder.take(bytes, bytes.length);
            } catch (IOException e) {
                return;
            }
        }
    }

    private Sale sell(Payment payment) {
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        Money total = done(store.till.add(ticket, store.ids.next(), alternator, Quantity.ONE, MARTA))
                .totals()
                .total();
        return done(store.till.pay(ticket, total, payment, MARTA));
    }

    private Spool simulated() {
        return spool(new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Tickets", Map.of()));
    }

    private Spool spool(Device... printers) {
        bench.printers(printers);
        return bench.spool(store, status);
    }

    private static Device at(String id, int port) {
        return new Device(
                id,
                DeviceKind.RECEIPT_PRINTER,
                id,
                Map.of("link", "NETWORK", "host", "127.0.0.1", "port", Integer.toString(port)));
    }

    private List<String> texts() {
        return paper.sheets(1).getFirst().lines().stream().map(Paper.Line::text).toList();
    }

    private static String pair(String left, String right) {
        return left + " ".repeat(42 - left.length() - right.length()) + right;
    }

    private long unprinted() {
        return store.sales
                .read(session -> session.first(
                        "select count(*) as n from print_job where printed_at is null and given_up_at is null",
                        row -> row.number("n")))
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
