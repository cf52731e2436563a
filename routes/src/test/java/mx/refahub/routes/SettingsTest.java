package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {
    @Test
    void defaults_are_an_embedded_broker_on_the_loopback() {
        assertThat(bind(Map.of()))
                .isEqualTo(new BrokerSettings(
                        null,
                        null,
                        null,
                        Path.of("data/hub/broker"),
                        "127.0.0.1",
                        61616,
                        null,
                        DataSize.ofMegabytes(500),
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5)));
    }

    @Test
    void every_key_is_mapped() {
        assertThat(bind(Map.ofEntries(
                        Map.entry("url", "tcp://mq1:61616"),
                        Map.entry("user", "hub"),
                        Map.entry("password", "p"),
                        Map.entry("data-dir", "/srv/broker"),
                        Map.entry("host", "10.0.0.1"),
                        Map.entry("port", "5000"),
                        Map.entry("advertised-url", "tcp://hub.example:5000"),
                        Map.entry("min-disk-free", "2GB"),
                        Map.entry("intake-consumers", "8"),
                        Map.entry("remind-every", "7s"),
                        Map.entry("announce-every", "2s"),
                        Map.entry("apply-every", "9s"))))
                .isEqualTo(new BrokerSettings(
                        "tcp://mq1:61616",
                        "hub",
                        "p",
                        Path.of("/srv/broker"),
                        "10.0.0.1",
                        5000,
                        "tcp://hub.example:5000",
                        DataSize.ofGigabytes(2),
                        8,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prot=1", "port=70000", "intake-consumers=0", "announce-every=0s", "url=tcp://mq1:61616", "host="
            })
    void what_cannot_be_meant_fails_with_its_key(String setting) {
        String key = setting.substring(0, setting.indexOf('='));
        assertThatThrownBy(() -> bind(Map.of(key, setting.substring(key.length() + 1))))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("refahub.broker." + (key.equals("url") ? "user" : key));
    }

    @Test
    void a_password_is_never_printed() {
        assertThat(bind(Map.of("url", "tcp://mq1:61616", "user", "hub", "password", "canary"))
                        .toString())
                .doesNotContain("canary");
        assertThat(link("centro").toString()).contains("centro").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "#", "*", "A", "ñ", "centro::norte", "-a", "a-", "a/b"})
    void a_slug_that_could_name_another_store_is_no_slug(String slug) {
        assertThatThrownBy(() -> link(slug)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Channels.down(slug)).isInstanceOf(IllegalArgumentException.class);
    }

    private static StoreLink link(String slug) {
        return new StoreLink(
                new StoreId(new UUID(1, 1)), 1, slug, "tcp://127.0.0.1:1", "store", "canary", Path.of("data"));
    }

    private static BrokerSettings bind(Map<String, String> values) {
        Map<String, String> prefixed = new HashMap<>();
        values.forEach((key, value) -> prefixed.put("refahub.broker." + key, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate(
                        "refahub.broker",
                        Bindable.of(BrokerSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
