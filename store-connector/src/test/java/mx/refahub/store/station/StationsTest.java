package mx.refahub.store.station;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.PEDRO;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Stations;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose notes are set to one person: it has a till, and browsers that are stations beside it. */
class StationsTest {
    private TestStore store;
    private PartId plug;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 8_900);
        store.openingStock(plug, 10_000);
        store.openCashSession(C1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Stations.Paired paired(String name) {
        return done(
                store.stationary.pair(done(store.stationary.invite(name, LUCIA)).code(), PEDRO));
    }

    private Ticket typedAt(Stations.Station station) {
        Ticket ticket = done(store.till.inHand(station.id(), PEDRO));
        return done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(2), PEDRO));
    }

    @Test
    void a_station_writes_a_note_the_till_collects_it_and_the_station_hands_over() {
        Stations.Paired counter = paired("Mostrador 1");
        assertThat(store.stationary.of(counter.token())).contains(counter.station());
        assertThat(store.desk.registers()).extracting("id").containsExactly(C1, C2);
        Ticket ticket = typedAt(counter.station());
        assertThat(refusal(store.till.pay(ticket.id(), ticket.totals().total(), cash(20_000), PEDRO)))
                .isEqualTo("cash-session-closed");
        assertThat(refusal(store.desk.open(store.ids.next(), counter.station().id(), Money.mxn(0), PEDRO)))
                .isEqualTo("register-unknown");

        Note note = done(store.notes.issue(ticket.id(), PEDRO));

        UUID printedAt = store.sales
                .read(session -> session.first("select register_id from print_page", row -> row.id("register_id")))
                .orElseThrow();
        assertThat(printedAt).isEqualTo(C1.value());
        assertThat(refusal(store.notes.collect(counter.station().id(), note.code(), PEDRO)))
                .isEqualTo("cash-session-closed");
        Ticket collected = done(store.notes.collect(C1, note.code(), MARTA));
        Sale sale = done(store.till.pay(collected.id(), collected.totals().total(), cash(20_000), MARTA));
        assertThat(sale.register()).isEqualTo(C1);
        assertThat(sale.lines().getFirst().salespersonName()).isEqualTo("Pedro");
        assertThat(store.handOvers.owed())
                .extracting("folio")
                .containsExactly(sale.folio().text());
    }

    @Test
    void any_number_of_stations_work_at_once_and_survive_a_restart() {
        Stations.Paired one = paired("Mostrador 1");
        Stations.Paired two = paired("Mostrador 2");
        Ticket first = typedAt(one.station());
        Ticket second = typedAt(two.station());
        assertThat(first.id()).isNotEqualTo(second.id());
        store = store.restarted();
        assertThat(store.stationary.of(two.token())).contains(two.station());
        assertThat(store.stationary.all()).containsExactly(one.station(), two.station());
        assertThat(done(store.till.inHand(one.station().id(), PEDRO))).isEqualTo(first);
    }

    @Test
    void a_station_quotes_under_numbers_of_its_own_and_takes_a_quote_up_again() {
        Stations.Station station = paired("Mostrador 1").station();
        Promise quote = done(store.promises.make(
                store.ids.next(),
                typedAt(station).id(),
                new Promises.Making(Promise.Kind.QUOTE, null, 0, "", null),
                PEDRO));
        assertThat(quote.number()).isEqualTo("C1M1-COT000001");

        Ticket ticket =
                done(store.promises.load(quote.id(), station.id(), PEDRO)).ticket();

        Note note = done(store.notes.issue(ticket.id(), PEDRO));
        Ticket collected = done(store.notes.collect(C1, note.code(), MARTA));
        Sale sale = done(store.till.pay(collected.id(), collected.totals().total(), cash(20_000), MARTA));
        assertThat(sale.promised()).isNotNull();
    }

    @Test
    void a_code_is_good_once_for_ten_minutes_and_not_for_who_guesses() {
        Stations.Invitation code = done(store.stationary.invite("Mostrador", LUCIA));
        assertThat(refusal(store.stationary.invite("mostrador", LUCIA))).isEqualTo("station-name-taken");
        assertThat(refusal(store.stationary.invite("CAJA 1", LUCIA))).isEqualTo("station-name-taken");
        assertThat(refusal(store.stationary.invite(" ", LUCIA))).isEqualTo("station-name");
        done(store.stationary.pair(
                code.code().substring(0, 4) + " " + code.code().substring(4), PEDRO));
        assertThat(refusal(store.stationary.pair(code.code(), PEDRO))).isEqualTo("station-code-wrong");

        String old = done(store.stationary.invite("Otro", LUCIA)).code();
        store.clock.advance(Stations.CODE_LIFE);
        assertThat(refusal(store.stationary.pair(old, PEDRO))).isEqualTo("station-code-wrong");

        String guessed = done(store.stationary.invite("Otro", LUCIA)).code();
        for (int i = 1; i < Stations.MOST_TRIES; i++)
            assertThat(refusal(store.stationary.pair("no", PEDRO))).isEqualTo("station-code-wrong");
        assertThat(refusal(store.stationary.pair("no", PEDRO))).isEqualTo("station-code-void");
        assertThat(refusal(store.stationary.pair(guessed, PEDRO))).isEqualTo("station-code-void");
    }

    @Test
    void a_station_that_is_taken_back_leaves_its_ticket_waiting() {
        Stations.Paired counter = paired("Mostrador 1");
        Ticket ticket = typedAt(counter.station());

        assertThat(done(store.stationary.revoke(counter.station().id(), LUCIA))).isEmpty();

        assertThat(store.stationary.of(counter.token())).isEmpty();
        assertThat(refusal(store.till.inHand(counter.station().id(), PEDRO))).isEqualTo("cash-session-closed");
        assertThat(done(store.shelf.recall(C1, ticket.id(), MARTA)).lines()).hasSize(1);
        store.clock.advance(Duration.ofMinutes(1));
        assertThat(paired("Mostrador 1").station().prefix()).isEqualTo("C1M2");
        assertThat(refusal(store.stationary.revoke(C1, LUCIA))).isEqualTo("station-unknown");
    }
}
