package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.device.CashDrawer.Reason;
import mx.refahub.store.cash.CashSettings;
import mx.refahub.store.device.PeripheralSettings;
import mx.refahub.store.drawer.DrawerSettings;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.note.NoteSettings;
import mx.refahub.store.printing.PrinterSettings;
import mx.refahub.store.promise.PromiseSettings;
import mx.refahub.store.sale.ReturnSettings;
import mx.refahub.store.sale.TenderSettings;
import mx.refahub.store.terminal.TerminalSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class StoreSettingsTest {
    @Test
    void defaults() {
        assertThat(bound(Map.of()))
                .isEqualTo(new StoreSettings(
                        Path.of("data/store"),
                        new HubSettings(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30)),
                        new PrinterSettings(
                                null, 9100, 42, "IBM00858", 19, Duration.ofSeconds(3), Duration.ofSeconds(10)),
                        new DrawerSettings(EnumSet.complementOf(EnumSet.of(Reason.BY_HAND, Reason.TEST))),
                        new PeripheralSettings(Duration.ofSeconds(15), Duration.ofMillis(500), null, Map.of()),
                        new StoreSettings.RelaySettings(DataSize.ofMegabytes(256)),
                        new StoreSettings.DiscountSettings(BigDecimal.valueOf(5), BigDecimal.valueOf(25)),
                        new StoreSettings.MiscSettings(new BigDecimal("1000.00"), new BigDecimal("10000.00")),
                        new CashSettings(
                                new BigDecimal("500.00"),
                                new BigDecimal("25.00"),
                                new BigDecimal("20.00"),
                                new BigDecimal("1.00")),
                        new TenderSettings(Duration.ofDays(4)),
                        new TerminalSettings("", false, Duration.ofSeconds(90)),
                        new PromiseSettings(15, 60, 20, 50, 0),
                        new ReturnSettings(new BigDecimal("5000.00"), 90),
                        new NoteSettings(NoteSettings.Stations.ONE, Duration.ofHours(24))));
    }

    @Test
    void every_key_is_mapped() {
        Map<String, Object> keys = new TreeMap<>();
        keys.put("refahub.store.data-dir", "/srv/refahub");
        keys.put("refahub.store.hub.connect-timeout", "1s");
        keys.put("refahub.store.hub.answer-timeout", "2s");
        keys.put("refahub.store.hub.stall-timeout", "3s");
        keys.put("refahub.store.hub.heartbeat", "4s");
        keys.put("refahub.store.printer.host", "192.0.2.7");
        keys.put("refahub.store.printer.port", "9101");
        keys.put("refahub.store.printer.columns", "48");
        keys.put("refahub.store.printer.code-page", "windows-1252");
        keys.put("refahub.store.printer.code-table", "16");
        keys.put("refahub.store.printer.connect-timeout", "5s");
        keys.put("refahub.store.printer.write-timeout", "6s");
        keys.put("refahub.store.drawer.opens-for", "CASH_SALE,PAID_OUT");
        keys.put("refahub.store.peripherals.look-every", "7s");
        keys.put("refahub.store.peripherals.answer-timeout", "8ms");
        keys.put("refahub.store.peripherals.logo", "/srv/refahub/logo.png");
        keys.put("refahub.store.peripherals.devices.bascula.kind", "scale");
        keys.put("refahub.store.peripherals.devices.bascula.name", "Báscula");
        keys.put("refahub.store.peripherals.devices.bascula.link", "SERIAL");
        keys.put("refahub.store.peripherals.devices.bascula.serial-port", "/dev/ttyUSB0");
        keys.put("refahub.store.relay.heap", "128MB");
        keys.put("refahub.store.discount.cashier", "3");
        keys.put("refahub.store.discount.manager", "12.5");
        keys.put("refahub.store.misc.cashier", "250.50");
        keys.put("refahub.store.misc.manager", "2000");
        keys.put("refahub.store.cash.movement-limit", "1000");
        keys.put("refahub.store.cash.movement-limit-usd", "50");
        keys.put("refahub.store.cash.difference-limit", "0");
        keys.put("refahub.store.cash.difference-limit-usd", "0.50");
        keys.put("refahub.store.tenders.rate-max-age", "2d");
        keys.put("refahub.store.returns.without-ticket", "750.50");
        keys.put("refahub.store.returns.lowest-price-of", "30");
        keys.put("refahub.store.terminal.address", "192.0.2.8:5015");
        keys.put("refahub.store.terminal.simulator", "false");
        keys.put("refahub.store.terminal.timeout", "60s");
        keys.put("refahub.store.promises.quote-days", "7");
        keys.put("refahub.store.promises.layaway-days", "90");
        keys.put("refahub.store.promises.first-percent", "30");
        keys.put("refahub.store.promises.order-percent", "40");
        keys.put("refahub.store.promises.penalty-percent", "10");
        keys.put("refahub.store.notes.stations", "separate");
        keys.put("refahub.store.notes.life", "4h");

        assertThat(bound(keys))
                .isEqualTo(new StoreSettings(
                        Path.of("/srv/refahub"),
                        new HubSettings(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4)),
                        new PrinterSettings(
                                "192.0.2.7",
                                9101,
                                48,
                                "windows-1252",
                                16,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6)),
                        new DrawerSettings(EnumSet.of(Reason.CASH_SALE, Reason.PAID_OUT)),
                        new PeripheralSettings(
                                Duration.ofSeconds(7),
                                Duration.ofMillis(8),
                                Path.of("/srv/refahub/logo.png"),
                                Map.of(
                                        "bascula",
                                        Map.of(
                                                "kind",
                                                "scale",
                                                "name",
                                                "Báscula",
                                                "link",
                                                "SERIAL",
                                                "serial-port",
                                                "/dev/ttyUSB0"))),
                        new StoreSettings.RelaySettings(DataSize.ofMegabytes(128)),
                        new StoreSettings.DiscountSettings(BigDecimal.valueOf(3), new BigDecimal("12.5")),
                        new StoreSettings.MiscSettings(new BigDecimal("250.50"), new BigDecimal("2000")),
                        new CashSettings(
                                new BigDecimal("1000"),
                                new BigDecimal("50"),
                                new BigDecimal("0"),
                                new BigDecimal("0.50")),
                        new TenderSettings(Duration.ofDays(2)),
                        new TerminalSettings("192.0.2.8:5015", false, Duration.ofSeconds(60)),
                        new PromiseSettings(7, 90, 30, 40, 10),
                        new ReturnSettings(new BigDecimal("750.50"), 30),
                        new NoteSettings(NoteSettings.Stations.SEPARATE, Duration.ofHours(4))));
    }

    @Test
    void a_dead_key_and_a_senseless_value_stop_the_start() {
        for (String key : List.of(
                "refahub.store.datadir2",
                "refahub.store.hub.timeout",
                "refahub.store.printer.colums",
                "refahub.store.drawer.opens",
                "refahub.store.peripherals.device",
                "refahub.store.peripherals.devices.bascula.colour",
                "refahub.store.relay.size"))
            assertThatThrownBy(() -> bound(Map.of(key, "1"))).as(key).isInstanceOf(RuntimeException.class);
        Map<String, String> senseless = Map.ofEntries(
                Map.entry("refahub.store.hub.heartbeat", "0s"),
                Map.entry("refahub.store.printer.port", "0"),
                Map.entry("refahub.store.printer.columns", "5"),
                Map.entry("refahub.store.printer.code-page", "UTF-8"),
                Map.entry("refahub.store.printer.code-table", "300"),
                Map.entry("refahub.store.drawer.opens-for", "BY_HAND"),
                Map.entry("refahub.store.peripherals.look-every", "1ms"),
                Map.entry("refahub.store.peripherals.answer-timeout", "0s"),
                Map.entry("refahub.store.relay.heap", "1MB"),
                Map.entry("refahub.store.discount.cashier", "30"),
                Map.entry("refahub.store.misc.cashier", "20000"),
                Map.entry("refahub.store.returns.without-ticket", "-1"),
                Map.entry("refahub.store.returns.lowest-price-of", "4000"),
                Map.entry("refahub.store.cash.movement-limit", "-1"),
                Map.entry("refahub.store.cash.difference-limit", "0.005"),
                Map.entry("refahub.store.tenders.rate-max-age", "-1d"),
                Map.entry("refahub.store.terminal.timeout", "1ms"),
                Map.entry("refahub.store.terminal.address", "nowhere"));
        senseless.forEach((key, value) -> assertThatThrownBy(() -> bound(Map.of(key, value)))
                .as(key)
                .rootCause()
                .hasMessageContaining(key.substring(0, key.lastIndexOf('.'))));
    }

    private static StoreSettings bound(Map<String, ?> keys) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(keys)));
            context.register(Bound.class);
            context.refresh();
            return context.getBean(StoreSettings.class);
        }
    }

    @EnableConfigurationProperties(StoreSettings.class)
    static class Bound {}
}
