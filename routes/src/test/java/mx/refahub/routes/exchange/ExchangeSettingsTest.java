package mx.refahub.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ExchangeSettingsTest {
    private static ExchangeSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("refahub.exchange", Bindable.of(ExchangeSettings.class));
    }

    @Test
    void a_look_in_a_minute_and_five_calls_in_a_second_unless_set_otherwise() {
        assertThat(bind(Map.of())).isEqualTo(new ExchangeSettings(Duration.ofMinutes(1), 5));
        assertThat(bind(Map.of("refahub.exchange.every", "10s", "refahub.exchange.calls-per-second", "2")))
                .isEqualTo(new ExchangeSettings(Duration.ofSeconds(10), 2));
        assertThatThrownBy(() -> bind(Map.of("refahub.exchange.every", "0s")))
                .rootCause()
                .hasMessageContaining("every");
    }
}
