package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.money.Money;
import mx.refahub.pos.web.Amount;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PosSettingsTest {
    private static PosSettings settings(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate(
                        "refahub.pos",
                        Bindable.of(PosSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }

    @Test
    void a_till_has_defaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new PosSettings(Duration.ofHours(12), List.of(20, 50, 100, 200, 500, 1000), 20));
    }

    @Test
    void every_key_reaches_its_place() {
        assertThat(settings(Map.of(
                        "refahub.pos.session-idle",
                        "30m",
                        "refahub.pos.bills",
                        "500,100",
                        "refahub.pos.paper-kept",
                        "5")))
                .isEqualTo(new PosSettings(Duration.ofMinutes(30), List.of(100, 500), 5));
    }

    @Test
    void a_key_that_means_nothing_is_noticed() {
        assertThatThrownBy(() -> settings(Map.of("refahub.pos.session-idel", "30m")))
                .hasMessageContaining("refahub.pos");
    }

    @Test
    void the_quick_keys_are_the_exact_amount_and_what_notes_make_of_it() {
        List<Integer> bills = settings(Map.of()).bills();
        assertThat(PaymentView.likely(Money.mxn(48900), bills).stream().map(Amount::text))
                .containsExactly("$489.00", "$500.00", "$600.00", "$1,000.00");
        assertThat(PaymentView.likely(Money.mxn(50000), bills).stream().map(Amount::text))
                .containsExactly("$500.00", "$600.00", "$1,000.00");
        assertThat(PaymentView.likely(Money.mxn(1_234_567), bills).stream().map(Amount::text))
                .containsExactly("$12,345.67", "$12,500.00", "$13,000.00");
        assertThat(PaymentView.likely(Money.mxn(0), bills)).isEmpty();
    }
}
