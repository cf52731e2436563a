package mx.refahub.hub.lender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import mx.refahub.adapters.aplazo.AplazoSimulator;
import mx.refahub.adapters.aplazo.AplazoSimulator.Fault;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.ConnectionDesk.Draft;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.LenderAsk;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The hub between branches and a lender, against its simulator over HTTP and the real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LendersTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);
    private static final String PHONE = "3312345678";

    private final Lenders lenders = TestHub.bean(Lenders.class);
    private final LenderTable table = new LenderTable(TestHub.sql());
    private final AplazoSimulator there = new AplazoSimulator();
    private final UUID store = TestShop.open().id.value();

    LendersTest() throws IOException {
        there.manned();
        TestShop.done(TestHub.bean(ConnectionDesk.class)
                .add(
                        new Draft(
                                "aplazo",
                                "Aplazo",
                                there.start(0).toString(),
                                true,
                                true,
                                Map.of("merchant", AplazoSimulator.MERCHANT),
                                Map.of("apiToken", AplazoSimulator.TOKEN)),
                        ANA));
    }

    @AfterAll
    void closed() {
        there.close();
    }

    private static LenderAsk ask(UUID order, long amount) {
        return new LenderAsk(order, amount, PHONE, "");
    }

    @Test
    void a_branch_asks_the_customer_accepts_and_a_return_gives_a_part_back_once() {
        assertThat(lenders.standing().there()).isTrue();
        UUID order = UUID.randomUUID();
        there.misbehave(Fault.LOST, "/api/loan");
        assertThat(lenders.ask(store, ask(order, 89_000)).state()).isEqualTo("ASKED");
        assertThat(lenders.ask(store, ask(order, 89_000)).state()).isEqualTo("WAITING");
        there.say(order.toString(), "OUTSTANDING");
        LenderAsk.Row lent = lenders.inquire(store, order);
        assertThat(lent.state()).isEqualTo("APPROVED");
        assertThat(table.use(store, lent.reference(), 88_000, false, UUID.randomUUID()))
                .isFalse();
        assertThat(table.use(store, lent.reference(), 89_000, false, UUID.randomUUID()))
                .isTrue();
        assertThat(table.use(store, lent.reference(), 89_000, false, UUID.randomUUID()))
                .isFalse();
        // What has paid a ticket is not taken back by its id any more.
        assertThat(lenders.cancel(store, order).state()).isEqualTo("APPROVED");

        LenderAsk back = new LenderAsk(UUID.randomUUID(), 9_000, "", lent.reference());
        there.misbehave(Fault.LOST, "/api/pos/loan/refund");
        assertThat(lenders.ask(store, back).state()).isEqualTo("ASKED");
        LenderAsk.Row given = lenders.inquire(store, back.order());
        assertThat(given.state()).isEqualTo("APPROVED");
        assertThat(lenders.ask(store, back)).isEqualTo(given);
        assertThat(there.lent()).isEqualByComparingTo("800.00");
        assertThat(table.use(store, given.reference(), 9_000, true, UUID.randomUUID()))
                .isTrue();
        LenderAsk strange = new LenderAsk(UUID.randomUUID(), 9_000, "", "A0");
        assertThat(lenders.ask(store, strange).reason()).isEqualTo("original-unknown");
        lenders.ask(store, new LenderAsk(UUID.randomUUID(), 80_000, "", lent.reference()));
        assertThat(there.lent()).isZero();
    }

    @Test
    void what_never_came_is_refused_from_then_on_and_another_branch_is_told_nothing() {
        UUID order = UUID.randomUUID();
        assertThat(lenders.inquire(store, order).state()).isEqualTo("CANCELLED");
        assertThat(lenders.ask(store, ask(order, 5_000)).state()).isEqualTo("CANCELLED");
        UUID mine = UUID.randomUUID();
        lenders.ask(store, ask(mine, 5_000));
        assertThat(lenders.inquire(TestShop.open().id.value(), mine).state()).isEqualTo("CANCELLED");
        assertThat(lenders.inquire(store, mine).state()).isEqualTo("WAITING");

        // The request was cut on its way: only time tells that it will not come.
        UUID cut = UUID.randomUUID();
        there.misbehave(Fault.CUT, "/api/loan");
        assertThat(lenders.ask(store, ask(cut, 5_000)).state()).isEqualTo("ASKED");
        assertThat(lenders.cancel(store, cut).state()).isEqualTo("CANCELLING");
        TestHub.CLOCK.advance(Duration.ofMinutes(1));
        assertThat(lenders.inquire(store, cut).state()).isEqualTo("CANCELLED");
    }

    @Test
    void a_yes_that_came_before_the_cancellation_is_given_back_whole() {
        UUID order = UUID.randomUUID();
        lenders.ask(store, ask(order, 12_300));
        there.say(order.toString(), "OUTSTANDING");
        there.misbehave(Fault.TROUBLE, "/api/pos/loan/refund");
        assertThat(lenders.cancel(store, order).state()).isEqualTo("CANCELLING");
        assertThat(lenders.cancel(store, order).state()).isEqualTo("CANCELLED");
    }
}
