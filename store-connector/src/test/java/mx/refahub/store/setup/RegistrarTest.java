package mx.refahub.store.setup;

import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.device.Connection;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.store.StoreSetup;
import mx.refahub.domain.store.StoreSetup.NetworkPrinter;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.store.SettableClock;
import mx.refahub.store.device.DeviceBook;
import mx.refahub.store.device.FirstPrinter;
import mx.refahub.store.device.Simulators;
import mx.refahub.store.hublink.FakeHub;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.KeyFile;
import mx.refahub.store.printing.PaperTray;
import mx.refahub.store.printing.PrinterSimulator;
import mx.refahub.store.printing.PrinterTalk;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.wire.Wires;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegistrarTest {
    private static final HubSettings SETTINGS = new HubSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T16:00:00Z"));
    private final JsonMapper json = JsonMapper.builder().build();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private FakeHub hub;
    private SqliteFile sales;
    private Identities identities;
    private HubHttp http;
    private PaperTray paper;
    private DeviceBook book;
    private Simulators simulators;
    private Registrar registrar;

    @BeforeEach
    void open(@TempDir Path folder) {
        hub = new FakeHub(0);
        sales = SqliteFile.open(folder.resolve("sales.db"), "db/store/sales");
        identities = new Identities(sales, KeyFile.open(folder.resolve("keys/secret.key"), new SecureRandom()));
        http = new HubHttp(SETTINGS, json, clock);
        paper = new PaperTray(UUID::randomUUID, clock);
        simulators = new Simulators(paper);
        book = new DeviceBook(
                sales, List.of(new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Tickets", Map.of())), json, clock);
        PrinterTalk talk = new PrinterTalk(
                new Wires(simulators::address, Duration.ofSeconds(2), Duration.ofSeconds(5)),
                book,
                Duration.ofMillis(150),
                Duration.ofSeconds(5));
        registrar = new Registrar(http, identities, clock, new SecureRandom(), new FirstPrinter(book, talk), () -> {
            throw new AssertionError();
        });
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        http.close();
        simulators.close();
        sales.close();
        hub.close();
    }

    @Test
    void the_code_in_the_log_registers_the_store_once_and_all_that_wait_for_it_hear_of_it() {
        registrar.announce();
        List<String> heard = new java.util.ArrayList<>();
        identities.whenRegistered(identity -> heard.add(identity.slug()));

        assertThat(done(registrar.register(code(), byPassword(FakeHub.PASSWORD))))
                .isEqualTo("centro");

        assertThat(heard).containsExactly("centro");
        assertThat(registrar.needsSetup()).isFalse();
        assertThat(refusal(registrar.register(code(), byPassword(FakeHub.PASSWORD))))
                .isEqualTo("setup-done");
        JsonNode sent = json.readTree(hub.registrations.getFirst());
        assertThat(sent.propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "code",
                        "address",
                        "postal_code",
                        "tax_region",
                        "time_zone",
                        "public_key",
                        "cashier_user",
                        "cashier_name",
                        "registers");
        assertThat(sent.path("registers").intValue()).isEqualTo(2);
        assertThat(sent.path("tax_region").stringValue()).isEqualTo("BORDER");
        assertThat(identities.current().orElseThrow().broker().user()).isEqualTo("centro");
        assertThat(messages()).contains("cashier code user=marta code=AAAA-BBBB expires=2026-03-03T16:00:00Z");
        assertThat(messages()).noneMatch(line -> line.contains(FakeHub.PASSWORD) || line.contains("store-secret"));
    }

    @Test
    void an_activation_code_registers_without_a_password() {
        registrar.announce();

        assertThat(done(registrar.register(code(), registration(hub.address(), "", "", FakeHub.ACTIVATION))))
                .isEqualTo("centro");
    }

    @Test
    void the_setup_code_line_is_exactly_what_a_launcher_looks_for() {
        registrar.announce();

        assertThat(messages())
                .singleElement()
                .asString()
                .matches("setup code code=[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}-[0-9A-HJKMNP-TV-Z]{2} "
                        + "expires=2026-03-02T16:15:00Z");
    }

    @Test
    void wrong_and_late_codes_are_refused_and_five_wrong_ones_spend_it() {
        registrar.announce();
        String first = code();
        for (int i = 0; i < 5; i++)
            assertThat(refusal(registrar.register("AAAA", byPassword(FakeHub.PASSWORD))))
                    .isEqualTo("code-wrong");

        assertThat(refusal(registrar.register(first, byPassword(FakeHub.PASSWORD))))
                .isEqualTo("code-wrong");
        assertThat(code()).isNotEqualTo(first);
        clock.advance(Duration.ofMinutes(15));
        assertThat(refusal(registrar.register(code(), byPassword(FakeHub.PASSWORD))))
                .isEqualTo("code-expired");
        assertThat(done(registrar.register(code(), byPassword(FakeHub.PASSWORD))))
                .isEqualTo("centro");
    }

    @Test
    void what_the_hub_refuses_is_said_in_its_words_and_can_be_tried_again() {
        registrar.announce();

        assertThat(registrar.register(code(), byPassword("wrong")))
                .isEqualTo(
                        mx.refahub.domain.Outcome.refused("hub-refused", "El correo o la contraseña no son correctos"));
        assertThat(registrar.needsSetup()).isTrue();
        assertThat(done(registrar.register(code(), byPassword(FakeHub.PASSWORD))))
                .isEqualTo("centro");
    }

    @Test
    void a_hub_that_is_not_there_is_named() {
        registrar.announce();
        String address = hub.address();
        hub.close();

        assertThat(registrar.register(code(), registration(address, "a@b.mx", "x", "")))
                .isEqualTo(mx.refahub.domain.Outcome.refused("hub-unreachable", address));
    }

    @Test
    void only_addresses_of_hubs_are_taken() {
        assertThat(Registrar.address(" HTTP://Hub.Example:8090/ ")).contains("http://hub.example:8090");
        assertThat(Registrar.address("https://hub.example")).contains("https://hub.example");
        assertThat(List.of(
                        "hub.example",
                        "ftp://hub",
                        "http://",
                        "http://a@b",
                        "http://h/x",
                        "http://h?x",
                        "http://h:99999",
                        "javascript:1",
                        ""))
                .allMatch(typed -> Registrar.address(typed).isEmpty());
    }

    @Test
    void the_test_strip_comes_out_before_anything_is_registered_and_the_printer_is_kept_with_the_registration() {
        registrar.announce();
        try (PrinterSimulator printer = new PrinterSimulator(paper, 42)) {
            NetworkPrinter there = new NetworkPrinter(
                    printer.address().getAddress().getHostAddress(),
                    printer.address().getPort());

            assertThat(done(registrar.tryPrinter(code(), there))).isEmpty();

            assertThat(paper.sheets(10)).isNotEmpty();
            assertThat(registrar.needsSetup()).isTrue();
            assertThat(book.device("tickets").orElseThrow().connection()).isInstanceOf(Connection.Simulated.class);
            assertThat(done(registrar.register(code(), byPassword(FakeHub.PASSWORD, there))))
                    .isEqualTo("centro");
            assertThat(book.device("tickets").orElseThrow().connection())
                    .isEqualTo(new Connection.Network(there.host(), there.port()));
        }
    }

    @Test
    void a_printer_that_is_away_or_no_address_is_said_and_a_stranger_prints_nothing() {
        registrar.announce();
        NetworkPrinter nobody = new NetworkPrinter("127.0.0.1", 1);

        assertThat(registrar.tryPrinter("AAAA", nobody)).isEqualTo(mx.refahub.domain.Outcome.refused("code-wrong"));
        assertThat(done(registrar.tryPrinter(code(), nobody))).isEqualTo("unreachable");
        NetworkPrinter none = new NetworkPrinter("http://impresora", 9100);
        assertThat(registrar.tryPrinter(code(), none))
                .isEqualTo(mx.refahub.domain.Outcome.refused("printer-address-invalid"));
        assertThat(refusal(registrar.register(code(), byPassword(FakeHub.PASSWORD, none))))
                .isEqualTo("printer-address-invalid");
        assertThat(hub.registrations).isEmpty();
    }

    private StoreSetup.Registration byPassword(String password, NetworkPrinter printer) {
        return registration(hub.address(), "admin@refahub.mx", password, "", Optional.of(printer));
    }

    private StoreSetup.Registration byPassword(String password) {
        return registration(hub.address(), "admin@refahub.mx", password, "");
    }

    private static StoreSetup.Registration registration(
            String address, String email, String password, String activation) {
        return registration(address, email, password, activation, Optional.empty());
    }

    private static StoreSetup.Registration registration(
            String address, String email, String password, String activation, Optional<NetworkPrinter> printer) {
        return new StoreSetup.Registration(
                address,
                email,
                password,
                activation,
                "Centro",
                "CEN",
                "Av. Juárez 100",
                "06000",
                TaxRegion.BORDER,
                "America/Tijuana",
                "marta",
                "Marta",
                2,
                printer);
    }

    /** The newest one that was announced. */
    private String code() {
        return messages().stream()
                .filter(line -> line.startsWith("setup code "))
                .reduce((first, second) -> second)
                .orElseThrow()
                .replaceAll("setup code code=(\\S+) .*", "$1");
    }

    private List<String> messages() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Registrar.class);
    }
}
