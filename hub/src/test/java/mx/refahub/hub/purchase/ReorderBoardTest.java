package mx.refahub.hub.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.ReorderBoard;
import mx.refahub.domain.purchase.ReorderBoard.Alert;
import mx.refahub.domain.purchase.ReorderBoard.Asked;
import mx.refahub.domain.purchase.ReorderBoard.Kind;
import mx.refahub.domain.purchase.ReorderBoard.Suggestion;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.AuditTrail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** What people make of alerts: 4 of a part at 120.00 are lacking at a branch, whose supplier takes orders from 1,000.00 on. */
class ReorderBoardTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private final ReorderBoard board = TestHub.bean(ReorderBoard.class);
    private final UUID store = TestShop.open().id.value();
    private final UUID plug = part();
    private final UUID filter = part();
    private final UUID supplier = UUID.randomUUID();
    private final UUID alert = UUID.randomUUID();

    @BeforeEach
    void raise() {
        TestHub.sql()
                .sql("""
                insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
                values (:id, :code, 'Bujías del Norte', '', '', 'MXN', 30, 5, 100000, '')
                """)
                .param("id", supplier)
                .param("code", supplier.toString().substring(0, 8).toUpperCase(Locale.ROOT))
                .update();
        TestHub.sql()
                .sql("""
                insert into reorder_alert (
                    id, store_id, part_id, kind, on_hand, on_way, on_order, per_day, lost_per_day, season, lead_days, point, target, need,
                    from_branches, to_order, value, supplier_id, their_number, cost, raised_at, seen_at, run_id)
                values (:id, :store, :part, 'REORDER', 1000, 0, 0, 0.5, 0.1, 1, 7, 3000, 6000, 5000, 1000, 4000, 48000, :supplier, 'BJ-7', 120,
                    now(), now(), 1)
                """)
                .param("id", alert)
                .param("store", store)
                .param("part", plug)
                .param("supplier", supplier)
                .update();
        TestHub.sql()
                .sql("""
                insert into reorder_filler (store_id, part_id, supplier_id, their_number, cost, pack, room, available, point, target, per_day, days, position)
                values (:store, :part, :supplier, 'FI-1', 50, 2000, 30000, 9000, 5000, 40000, 1, 4, 1)
                """)
                .param("store", store)
                .param("part", filter)
                .param("supplier", supplier)
                .update();
    }

    @AfterEach
    void forget() {
        TestHub.sql()
                .sql("delete from reorder_filler where store_id = ?")
                .param(store)
                .update();
        TestHub.sql()
                .sql("delete from reorder_alert where store_id = ?")
                .param(store)
                .update();
    }

    private static UUID part() {
        UUID id = UUID.randomUUID();
        TestHub.sql().sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                    sat_unit, tax_object, created_at, catalogue_version)
                values (:id, 'NGK', :number, :number, 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '', '', '02', now(), 0)
                """).param("id", id).param("number", id.toString()).update();
        return id;
    }

    private List<Alert> alerts(boolean snoozed, boolean resolved) {
        return board.list(new Asked(Kind.REORDER, store, snoozed, resolved, 100));
    }

    private List<Suggestion> suggested() {
        return board.suggested().stream()
                .filter(each -> each.store().equals(store))
                .toList();
    }

    @Test
    void an_alert_is_acknowledged_sleeps_and_is_resolved_once() {
        assertThat(alerts(false, false)).singleElement().satisfies(one -> {
            assertThat(one.toOrder()).isEqualTo(Quantity.of(4));
            assertThat(one.value()).isEqualTo(Money.mxn(48_000));
            assertThat(one.acknowledgedAt()).isNull();
        });
        Alert seen = TestShop.done(board.acknowledge(alert, ANA));
        assertThat(seen.acknowledgedAt()).isNotNull();
        TestHub.CLOCK.advance(Duration.ofMinutes(1));
        assertThat(TestShop.done(board.acknowledge(alert, ANA)).acknowledgedAt())
                .as("who saw it first")
                .isEqualTo(seen.acknowledgedAt());

        Alert sleeps = TestShop.done(board.snooze(alert, 1_000, ANA));
        assertThat(Duration.between(TestHub.CLOCK.instant(), sleeps.snoozedUntil()))
                .isBetween(Duration.ofDays(90).minusSeconds(1), Duration.ofDays(90));
        assertThat(alerts(false, false)).isEmpty();
        assertThat(alerts(true, false)).hasSize(1);
        assertThat(suggested()).as("what sleeps is not ordered").isEmpty();

        TestShop.done(board.resolve(alert, "  se pidió\tpor teléfono ", ANA));
        assertThat(alerts(true, false)).isEmpty();
        assertThat(alerts(true, true)).hasSize(1);
        assertThat(TestHub.sql()
                        .sql("select resolved_why from reorder_alert where id = ?")
                        .param(alert)
                        .query(String.class)
                        .single())
                .isEqualTo("se pidió por teléfono");
        for (Outcome<Alert> late :
                List.of(board.resolve(alert, "", ANA), board.acknowledge(alert, ANA), board.snooze(alert, 1, ANA)))
            assertThat(TestShop.refused(late)).isEqualTo("alert-resolved");
        assertThat(TestShop.refused(board.resolve(UUID.randomUUID(), "", ANA))).isEqualTo("alert-unknown");
    }

    @Test
    void what_is_done_about_an_alert_and_who_did_it_stand_or_fall_together() {
        TransactionTemplate dies = new TransactionTemplate(TestHub.bean(PlatformTransactionManager.class)) {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                return super.execute(status -> {
                    action.doInTransaction(status);
                    throw new IllegalStateException("the process died before the commit");
                });
            }
        };
        ReorderBoard dying = new PostgresReorderBoard(
                TestHub.bean(ReorderTable.class), TestHub.bean(AuditTrail.class), TestHub.CLOCK, dies);
        for (Runnable act : List.<Runnable>of(
                () -> dying.acknowledge(alert, ANA),
                () -> dying.snooze(alert, 3, ANA),
                () -> dying.resolve(alert, "pedido", ANA),
                () -> dying.limits(store, new PartId(plug), Quantity.ONE, null, ANA)))
            assertThatThrownBy(act::run).isInstanceOf(IllegalStateException.class);

        assertThat(alerts(false, false)).singleElement().satisfies(one -> {
            assertThat(one.acknowledgedAt()).isNull();
            assertThat(one.snoozedUntil()).isNull();
        });
        assertThat(audited()).isZero();
        TestShop.done(board.resolve(alert, "pedido", ANA));
        assertThat(audited()).isEqualTo(1);
    }

    private long audited() {
        return TestHub.sql()
                .sql("select count(*) from audit where subject = ? and act like 'reorder alert %'")
                .param(alert.toString())
                .query(Long.class)
                .single();
    }

    @Test
    void what_is_suggested_goes_by_supplier_and_branch_and_is_filled_up_where_the_supplier_says_so() {
        assertThat(suggested()).singleElement().satisfies(one -> {
            assertThat(one.supplier()).isEqualTo(supplier);
            assertThat(one.lines()).extracting(Alert::part).containsExactly(new PartId(plug));
            assertThat(one.total()).isEqualTo(Money.mxn(48_000));
            assertThat(one.minimumOrder()).isEqualTo(Money.mxn(100_000));
            assertThat(one.fillers()).isEmpty();
        });
        TestHub.sql()
                .sql("update supplier set fill_up = true where id = ?")
                .param(supplier)
                .update();
        // 520.00 are lacking: six packs of two at 50.00 each.
        assertThat(suggested()).singleElement().satisfies(one -> {
            assertThat(one.fillers()).singleElement().satisfies(filler -> {
                assertThat(filler.part()).isEqualTo(new PartId(filter));
                assertThat(filler.quantity()).isEqualTo(Quantity.of(12));
                assertThat(filler.cost()).isEqualByComparingTo(new BigDecimal("50"));
            });
            assertThat(one.total()).isEqualTo(Money.mxn(108_000));
        });
    }

    @Test
    void least_and_most_of_a_part_are_kept_for_the_next_run() {
        PartId part = new PartId(plug);
        assertThat(TestShop.refused(board.limits(store, part, Quantity.of(5), Quantity.of(3), ANA)))
                .isEqualTo("reorder-limits-wrong");
        assertThat(TestShop.refused(board.limits(store, new PartId(UUID.randomUUID()), Quantity.ONE, null, ANA)))
                .isEqualTo("part-unknown");
        TestShop.done(board.limits(store, part, Quantity.of(2), Quantity.of(9), ANA));
        assertThat(limits()).isEqualTo("2000 9000");
        TestShop.done(board.limits(store, part, null, null, ANA));
        assertThat(limits()).isEqualTo("- -");
    }

    private String limits() {
        return TestHub.sql()
                .sql(
                        "select coalesce(minimum::text, '-') || ' ' || coalesce(maximum::text, '-') from stock_on_hand where store_id = ? and part_id = ?")
                .params(store, plug)
                .query(String.class)
                .single();
    }
}
