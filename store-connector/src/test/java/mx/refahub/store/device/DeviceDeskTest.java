package mx.refahub.store.device;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.device.CashDrawer.Opening;
import mx.refahub.domain.device.CashDrawer.Reason;
import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.device.CustomerView.Mode;
import mx.refahub.domain.device.CustomerView.Shown;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.DeviceTest;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Paper;
import mx.refahub.store.TestStore;
import mx.refahub.store.display.CustomerScreens;
import mx.refahub.store.drawer.DrawerSettings;
import mx.refahub.store.drawer.PrinterDrawer;
import mx.refahub.store.printing.PaperTray;
import mx.refahub.store.printing.PrinterTalk;
import mx.refahub.store.wire.Wires;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole counter of simulated devices on a real store's files. */
class DeviceDeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Device TICKETS = new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Tickets", Map.of());

    private TestStore store;
    private PaperTray paper;
    private DeviceBook book;
    private PrinterDrawer drawer;
    private CustomerScreens screens;
    private DeviceDesk desk;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        start();
    }

    private void start() {
        paper = new PaperTray(store.ids, store.clock);
        Simulators simulators = new Simulators(paper);
        Wires wires = new Wires(simulators::address, Duration.ofSeconds(2), Duration.ofSeconds(2));
        book = new DeviceBook(store.sales, List.of(TICKETS), store.json, store.clock);
        PrinterTalk talk = new PrinterTalk(wires, book, Duration.ofMillis(150), Duration.ofSeconds(2));
        drawer = new PrinterDrawer(
                store.sales,
                book,
                talk,
                new DrawerSettings(EnumSet.of(Reason.CASH_SALE, Reason.PAID_OUT)),
                store.ids,
                store.clock);
        screens = new CustomerScreens();
        desk = new DeviceDesk(
                book,
                wires,
                talk,
                drawer,
                screens,
                simulators,
                () -> "El Güero",
                () -> List.of(C1, C2),
                store.ids,
                Duration.ofMillis(200));
    }

    @AfterEach
    void close() {
        desk.close();
        store.close();
    }

    private void add(String id, DeviceKind kind, String... settings) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) all.put(settings[i], settings[i + 1]);
        done(desk.save(new Device(id, kind, id, all), true, MARTA));
    }

    private DeviceState state(String id) {
        return desk.all().stream()
                .filter(watched -> watched.device().id().equals(id))
                .map(Devices.Watched::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_device_is_tried_once_and_says_what_came_of_it() {
        add("etiquetas", DeviceKind.LABEL_PRINTER);
        add("pantalla", DeviceKind.CUSTOMER_DISPLAY);
        add("lector", DeviceKind.SCANNER);
        add("bascula", DeviceKind.SCALE, "protocol", "TOLEDO_PRIX");
        desk.start();
        done(desk.simulate("bascula", Map.of("weight", "1.250")));

        assertThat(done(desk.test("tickets", MARTA))).isEqualTo(new DeviceTest(DeviceState.READY, "printed", ""));
        assertThat(paper.sheets(1).getFirst().lines())
                .anyMatch(line -> line.text().equals(CodePage.PROOF))
                .anyMatch(line -> !line.bars().isEmpty())
                .anyMatch(line -> !line.qr().isEmpty());
        assertThat(done(desk.test("etiquetas", MARTA)).passed()).isTrue();
        assertThat(done(desk.simulation("etiquetas")).labels()).hasSize(1);
        assertThat(done(desk.test("pantalla", MARTA)).passed()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> done(desk.simulation("pantalla")).lines().getLast().contains(CodePage.PROOF));
        assertThat(done(desk.test("bascula", MARTA)).detail()).isEqualTo("1.250 kg");
        await().atMost(PATIENCE)
                .until(() -> done(desk.test("lector", MARTA)).state().equals(DeviceState.READY));
        assertThat(refusal(desk.test("nada", MARTA))).isEqualTo("device-unknown");
    }

    @Test
    void the_strip_shows_every_candidate_and_only_the_right_ones_read_right() {
        assertThat(done(desk.strip("tickets", MARTA)).passed()).isTrue();

        List<String> lines = paper.sheets(1).getFirst().lines().stream()
                .map(Paper.Line::text)
                .toList();
        // The simulator knows these numbers as most printers do; of the others it makes what such a printer would.
        assertThat(lines).contains("1) " + CodePage.PROOF, "2) " + CodePage.PROOF);
        assertThat(lines.stream().filter(line -> line.matches("\\d\\) .*"))).hasSize(CodePage.PAGES.size());
        assertThat(refusal(desk.strip("nada", MARTA))).isEqualTo("device-unknown");
    }

    @Test
    void a_trouble_is_seen_without_anybody_asking_and_so_is_its_end() {
        List<Devices.News> news = new CopyOnWriteArrayList<>();
        desk.subscribe(news::add);
        desk.start();
        await().atMost(PATIENCE).until(() -> state("tickets").equals(DeviceState.READY));

        for (String[] trouble : new String[][] {
            {"PAPER_LOW", "paper-near-end"},
            {"PAPER_OUT", "paper-out"},
            {"COVER_OPEN", "cover-open"},
            {"OFF", "unreachable"},
            {"NONE", ""}
        }) {
            done(desk.simulate("tickets", Map.of("trouble", trouble[0])));
            await().atMost(PATIENCE).until(() -> state("tickets").cause().equals(trouble[1]));
        }

        assertThat(news)
                .filteredOn(one -> one instanceof Devices.News.Changed(var watched)
                        && watched.state().equals(DeviceState.stopped("paper-out")))
                .isNotEmpty();
        assertThat(refusal(desk.simulate("tickets", Map.of("trouble", "MOVING"))))
                .isEqualTo("simulation-unknown");
    }

    @Test
    void what_a_person_sets_up_outlives_a_restart_and_the_file_can_be_had_back() {
        add("bascula", DeviceKind.SCALE, "protocol", "CAS");
        done(desk.save(TICKETS.with(Map.of("columns", "32", "paper", "58")), false, MARTA));
        assertThat(refusal(desk.save(TICKETS, true, MARTA))).isEqualTo("device-id-taken");
        assertThat(refusal(desk.remove("nada", MARTA))).isEqualTo("device-unknown");

        desk.close();
        store = store.restarted();
        start();

        assertThat(desk.all()).extracting(watched -> watched.device().id()).containsExactly("tickets", "bascula");
        assertThat(desk.all().getFirst().from()).isEqualTo(Devices.From.FILE_CHANGED);
        assertThat(desk.all().getFirst().device().printer().columns()).isEqualTo(32);
        done(desk.remove("tickets", MARTA));
        assertThat(desk.all().getFirst().device()).isEqualTo(TICKETS);
        assertThat(refusal(desk.remove("tickets", MARTA))).isEqualTo("device-in-file");
        done(desk.remove("bascula", MARTA));
        assertThat(desk.all()).hasSize(1);
    }

    @Test
    void a_registers_own_printer_comes_before_the_stores() {
        add("c2-propia", DeviceKind.RECEIPT_PRINTER, "register", C2.toString(), "rank", "9");
        add("reserva", DeviceKind.RECEIPT_PRINTER, "rank", "2");

        assertThat(book.group(DeviceKind.RECEIPT_PRINTER, Optional.of(C2)))
                .extracting(Device::id)
                .containsExactly("c2-propia", "tickets", "reserva");
        assertThat(book.group(DeviceKind.RECEIPT_PRINTER, Optional.of(C1)))
                .extracting(Device::id)
                .containsExactly("tickets", "reserva");
    }

    @Test
    void a_drawer_opens_once_for_each_press_and_everything_stands_in_the_book() {
        UUID press = store.ids.next();
        Opening opening = done(drawer.byHand(press, C1, "cambio para la caja 2", MARTA));
        assertThat(done(drawer.byHand(press, C1, "cambio para la caja 2", MARTA)))
                .isEqualTo(opening);
        await().atMost(PATIENCE).until(() -> paper.sheets(5).size() == 1);
        assertThat(paper.sheets(1).getFirst().drawerKicked()).isTrue();

        drawer.byRule(C1, Reason.CASH_DROP, "retiro", MARTA);
        drawer.byRule(C1, Reason.PAID_OUT, "mensajero", MARTA);
        await().atMost(PATIENCE).until(() -> drawer.latest(C1, 10).size() == 2);
        assertThat(drawer.latest(C1, 10))
                .extracting(Opening::reason)
                .containsExactlyInAnyOrder(Reason.BY_HAND, Reason.PAID_OUT);

        done(desk.simulate("tickets", Map.of("trouble", "PAPER_OUT")));
        done(drawer.byHand(store.ids.next(), C1, "sin papel también abre", MARTA));
        done(desk.simulate("tickets", Map.of("trouble", "OFF")));
        assertThat(refusal(drawer.byHand(store.ids.next(), C1, "apagada", MARTA)))
                .isEqualTo("drawer-failing");
        assertThat(refusal(drawer.byHand(store.ids.next(), C1, " ", MARTA))).isEqualTo("drawer-why-missing");
        assertThat(drawer.latest(C1, 10))
                .as("what did not go out is not in the book")
                .hasSize(3);
        done(desk.simulate("tickets", Map.of("trouble", "NONE")));
        assertThat(done(desk.kick("tickets", MARTA)).done()).isEqualTo("kicked");
        assertThat(drawer.latest(C1, 1)).extracting(Opening::reason).containsExactly(Reason.TEST);
    }

    @Test
    void a_register_weighs_on_its_scale_and_is_told_why_it_cannot() {
        assertThat(refusal(desk.weigh(C1))).isEqualTo("scale-missing");
        add("bascula", DeviceKind.SCALE, "protocol", "TOLEDO_8217", "settle", "300");
        done(desk.simulate("bascula", Map.of("weight", "0.875")));
        assertThat(done(desk.weigh(C1)).kilograms()).isEqualTo(new Quantity(875));
        for (String[] trouble : new String[][] {
            {"MOVING", "weight-moving"},
            {"OVER", "weight-over"},
            {"BELOW_ZERO", "weight-below-zero"},
            {"SILENT", "scale-failing"},
            {"OFF", "scale-failing"}
        }) {
            done(desk.simulate("bascula", Map.of("trouble", trouble[0])));
            assertThat(refusal(desk.weigh(C1))).as(trouble[0]).isEqualTo(trouble[1]);
        }
    }

    @Test
    void a_scan_and_a_ticket_reach_whom_they_are_for() {
        List<Devices.News> news = new CopyOnWriteArrayList<>();
        desk.subscribe(news::add);
        desk.start();
        add("lector", DeviceKind.SCANNER, "register", C2.toString());
        add("pantalla", DeviceKind.CUSTOMER_DISPLAY, "register", C1.toString());
        await().atMost(PATIENCE)
                .until(() ->
                        desk.simulate("lector", Map.of("scan", "7504865001989")).fold(x -> true, x -> false));
        await().atMost(PATIENCE)
                .until(() -> news.contains(new Devices.News.Scanned("lector", Optional.of(C2), "7504865001989")));

        screens.show(C2, new Shown(Mode.THANKS, List.of(), "$1.00", ""));
        screens.show(C1, new Shown(Mode.THANKS, List.of(), "$489.00", "$11.00"));
        await().atMost(PATIENCE)
                .until(() -> done(desk.simulation("pantalla")).lines().getLast().contains("$11.00"));
    }
}
