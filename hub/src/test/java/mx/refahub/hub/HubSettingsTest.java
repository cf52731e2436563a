package mx.refahub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HubSettingsTest {
    @Test
    void nothing_set_means_a_hub_that_runs_by_itself_here() {
        HubSettings settings = bind(Map.of());

        assertThat(settings)
                .isEqualTo(new HubSettings(
                        Path.of("data/hub"),
                        Duration.ofMinutes(15),
                        new HubSettings.Database("", "refahub", "", 8432, 30, Map.of()),
                        new HubSettings.Company(
                                "EKU9003173C9", "ESCUELA KEMPER URGATE", "601", "Gracias por su compra"),
                        new HubSettings.Tokens("refahub", Duration.ofHours(1)),
                        HubSettings.Tls.AUTO,
                        HubSettings.Role.ALL));
        assertThat(settings.database().isEmbedded()).isTrue();
    }

    @Test
    void every_key_can_be_set() {
        HubSettings settings = bind(Map.ofEntries(
                Map.entry("refahub.hub.data", "/srv/hub"),
                Map.entry("refahub.hub.code-life", "1h"),
                Map.entry("refahub.hub.database.url", "jdbc:postgresql://db/refahub"),
                Map.entry("refahub.hub.database.username", "u"),
                Map.entry("refahub.hub.database.password", "p"),
                Map.entry("refahub.hub.database.port", "5433"),
                Map.entry("refahub.hub.database.connections", "10"),
                Map.entry("refahub.hub.database.parameters.shared_buffers", "1GB"),
                Map.entry("refahub.hub.company.rfc", "XAXX010101000"),
                Map.entry("refahub.hub.company.name", "Refaccionaria"),
                Map.entry("refahub.hub.company.regime", "612"),
                Map.entry("refahub.hub.company.receipt-footer", "Adiós"),
                Map.entry("refahub.hub.tokens.issuer", "us"),
                Map.entry("refahub.hub.tokens.life", "10m"),
                Map.entry("refahub.hub.tls", "on"),
                Map.entry("refahub.hub.role", "worker")));

        assertThat(settings)
                .isEqualTo(new HubSettings(
                        Path.of("/srv/hub"),
                        Duration.ofHours(1),
                        new HubSettings.Database(
                                "jdbc:postgresql://db/refahub", "u", "p", 5433, 10, Map.of("shared_buffers", "1GB")),
                        new HubSettings.Company("XAXX010101000", "Refaccionaria", "612", "Adiós"),
                        new HubSettings.Tokens("us", Duration.ofMinutes(10)),
                        HubSettings.Tls.ON,
                        HubSettings.Role.WORKER));
        assertThat(settings.toString()).doesNotContain("password=p");
    }

    @Test
    void a_dead_key_or_a_senseless_value_stops_the_start() {
        for (Map.Entry<String, String> bad : Map.of(
                        "refahub.hub.databse.url", "x",
                        "refahub.hub.company.rfc", "NOT-AN-RFC",
                        "refahub.hub.database.port", "70000",
                        "refahub.hub.code-life", "soon")
                .entrySet())
            runner(Map.ofEntries(bad))
                    .run(context -> assertThat(context).as(bad.getKey()).hasFailed());
    }

    private static HubSettings bind(Map<String, String> values) {
        AtomicReference<HubSettings> bound = new AtomicReference<>();
        runner(values).run(context -> bound.set(context.getBean(HubSettings.class)));
        return bound.get();
    }

    private static ApplicationContextRunner runner(Map<String, String> values) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Bound.class)
                .withPropertyValues(values.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new));
    }

    @EnableConfigurationProperties(HubSettings.class)
    static class Bound {}
}
