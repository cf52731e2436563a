package mx.refahub.store.stock;

import static mx.refahub.store.TestStore.CENTRO;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLeases.Asking;
import mx.refahub.domain.stock.StockLeases.Lease;
import mx.refahub.domain.stock.StockLeases.State;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.LeaseRow;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.domain.wire.StockRow;
import mx.refahub.store.TestStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockLeasesTest {
    private static final UUID NORTE = UUID.fromString("01890000-0000-7000-8000-00000000000b");
    private static final UUID SUR = UUID.fromString("01890000-0000-7000-8000-00000000000d");

    @TempDir
    Path folder;

    private TestStore store;
    private PartId plug;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 8_500);
        branches(CENTRO.value(), NORTE, SUR);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void with_the_cable_out_a_promise_is_only_asked_for_beside_a_figure_with_its_age() {
        store.publish(
                Stream.STOCK,
                List.of(new StockRow(NORTE, "NTE", plug.value(), 4_000, 0, "", store.clock.instant(), 0L)));
        UUID ticket = store.ids.next();

        Lease lease = done(store.leases.ask(asking(ticket, 2), MARTA));

        assertThat(lease.state()).isEqualTo(State.ASKED);
        assertThat(lease.otherCode()).isEqualTo("NTE");
        assertThat(lease.onHand()).isEqualTo(Quantity.of(4));
        assertThat(lease.asOf()).isNotNull();
        assertThat(lease.reserved()).isNull();
        assertThat(store.leases.ofTicket(ticket)).extracting(Lease::id).containsExactly(lease.id());
        LeaseBody told = lastBody();
        assertThat(told.step()).isEqualTo("ASKED");
        assertThat(told.expiresAt()).isEqualTo(told.askedAt().plus(Duration.ofDays(2)));

        store.clock.advance(Duration.ofDays(3));
        assertThat(store.leases.open()).singleElement().satisfies(open -> {
            assertThat(open.state()).isEqualTo(State.LAPSED);
            assertThat(open.isCase()).isTrue();
        });
        done(store.leases.withdraw(lease.id(), "se devolvió", MARTA));
        assertThat(store.leases.open()).isEmpty();
    }

    @Test
    void the_same_act_again_asks_once_and_with_other_pieces_is_refused() {
        Asking asking = asking(null, 2);
        Lease first = done(store.leases.ask(asking, MARTA));
        store = store.restarted();

        assertThat(done(store.leases.ask(asking, MARTA)).id()).isEqualTo(first.id());
        assertThat(refusal(store.leases.ask(
                        new Asking(
                                store.ids.next(),
                                NORTE,
                                plug,
                                new Quantity(500),
                                null,
                                null,
                                "Taller",
                                Duration.ofDays(2)),
                        MARTA)))
                .isEqualTo("stock-quantity-fraction");
        assertThat(refusal(store.leases.ask(
                        new Asking(asking.act(), NORTE, plug, Quantity.of(3), null, null, "Taller", Duration.ofDays(2)),
                        MARTA)))
                .isEqualTo("stock-act-differs");
        assertThat(refusal(store.leases.ask(
                        new Asking(
                                store.ids.next(),
                                CENTRO.value(),
                                plug,
                                Quantity.ONE,
                                null,
                                null,
                                "",
                                Duration.ofDays(2)),
                        MARTA)))
                .isEqualTo("branch-own");
        assertThat(refusal(store.leases.ask(
                        new Asking(store.ids.next(), NORTE, plug, Quantity.ONE, null, null, "", Duration.ofDays(30)),
                        MARTA)))
                .isEqualTo("lease-hold");
        assertThat(store.count("outbox")).isEqualTo(1);
    }

    @Test
    void what_another_branch_asks_for_is_set_aside_once_and_shown_as_promised_until_it_lapses() {
        receive(3);
        LeaseRow asked = row(2, null, false, Duration.ofDays(1));
        store.publish(Stream.LEASES, List.of(asked));
        store.publish(Stream.LEASES, List.of(asked));
        store = store.restarted();

        assertThat(store.count("stock_lease_step")).isEqualTo(1);
        assertThat(lastBody().step()).isEqualTo("RESERVED");
        assertThat(lastBody().pieces()).isEqualTo(2_000);
        assertThat(own().promised()).isEqualTo(Quantity.of(2));
        assertThat(own().free()).isEqualTo(Quantity.ONE);
        assertThat(store.leases.open()).singleElement().satisfies(lease -> {
            assertThat(lease.asking()).isFalse();
            assertThat(lease.state()).isEqualTo(State.RESERVED);
        });

        store.clock.advance(Duration.ofDays(2));

        assertThat(own().promised()).isEqualTo(Quantity.ZERO);
        assertThat(store.leases.open()).isEmpty();
    }

    @Test
    void a_store_that_may_not_write_answers_with_the_next_stream_once_it_may() {
        receive(3);
        store.mayWrite = false;
        store.publish(Stream.LEASES, List.of(row(2, null, false, Duration.ofDays(1))));
        assertThat(store.count("stock_lease_step")).isZero();

        store.mayWrite = true;
        branches(CENTRO.value(), NORTE, SUR);

        assertThat(lastBody().step()).isEqualTo("RESERVED");
    }

    @Test
    void of_the_last_piece_the_first_who_asked_gets_it_and_the_other_is_told_that_there_is_none() {
        receive(1);
        LeaseRow second = row(1, null, false, Duration.ofDays(1));
        LeaseRow first = new LeaseRow(
                store.ids.next(),
                SUR,
                "SUR",
                CENTRO.value(),
                "CEN",
                plug.value(),
                1_000,
                null,
                null,
                "",
                "Rita",
                false,
                second.askedAt().minusSeconds(60),
                second.expiresAt(),
                null,
                false,
                false,
                null,
                null,
                "");
        store.publish(Stream.LEASES, List.of(second, first));

        assertThat(state(first.id())).isEqualTo(State.RESERVED);
        assertThat(state(second.id())).isEqualTo(State.SHORT);
        assertThat(done(store.leases.one(second.id())).reserved()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void a_promise_is_kept_by_a_transfer_that_names_it() {
        receive(3);
        LeaseRow asked = row(2, null, false, Duration.ofDays(1));
        store.publish(Stream.LEASES, List.of(asked));
        StockDesk.Sending sending = new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("2")), asked.id());

        StockBody sent = done(store.stock.send(sending, LUCIA));
        assertThat(done(store.stock.send(sending, LUCIA))).isEqualTo(sent);

        assertThat(lastBody().step()).isEqualTo("SENT");
        assertThat(lastBody().number()).isEqualTo(sent.number());
        assertThat(own()).satisfies(at -> {
            assertThat(at.quantity()).isEqualTo(Quantity.ONE);
            assertThat(at.promised()).isEqualTo(Quantity.ZERO);
        });
        assertThat(refusal(store.stock.send(
                        new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("1")), asked.id()), LUCIA)))
                .isEqualTo("lease-ended");
        assertThat(store.count("stock_document")).isEqualTo(2);
    }

    @Test
    void a_promise_goes_to_whom_it_was_made_and_what_is_not_wanted_any_more_is_free() {
        receive(2);
        LeaseRow asked = row(1, null, false, Duration.ofDays(1));
        store.publish(Stream.LEASES, List.of(asked));
        assertThat(refusal(store.stock.send(
                        new StockDesk.Sending(store.ids.next(), SUR, "", List.of(line("1")), asked.id()), LUCIA)))
                .isEqualTo("lease-other");
        assertThat(refusal(store.leases.withdraw(asked.id(), "", LUCIA)))
                .as("only who asked takes it back")
                .isEqualTo("lease-unknown");

        store.publish(Stream.LEASES, List.of(withdrawn(asked)));

        assertThat(lastBody().step()).isEqualTo("RELEASED");
        assertThat(own().promised()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void a_promised_piece_that_is_sold_all_the_same_is_a_case() {
        receive(1);
        LeaseRow asked = row(1, null, false, Duration.ofDays(1));
        store.publish(Stream.LEASES, List.of(asked));
        done(store.stock.adjust(
                new StockDesk.Adjustment(store.ids.next(), StockDesk.Reason.DAMAGED, "", List.of(line("-1"))), LUCIA));

        assertThat(done(store.leases.one(asked.id())).isCase()).isTrue();
        done(store.leases.refuse(asked.id(), "se vendió aquí", LUCIA));
        assertThat(store.leases.open()).isEmpty();
        assertThat(lastBody().why()).isEqualTo("se vendió aquí");
    }

    @Test
    void what_another_branch_set_aside_for_this_one_and_sold_all_the_same_is_a_case_here_too() {
        Lease asked = done(store.leases.ask(asking(null, 1), MARTA));
        Instant now = store.clock.instant();
        store.publish(
                Stream.LEASES,
                List.of(new LeaseRow(
                        asked.id(),
                        CENTRO.value(),
                        "CEN",
                        NORTE,
                        "NTE",
                        plug.value(),
                        1_000,
                        null,
                        null,
                        "Taller",
                        "Marta",
                        false,
                        now,
                        asked.expiresAt(),
                        1_000L,
                        false,
                        false,
                        null,
                        null,
                        "")));
        store.publish(
                Stream.STOCK,
                List.of(new StockRow(
                        NORTE, "NTE", plug.value(), 1_000, 0, "", now, 0L, null, 1_000L, asked.expiresAt())));
        assertThat(done(store.leases.one(asked.id())).isCase()).isFalse();

        store.publish(
                Stream.STOCK,
                List.of(new StockRow(NORTE, "NTE", plug.value(), 0, 0, "", now, 0L, null, 1_000L, asked.expiresAt())));

        assertThat(done(store.leases.one(asked.id())).isCase()).isTrue();
    }

    @Test
    void what_was_sold_and_is_not_there_is_listed_with_who_has_it() {
        store.publish(
                Stream.STOCK,
                List.of(
                        new StockRow(
                                NORTE,
                                "NTE",
                                plug.value(),
                                4_000,
                                0,
                                "",
                                store.clock.instant(),
                                0L,
                                "A",
                                4_000L,
                                store.clock.instant().plusSeconds(3_600)),
                        new StockRow(SUR, "SUR", plug.value(), 2_000, 0, "", store.clock.instant(), 0L)));
        done(store.stock.adjust(
                new StockDesk.Adjustment(store.ids.next(), StockDesk.Reason.DAMAGED, "", List.of(line("-2"))), LUCIA));

        assertThat(store.leases.missing(10)).singleElement().satisfies(missing -> {
            assertThat(missing.onHand()).isEqualTo(Quantity.of(-2));
            assertThat(missing.elsewhere()).extracting(StockDesk.AtBranch::code).containsExactly("SUR");
        });
        receive(2);
        assertThat(store.leases.missing(10)).isEmpty();
    }

    @Test
    void a_closed_branch_takes_nothing_in_and_sends_nothing() {
        branches(NORTE, SUR);

        assertThat(refusal(store.stock.receive(receipt(1), LUCIA))).isEqualTo("branch-closed");
        assertThat(refusal(store.leases.ask(asking(null, 1), MARTA))).isEqualTo("branch-closed");
        branches(CENTRO.value(), SUR);
        assertThat(refusal(store.stock.send(
                        new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("1"))), LUCIA)))
                .isEqualTo("branch-unknown");
    }

    @Test
    void what_is_sent_to_a_closed_branch_is_refused_with_the_reason_and_what_goes_to_an_open_one_leaves() {
        receive(3);
        branches(CENTRO.value(), SUR);
        long shelf = store.count("stock_movement");
        StockDesk.Sending toClosed = new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("1")));

        assertThat(refusal(store.stock.send(toClosed, LUCIA))).isEqualTo("branch-unknown");
        assertThat(store.count("stock_movement")).as("nothing has left").isEqualTo(shelf);
        done(store.stock.send(new StockDesk.Sending(store.ids.next(), SUR, "", List.of(line("1"))), LUCIA));
        assertThat(store.count("stock_movement")).isEqualTo(shelf + 1);

        branches(CENTRO.value(), NORTE, SUR);
        done(store.stock.send(toClosed, LUCIA));
        assertThat(store.count("stock_movement"))
                .as("opened again, the same act goes through")
                .isEqualTo(shelf + 2);
    }

    @Test
    void a_count_of_one_class_takes_parts_of_that_class_alone() {
        PartId other = store.part("LENTO", 100);
        store.publish(Stream.STOCK, List.of(of(plug, "A", 5_000), of(other, "C", 2_000)));
        UUID count = store.ids.next();
        done(store.counts.startClass(count, "A", MARTA));

        assertThat(refusal(store.counts.enter(store.ids.next(), count, line(other, "2"), false, MARTA)))
                .isEqualTo("count-other-class");
        assertThat(done(store.counts.review(count)).uncounted()).isEqualTo(1);
        done(store.counts.enter(store.ids.next(), count, line("4"), false, MARTA));
        assertThat(done(store.counts.review(count)).uncounted()).isZero();
        done(store.counts.close(count, true, "", LUCIA));
        assertThat(own().quantity()).isEqualTo(Quantity.of(4));
        assertThat(refusal(store.counts.startClass(store.ids.next(), "D", MARTA)))
                .isEqualTo("count-class-wrong");
    }

    private StockRow of(PartId part, String abc, long pieces) {
        return new StockRow(
                CENTRO.value(), "CEN", part.value(), pieces, pieces, "A-1", store.clock.instant(), 0L, abc, null, null);
    }

    private State state(UUID lease) {
        return done(store.leases.one(lease)).state();
    }

    private StockDesk.AtBranch own() {
        return store.stock.byBranch(List.of(plug)).get(plug).getFirst();
    }

    private Asking asking(@Nullable UUID ticket, long pieces) {
        return new Asking(
                store.ids.next(), NORTE, plug, Quantity.of(pieces), ticket, ticket, "Taller", Duration.ofDays(2));
    }

    private LeaseRow row(long pieces, @Nullable Long reserved, boolean withdrawn, Duration hold) {
        Instant now = store.clock.instant();
        return new LeaseRow(
                store.ids.next(),
                NORTE,
                "NTE",
                CENTRO.value(),
                "CEN",
                plug.value(),
                pieces * 1000,
                null,
                null,
                "Sra. Paz",
                "Rita",
                false,
                now,
                now.plus(hold),
                reserved,
                false,
                withdrawn,
                null,
                null,
                "");
    }

    private static LeaseRow withdrawn(LeaseRow row) {
        return new LeaseRow(
                row.id(),
                row.asker(),
                row.askerCode(),
                row.giver(),
                row.giverCode(),
                row.part(),
                row.quantity(),
                null,
                null,
                row.forWhom(),
                row.askedBy(),
                false,
                row.askedAt(),
                row.expiresAt(),
                1_000L,
                false,
                true,
                null,
                null,
                "");
    }

    private StockLine line(String quantity) {
        return line(plug, quantity);
    }

    private StockLine line(PartId part, String quantity) {
        return done(StockLine.of(
                new StockLine.Typed(store.ids.next(), part.value(), quantity, "", "", ""),
                store.catalogue.card(part).orElseThrow().part(),
                quantity.startsWith("-") ? StockLine.Sign.EITHER : StockLine.Sign.POSITIVE,
                false));
    }

    private void receive(long pieces) {
        done(store.stock.receive(receipt(pieces), LUCIA));
    }

    private StockDesk.Receipt receipt(long pieces) {
        return new StockDesk.Receipt(
                store.ids.next(),
                "Proveedora",
                "",
                Money.MXN,
                BigDecimal.ONE,
                "",
                List.of(done(StockLine.of(
                        new StockLine.Typed(store.ids.next(), plug.value(), Long.toString(pieces), "", "10", ""),
                        store.catalogue.card(plug).orElseThrow().part(),
                        StockLine.Sign.POSITIVE,
                        true))));
    }

    private LeaseBody lastBody() {
        return store.sales
                .read(session -> session.first("select type, body from outbox order by sequence desc limit 1", row -> {
                    assertThat(row.text("type")).isEqualTo(DocumentType.STOCK_LEASE);
                    return store.json.readValue(row.bytes("body"), LeaseBody.class);
                }))
                .orElseThrow();
    }

    private void branches(UUID... open) {
        List<SettingsRow.BranchRow> listed = java.util.Arrays.stream(open)
                .map(id -> id.equals(NORTE)
                        ? new SettingsRow.BranchRow(id, "NTE", "Norte")
                        : id.equals(SUR)
                                ? new SettingsRow.BranchRow(id, "SUR", "Sur")
                                : new SettingsRow.BranchRow(id, "CEN", "Centro"))
                .toList();
        store.publish(
                Stream.SETTINGS,
                List.of(new SettingsRow(
                        "Centro",
                        "CEN",
                        "",
                        "America/Mexico_City",
                        "STANDARD",
                        "EKU9003173C9",
                        "ESCUELA KEMPER URGATE",
                        "601",
                        "06000",
                        "",
                        List.of(),
                        listed)));
    }
}
