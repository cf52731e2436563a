package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Precautions;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.desk.DeskApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A till whose clock cannot be believed looks, and writes nothing down. */
class PrecautionsTest {
    private static final String TICKET = "/pos/api/registers/" + Desk.CAJA_1 + "/ticket";
    private static Desk desk;

    private static final class WrongClock implements Precautions {
        private volatile boolean wrong = true;

        @Override
        public Optional<Refusal> refusal() {
            return wrong
                    ? Optional.of(Refusal.of("clock-wrong", "01/01/2012 00:03", "02/03/2026 10:00"))
                    : Optional.empty();
        }

        @Override
        public Outcome<String> acceptClock(Person who, String reason) {
            if (!wrong) return Outcome.refused("clock-not-wrong");
            wrong = false;
            return Outcome.done("01/01/2012 00:03");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Wrong {
        @Bean
        WrongClock precautions() {
            return new WrongClock();
        }
    }

    @BeforeAll
    static void open() {
        desk = Desk.open(List.of(DeskApplication.class, Wrong.class));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @BeforeEach
    void the_clock_is_wrong() {
        desk.part(WrongClock.class).wrong = true;
    }

    @Test
    void looking_and_signing_in_go_on_but_no_ticket_is_dated() {
        Desk.Browser marta = desk.signedIn(Role.CASHIER);

        assertThat(marta.get("/pos/api/registers").status()).isEqualTo(200);
        Desk.Answer refused = marta.post(TICKET, "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("clock-wrong");
        assertThat(refused.json().path("detail").asString()).contains("01/01/2012 00:03", "02/03/2026 10:00");
    }

    @Test
    void only_a_manager_with_a_reason_overrides_it() {
        Desk.Browser marta = desk.signedIn(Role.CASHIER);
        assertThat(marta.post("/pos/api/clock", "{\"reason\":\"yo digo\"}").status())
                .isEqualTo(403);
        Desk.Browser boss = desk.signedIn(Role.MANAGER);
        assertThat(boss.post("/pos/api/clock", "{\"reason\":\" \"}").status()).isEqualTo(400);
        assertThat(boss.post(TICKET, "{}").code()).isEqualTo("clock-wrong");

        assertThat(boss.post("/pos/api/clock", "{\"reason\":\"cerramos un año\"}")
                        .status())
                .isEqualTo(200);

        assertThat(boss.post("/pos/api/clock", "{\"reason\":\"otra vez\"}").code())
                .isEqualTo("clock-not-wrong");
        assertThat(boss.post(TICKET, "{}").code()).isNotEqualTo("clock-wrong");
    }
}
