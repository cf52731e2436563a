package mx.refahub.adapters.aplazo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import mx.refahub.adapters.aplazo.AplazoSimulator.Fault;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lender.BnplProvider.Answer;
import mx.refahub.domain.lender.BnplProvider.State;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over plain HTTP against the simulator: whatever it does, one cart is lent to once and one key gives back once. */
class AplazoTest {
    private static final String PHONE = "3312345678";
    private static final Money AMOUNT = Money.mxn(125_050);

    private final AplazoSimulator simulator = new AplazoSimulator();
    private final Aplazo aplazo = new Aplazo(Duration.ofMillis(700));
    private final UUID order = UUID.randomUUID();
    private Connection connection;

    @BeforeEach
    void start() throws IOException {
        simulator.manned();
        connection = to(simulator.start(0), AplazoSimulator.TOKEN);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Connection to(URI address, String token) {
        return new Connection(
                UUID.randomUUID(),
                aplazo.kind(),
                "Aplazo",
                address,
                Map.of(Aplazo.MERCHANT, AplazoSimulator.MERCHANT),
                Map.of(Aplazo.TOKEN, token));
    }

    private static State state(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Known.class);
        return ((Answer.Known) answer).state();
    }

    @Test
    void the_customer_says_yes_at_their_phone_and_what_was_lent_can_be_given_back_once() {
        assertThat(state(aplazo.create(connection, order, AMOUNT, PHONE))).isEqualTo(State.WAITING);
        assertThat(state(aplazo.inquire(connection, order))).isEqualTo(State.WAITING);
        simulator.say(order.toString(), "OUTSTANDING");
        assertThat(state(aplazo.inquire(connection, order))).isEqualTo(State.APPROVED);

        UUID refund = UUID.randomUUID();
        simulator.misbehave(Fault.LOST, "/api/pos/loan/refund");
        assertThat(aplazo.refund(connection, order, refund, Money.mxn(25_050))).isInstanceOf(Answer.Unknown.class);
        assertThat(state(aplazo.refund(connection, order, refund, Money.mxn(25_050))))
                .isEqualTo(State.APPROVED);
        assertThat(simulator.lent()).isEqualByComparingTo("1000.00");
        assertThat(aplazo.refund(connection, order, UUID.randomUUID(), AMOUNT))
                .isEqualTo(new Answer.Refused("more than was lent"));
    }

    @Test
    void no_and_too_late_are_told_and_a_phone_that_is_none_is_refused() {
        assertThat(aplazo.create(connection, order, AMOUNT, "12")).isEqualTo(new Answer.Refused("phone"));
        assertThat(aplazo.inquire(connection, order)).isEqualTo(new Answer.Never());
        aplazo.create(connection, order, AMOUNT, PHONE);
        simulator.say(order.toString(), "REJECTED");
        assertThat(state(aplazo.inquire(connection, order))).isEqualTo(State.DENIED);
        simulator.say(order.toString(), "EXPIRED");
        assertThat(state(aplazo.inquire(connection, order))).isEqualTo(State.EXPIRED);
        simulator.say(order.toString(), "SOMETHING_NEW");
        assertThat(aplazo.inquire(connection, order)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void a_lost_a_late_and_a_doubled_request_make_one_loan() {
        simulator.misbehave(Fault.LOST, "/api/loan");
        assertThat(aplazo.create(connection, order, AMOUNT, PHONE)).isInstanceOf(Answer.Unknown.class);
        assertThat(state(aplazo.inquire(connection, order))).isEqualTo(State.WAITING);
        simulator.misbehave(Fault.TWICE, "/api/loan");
        assertThat(state(aplazo.create(connection, order, AMOUNT, PHONE))).isEqualTo(State.WAITING);
        UUID slow = UUID.randomUUID();
        simulator.misbehave(Fault.SLOW, "/api/loan");
        assertThat(aplazo.create(connection, slow, AMOUNT, PHONE)).isEqualTo(new Answer.Unknown("timeout"));
        assertThat(simulator.made()).isLessThanOrEqualTo(2);
        assertThat(aplazo.create(connection, order, Money.mxn(1), PHONE)).isEqualTo(new Answer.Refused("cart differs"));
    }

    @Test
    void what_certainly_did_nothing_is_told_from_what_may_have() {
        simulator.misbehave(Fault.TOO_MANY, "/api/loan");
        assertThat(aplazo.create(connection, order, AMOUNT, PHONE)).isEqualTo(new Answer.Refused("busy"));
        simulator.misbehave(Fault.TROUBLE, "/api/loan");
        assertThat(aplazo.create(connection, order, AMOUNT, PHONE)).isEqualTo(new Answer.Unknown("HTTP 500"));
        simulator.misbehave(Fault.CUT, "/api/loan");
        assertThat(aplazo.create(connection, order, AMOUNT, PHONE)).isInstanceOf(Answer.Unknown.class);
        simulator.misbehave(Fault.CUT, "/api/auth");
        assertThat(aplazo.create(connection, order, AMOUNT, PHONE)).isInstanceOf(Answer.Refused.class);
        assertThat(aplazo.inquire(connection, order)).isEqualTo(new Answer.Never());
        assertThat(simulator.made()).isZero();
    }

    @Test
    void what_waits_is_taken_back_and_what_was_lent_meanwhile_is_given_back_whole() {
        aplazo.create(connection, order, AMOUNT, PHONE);
        assertThat(state(aplazo.cancel(connection, order))).isEqualTo(State.CANCELLED);
        UUID second = UUID.randomUUID();
        aplazo.create(connection, second, AMOUNT, PHONE);
        simulator.say(second.toString(), "OUTSTANDING");
        simulator.misbehave(Fault.LOST, "/api/pos/loan/refund");
        assertThat(aplazo.cancel(connection, second)).isInstanceOf(Answer.Unknown.class);
        assertThat(state(aplazo.cancel(connection, second))).isEqualTo(State.CANCELLED);
        assertThat(simulator.lent()).isZero();
        assertThat(aplazo.cancel(connection, UUID.randomUUID())).isEqualTo(new Answer.Never());
    }

    @Test
    void trying_a_connection_tells_a_wrong_key_from_a_right_one() {
        assertThat(aplazo.probe(connection)).isEqualTo(Outcome.done("Aplazo 1234"));
        assertThat(aplazo.probe(to(connection.address(), "otro"))).isEqualTo(Outcome.refused("outside-signature"));
        simulator.close();
        assertThat(aplazo.probe(connection)).isInstanceOf(Outcome.Refused.class);
    }
}
