package mx.refahub.pos.web;

import static org.assertj.core.api.Assertions.assertThat;

import mx.refahub.domain.part.Fitment;
import org.junit.jupiter.api.Test;

class AskedVehicleTest {
    private static final Fitment JETTA = new Fitment("Volkswagen", "Jetta", 2011, 2018, "2.5", "", "");
    private static final Fitment ANY_ENGINE = new Fitment("Volkswagen", "Jetta", 2011, 2018, "", "", "");

    @Test
    void what_was_said_of_the_vehicle_has_to_agree() {
        assertThat(new AskedVehicle("volkswagen", "JETTA", 2015, "2.5").isAnswered(JETTA))
                .isTrue();
        assertThat(new AskedVehicle("", "Jetta", 0, "").isAnswered(JETTA)).isTrue();
        assertThat(new AskedVehicle("Volkswagen", "Golf", 2015, "2.5").isAnswered(JETTA))
                .isFalse();
        assertThat(new AskedVehicle("Volkswagen", "Jetta", 2010, "2.5").isAnswered(JETTA))
                .isFalse();
        assertThat(new AskedVehicle("Volkswagen", "Jetta", 2019, "2.5").isAnswered(JETTA))
                .isFalse();
        assertThat(new AskedVehicle("Volkswagen", "Jetta", 2015, "2.0").isAnswered(JETTA))
                .isFalse();
    }

    @Test
    void an_engine_left_open_answers_each() {
        assertThat(new AskedVehicle("Volkswagen", "Jetta", 2015, "2.0").isAnswered(ANY_ENGINE))
                .isTrue();
    }

    @Test
    void a_year_alone_is_no_vehicle() {
        assertThat(new AskedVehicle("", "", 2015, "").isAnswered(JETTA)).isFalse();
    }
}
