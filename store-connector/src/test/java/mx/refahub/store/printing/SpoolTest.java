package mx.refahub.store.printing;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
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
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.store.TestStore;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.status.StatusBoard;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestStore store;
    private StatusBoard status;
    private PaperSimulator paper;
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
        paper = new PaperSimulator(profile(null, 9100), store.ids, store.clock);
        alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
        store.openCashSession(C1);
    }

    @AfterEach
    void close() throws IOException {
        paper.close();
        status.close();
        store.close();
    }

    @Test
    void a_cash_sale_comes_out_with_all_that_a_customer_wants_to_read_and_opens_the_drawer() {
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
    void a_slip_comes_out_as_its_lines_say_cleaned_and_within_the_paper() {
        Slip slip = new Slip.Draft()
                .title("CORTE Z 12")
                .pair("Fondo", "$500.00")
                .boldPair("Debe haber", "$4,020.50")
                .line("Se dio mal \u001b@ un cambio, y esto es más largo que el papel de la impresora")
                .rule()
                .slip();
        store.sales.change(session ->
                new SlipQueue(store.ids).add(session, store.ids.next(), slip, true, true, store.clock.instant()));

        try (Spool spool = simulated()) {
            spool.start();
            await().atMost(PATIENCE).until(() -> paper.sheets(1).size() == 1);
        }

        Paper.Sheet sheet = paper.sheets(1).getFirst();
        assertThat(sheet.drawerKicked()).isFalse();
        assertThat(sheet.lines())
                .anyMatch(line -> line.text().equals("*REIMPRESIÓN*"))
                .anyMatch(line -> line.text().equals("CORTE Z 12") && line.width() == 2)
                .anyMatch(line -> line.text().equals(pair("Debe haber", "$4,020.50")) && line.bold())
                .anyMatch(line -> line.text().startsWith("Se dio mal @ un cambio"))
                .allMatch(line -> line.text().length() * line.width() <= 42);
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
        try (Spool spool = spool(profile("127.0.0.1", port))) {
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
        return spool(profile(null, 9100));
    }

    private Spool spool(PrinterSettings profile) {
        return new Spool(
                store.sales,
                store.branches,
                id -> store.sales
                        .read(session -> store.saleRows.stored(session, id))
                        .map(SaleRows.Stored::sale),
                profile,
                paper,
                status,
                store.clock);
    }

    private static PrinterSettings profile(@Nullable String host, int port) {
        return new PrinterSettings(host, port, 42, "IBM00858", 19, Duration.ofSeconds(2), Duration.ofSeconds(5));
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
