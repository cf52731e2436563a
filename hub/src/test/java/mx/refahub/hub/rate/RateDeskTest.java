package mx.refahub.hub.rate;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.adapters.rate.RateSimulator;
import mx.refahub.domain.rate.RateDesk;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import mx.refahub.hub.stream.StreamWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class RateDeskTest {
    /** A Thursday, far from what other tests do. */
    private static final LocalDate DAY = LocalDate.parse("2031-05-15");

    private static final Instant NOON = Instant.parse("2031-05-15T18:00:00Z");

    private final TestShop shop = TestShop.open();
    private final RateSimulator source = new RateSimulator();
    private final PostgresRateDesk desk = desk(Optional.of(source));

    private static PostgresRateDesk desk(Optional<mx.refahub.domain.rate.RateSource> source) {
        return new PostgresRateDesk(
                TestHub.bean(RateTable.class),
                source,
                TestHub.bean(RateSettings.class),
                TestHub.bean(Publications.class),
                TestHub.bean(AuditTrail.class),
                Clock.fixed(NOON, ZoneOffset.UTC),
                TestHub.bean(TransactionTemplate.class));
    }

    @AfterEach
    void forget() {
        TestHub.sql().sql("delete from exchange_rate where day > '2031-01-01'").update();
        done(desk.round(0, "Ana"));
    }

    private static long version() {
        return TestHub.bean(Publications.class).current().get(Stream.SETTINGS);
    }

    private SettingsRow.TendersRow atTheStore() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestHub.bean(StreamWriter.class).write(Stream.SETTINGS, shop.id, 0, out);
        String row = out.toString(StandardCharsets.UTF_8).lines().toList().get(1);
        return JsonMapper.builder().build().readValue(row, SettingsRow.class).tenders();
    }

    @Test
    void what_is_set_by_hand_wins_over_what_is_published_and_goes_down_with_the_settings() {
        long before = version();
        RateDesk.Standing published = done(desk.fetch("simulator"));
        BigDecimal theirs = published.rates().getFirst().rate().pesos();
        assertThat(published.rates().getFirst().source()).isEqualTo("simulator");
        done(desk.fetch("simulator"));
        assertThat(version()).isEqualTo(before + 1);

        RateDesk.Standing set = done(desk.set(DAY, new BigDecimal("17.4523"), true, "Ana"));
        assertThat(set.rates().getFirst().rate().pesos()).isEqualByComparingTo("17.4523");
        assertThat(set.rates().getFirst().by()).isEqualTo("Ana");
        assertThat(set.rates().getFirst().published().pesos()).isEqualByComparingTo(theirs);
        done(desk.round(50, "Ana"));
        assertThat(version()).isEqualTo(before + 3);
        assertThat(atTheStore().cashRounding()).isEqualTo(50);
        assertThat(atTheStore().rates()).last().satisfies(rate -> {
            assertThat(rate.day()).isEqualTo(DAY);
            assertThat(new BigDecimal(rate.pesos())).isEqualByComparingTo("17.4523");
        });

        assertThat(done(desk.takeBack(DAY, "Ana")).rates().getFirst().rate().pesos())
                .isEqualByComparingTo(theirs);
        BigDecimal tooMuch = theirs.multiply(BigDecimal.TEN).setScale(4, RoundingMode.HALF_UP);
        assertThat(refused(desk.set(DAY, tooMuch, false, "Ana"))).isEqualTo("rate-far");
        assertThat(refused(desk.set(DAY, theirs.movePointLeft(1).setScale(4, RoundingMode.HALF_UP), false, "Ana")))
                .isEqualTo("rate-far");
        done(desk.set(DAY, theirs.multiply(new BigDecimal("1.1")).setScale(4, RoundingMode.HALF_UP), false, "Ana"));
        done(desk.set(DAY, tooMuch, true, "Ana"));
        done(desk.takeBack(DAY, "Ana"));
        assertThat(refused(desk.set(DAY, BigDecimal.ZERO, true, "Ana"))).isEqualTo("rate-invalid");
        assertThat(refused(desk.set(DAY, new BigDecimal("17.45231"), true, "Ana")))
                .isEqualTo("rate-invalid");
        assertThat(refused(desk.set(DAY.plusYears(1), BigDecimal.TEN, true, "Ana")))
                .isEqualTo("rate-day-invalid");
        assertThat(refused(desk.round(25, "Ana"))).isEqualTo("rounding-invalid");
    }

    @Test
    void a_first_rate_that_looks_mistyped_is_asked_about_as_a_later_one_is() {
        TestHub.sql().sql("delete from exchange_rate").update();
        for (String strange : List.of("1.9", "1900", "190.25", "9.99"))
            assertThat(refused(desk.set(DAY, new BigDecimal(strange), false, "Ana")))
                    .as(strange)
                    .isEqualTo("rate-strange");
        assertThat(desk.standing(5).rates()).isEmpty();

        done(desk.set(DAY, new BigDecimal("19.02"), false, "Ana"));
        assertThat(refused(desk.set(DAY.minusDays(3), new BigDecimal("1.9"), false, "Ana")))
                .as("no rate holds that day yet, but one of a later day is known")
                .isEqualTo("rate-far");
        done(desk.takeBack(DAY, "Ana"));
        done(desk.set(DAY, new BigDecimal("1900"), true, "Ana"));
        assertThat(desk.holding(DAY).orElseThrow().pesos()).isEqualByComparingTo("1900");
        done(desk.takeBack(DAY, "Ana"));
    }

    @Test
    void rates_come_from_the_simulator_unless_they_are_to_be_set_by_hand() {
        assertThat(settings(Map.of()).source()).isEqualTo(RateSettings.Source.SIMULATOR);
        assertThat(settings(Map.of()))
                .isEqualTo(new RateSettings(RateSettings.Source.SIMULATOR, BigDecimal.TEN, new BigDecimal("40")));
        assertThat(settings(Map.of(
                        "refahub.rates.source", "none",
                        "refahub.rates.least-first", "15.5",
                        "refahub.rates.most-first", "25")))
                .isEqualTo(new RateSettings(RateSettings.Source.NONE, new BigDecimal("15.5"), new BigDecimal("25")));
        assertThatThrownBy(() -> settings(Map.of("refahub.rates.least-first", "40")))
                .hasRootCauseMessage("refahub.rates.least-first is not below most-first");
    }

    private static RateSettings settings(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("refahub.rates", RateSettings.class);
    }

    @Test
    void a_source_that_is_down_or_talks_nonsense_leaves_things_as_they_are() {
        source.be(RateSimulator.Mood.DOWN);
        assertThat(refused(desk.fetch("simulator"))).isEqualTo("rate-source-away");
        source.be(RateSimulator.Mood.NONSENSE);
        assertThat(refused(desk.fetch("simulator"))).isEqualTo("rate-source-away");
        assertThat(refused(desk(Optional.empty()).fetch("Ana"))).isEqualTo("rate-source-none");
        source.be(RateSimulator.Mood.WELL);
        assertThat(source.published(java.util.Currency.getInstance("USD"), DAY.plusDays(2)))
                .isEmpty();
    }
}
