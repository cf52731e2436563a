package mx.refahub.hub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.BranchClosing;
import mx.refahub.domain.stock.StockLeases.State;
import mx.refahub.domain.stock.StockRequests;
import mx.refahub.domain.stock.StockRequests.Case;
import mx.refahub.domain.stock.StockRequests.Trouble;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class StockRequestsTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private final StockRequests requests = TestHub.bean(StockRequests.class);
    private final BranchClosing closing = TestHub.bean(BranchClosing.class);

    @Test
    void one_click_asks_a_branch_for_what_another_lacks_and_the_same_click_again_asks_once() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, 9_000);
        StockRequests.Request request =
                new StockRequests.Request(UUID.randomUUID(), norte, sur, new PartId(part), Quantity.of(3));

        assertThat(done(requests.request(request, ANA))).isEqualTo(request.act());
        assertThat(done(requests.request(request, ANA))).isEqualTo(request.act());

        assertThat(refusal(requests.request(
                        new StockRequests.Request(request.act(), norte, sur, new PartId(part), Quantity.of(4)), ANA)))
                .isEqualTo("stock-act-differs");
        assertThat(requests.leases(500).stream().filter(lease -> lease.id().equals(request.act())))
                .singleElement()
                .satisfies(lease -> {
                    assertThat(lease.byHub()).isTrue();
                    assertThat(lease.state()).isEqualTo(State.ASKED);
                });
        done(requests.withdraw(request.act(), "ya no", ANA));
        assertThat(requests.leases(500)).noneMatch(lease -> lease.id().equals(request.act()));
    }

    @Test
    void the_last_piece_that_two_branches_sold_is_a_case_that_names_who_has_more() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, -1_000);
        stock(sur, part, 5_000);
        // The oldest come first: this one among all that other tests have left.
        TestHub.sql()
                .sql("update stock_on_hand set as_of = '2001-01-01' where part_id = ?")
                .param(part)
                .update();

        Case one = ofPart(part);

        assertThat(one.trouble()).isEqualTo(Trouble.NEGATIVE);
        assertThat(one.quantity()).isEqualTo(Quantity.ONE);
        assertThat(one.from()).singleElement().satisfies(source -> {
            assertThat(source.branch().id()).isEqualTo(sur);
            assertThat(source.free()).isEqualTo(Quantity.of(5));
        });
    }

    @Test
    void half_a_piece_is_asked_of_nobody() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, 5_000);

        assertThat(refusal(requests.request(
                        new StockRequests.Request(UUID.randomUUID(), norte, sur, new PartId(part), new Quantity(500)),
                        ANA)))
                .isEqualTo("stock-quantity-fraction");
    }

    @Test
    void a_promise_of_what_is_gone_is_a_case_until_somebody_has_seen_to_it() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, 0);
        StockRequests.Request request =
                new StockRequests.Request(UUID.randomUUID(), norte, sur, new PartId(part), Quantity.of(2));
        done(requests.request(request, ANA));
        TestHub.sql()
                .sql("update stock_lease set reserved = 0, reserved_at = now() where id = ?")
                .param(request.act())
                .update();

        assertThat(ofPart(part).trouble()).isEqualTo(Trouble.SHORT);
        assertThat(ofPart(part).quantity()).isEqualTo(Quantity.of(2));

        done(requests.withdraw(request.act(), "se pidió al proveedor", ANA));
        assertThat(requests.cases(500)).noneMatch(each -> each.part().part().equals(part));
    }

    @Test
    void the_last_piece_that_was_promised_and_sold_all_the_same_is_a_case_of_who_asked() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, 1_000);
        StockRequests.Request request =
                new StockRequests.Request(UUID.randomUUID(), norte, sur, new PartId(part), Quantity.of(1));
        done(requests.request(request, ANA));
        TestHub.sql()
                .sql("update stock_lease set reserved = quantity, reserved_at = now() where id = ?")
                .param(request.act())
                .update();
        assertThat(requests.cases(500)).noneMatch(each -> each.part().part().equals(part));

        TestHub.sql()
                .sql("update stock_on_hand set on_hand = 0 where store_id = ? and part_id = ?")
                .param(norte)
                .param(part)
                .update();

        Case found = ofPart(part);
        assertThat(found.trouble()).isEqualTo(Trouble.OVERSOLD);
        assertThat(found.store().id()).isEqualTo(sur);
        assertThat(found.quantity()).isEqualTo(Quantity.of(1));
        done(requests.withdraw(request.act(), "se pidió al proveedor", ANA));
        assertThat(requests.cases(500)).noneMatch(each -> each.part().part().equals(part));
    }

    @Test
    void of_two_who_were_promised_what_was_sold_the_later_one_lacks_it() {
        UUID norte = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, 3_000);
        for (int asker = 0; asker < 2; asker++) {
            StockRequests.Request request = new StockRequests.Request(
                    UUID.randomUUID(), norte, TestShop.open().id.value(), new PartId(part), Quantity.of(asker + 1));
            done(requests.request(request, ANA));
            TestHub.sql()
                    .sql(
                            "update stock_lease set reserved = quantity, reserved_at = now() + ? * interval '1 minute' where id = ?")
                    .params(asker, request.act())
                    .update();
        }
        TestHub.sql()
                .sql("update stock_on_hand set on_hand = 2000 where store_id = ? and part_id = ?")
                .param(norte)
                .param(part)
                .update();

        Case found = ofPart(part);
        assertThat(found.trouble()).isEqualTo(Trouble.OVERSOLD);
        assertThat(found.quantity()).isEqualTo(Quantity.of(1));
        TestHub.sql()
                .sql("update stock_on_hand set on_hand = 0 where store_id = ? and part_id = ?")
                .param(norte)
                .param(part)
                .update();
        assertThat(requests.cases(500))
                .filteredOn(each -> each.part().part().equals(part))
                .extracting(Case::quantity)
                .containsExactlyInAnyOrder(Quantity.of(1), Quantity.of(2));
        TestHub.sql()
                .sql("update stock_lease set withdrawn_at = now() where part_id = ?")
                .param(part)
                .update();
    }

    @Test
    void a_branch_closes_only_when_nothing_is_left_there() {
        TestShop shop = TestShop.open();
        UUID part = part();
        stock(shop.id.value(), part, 3_000);

        assertThat(refusal(closing.close(shop.id, "fin de contrato", ANA))).isEqualTo("branch-not-empty");
        BranchClosing.State state = done(closing.state(shop.id));
        assertThat(state.mayClose()).isFalse();
        assertThat(state.left()).extracting(BranchClosing.Left::step).containsExactly(BranchClosing.Step.values());
        assertThat(state.left().stream().filter(left -> left.step() == BranchClosing.Step.STOCK))
                .singleElement()
                .satisfies(left ->
                        assertThat(left.examples()).singleElement().asString().endsWith(": 3"));

        TestHub.sql()
                .sql("update stock_on_hand set on_hand = 0 where part_id = ?")
                .param(part)
                .update();
        assertThat(refusal(closing.close(shop.id, " ", ANA))).isEqualTo("reason-needed");
        assertThat(done(closing.close(shop.id, "fin de contrato", ANA)).closedBy())
                .isEqualTo("Ana");
        assertThat(refusal(requests.request(
                        new StockRequests.Request(
                                UUID.randomUUID(),
                                TestShop.open().id.value(),
                                shop.id.value(),
                                new PartId(part),
                                Quantity.ONE),
                        ANA)))
                .isEqualTo("branch-unknown");
        assertThat(done(closing.reopen(shop.id, "siempre no", ANA)).closedAt()).isNull();
        assertThat(refusal(closing.state(new StoreId(UUID.randomUUID())))).isEqualTo("store-unknown");
    }

    @Test
    void what_stands_idle_here_and_lacks_there_is_proposed_with_what_is_free_now() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part();
        stock(norte, part, 9_000);
        UUID alert = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                        insert into reorder_alert (
                            id, store_id, part_id, kind, on_hand, on_way, on_order, per_day, lost_per_day, season, lead_days, point, target, need,
                            from_branches, to_order, value, raised_at, seen_at, run_id)
                        values (:id, :store, :part, 'REORDER', 0, 0, 0, 1, 0, 1, 7, 4000, 6000, 6000, 5000, 1000, 0, now(), now(), 1)
                        """)
                .param("id", alert)
                .param("store", sur)
                .param("part", part)
                .update();
        TestHub.sql()
                .sql("insert into reorder_transfer (alert_id, from_store, quantity) values (:id, :from, 5000)")
                .param("id", alert)
                .param("from", norte)
                .update();

        assertThat(requests.proposals(500).stream()
                        .filter(each -> each.part().part().equals(part)))
                .singleElement()
                .satisfies(proposal -> {
                    assertThat(proposal.from().id()).isEqualTo(norte);
                    assertThat(proposal.quantity()).isEqualTo(Quantity.of(5));
                    assertThat(proposal.spare()).isEqualTo(Quantity.of(9));
                    assertThat(proposal.asked()).isFalse();
                });
        done(requests.request(
                new StockRequests.Request(UUID.randomUUID(), norte, sur, new PartId(part), Quantity.of(5)), ANA));
        assertThat(requests.proposals(500).stream()
                        .filter(each -> each.part().part().equals(part)))
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.asked()).isTrue());
        TestHub.sql().sql("delete from reorder_alert where id = ?").param(alert).update();
    }

    private Case ofPart(UUID part) {
        List<Case> found = requests.cases(500).stream()
                .filter(each -> each.part().part().equals(part))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static UUID part() {
        UUID part = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                        insert into part (
                            id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                            sat_unit, tax_object, created_at, catalogue_version)
                        values (:id, 'NGK', :number, :number, 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '', '', '02', now(), 0)
                        """)
                .param("id", part)
                .param("number", part.toString().substring(24))
                .update();
        return part;
    }

    private static void stock(UUID store, UUID part, long pieces) {
        TestHub.sql()
                .sql("""
                        insert into stock_on_hand (store_id, part_id, on_hand, as_of)
                        values (:store, :part, :pieces, :now)
                        """)
                .param("store", store)
                .param("part", part)
                .param("pieces", pieces)
                .param("now", Instant.now().minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static <T> T done(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
    }

    private static String refusal(Outcome<?> outcome) {
        return outcome.fold(value -> "done: " + value, refusal -> refusal.code());
    }
}
