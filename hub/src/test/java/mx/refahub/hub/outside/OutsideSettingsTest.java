package mx.refahub.hub.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OutsideSettingsTest {
    private static OutsideSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("refahub.outside", Bindable.of(OutsideSettings.class));
    }

    @Test
    void nothing_leads_to_this_machine_unless_it_is_set() {
        assertThat(bind(Map.of())).isEqualTo(new OutsideSettings(false, Map.of()));
    }

    @Test
    void every_setting_is_taken() {
        assertThat(bind(Map.of("refahub.outside.loopback", "true", "refahub.outside.simulators.sap", "50001")))
                .isEqualTo(new OutsideSettings(true, Map.of("sap", 50_001)));
    }

    @Test
    void a_simulator_that_nothing_could_speak_to_is_refused() {
        assertThatThrownBy(() -> bind(Map.of("refahub.outside.simulators.sap", "50001")))
                .rootCause()
                .hasMessageContaining("refahub.outside.loopback");
    }
}
