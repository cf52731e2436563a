package mx.refahub.hub.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.hub.StoreBoard.DocumentFilter;
import mx.refahub.domain.hub.StoreBoard.DocumentState;
import mx.refahub.domain.hub.StoreBoard.DocumentView;
import mx.refahub.domain.hub.StoreBoard.StoreView;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.registry.StoreRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class StoreBoardTest {
    private final StoreBoard board = TestHub.bean(StoreBoard.class);
    private final TestShop shop = TestShop.open();

    @Test
    void a_store_is_shown_with_its_lag_its_clock_and_what_needs_a_person() {
        StoreView fresh = board.store(shop.id).orElseThrow();
        land(
                shop.cashSale(UUID.randomUUID()),
                shop.writeRaw("x:1", "unknown-type", 1, "{}"),
                shop.writeRaw("sale:2", "sale", 1, "{}", UUID.randomUUID()));
        TestHub.bean(StoreRegistry.class)
                .heard(
                        shop.id,
                        new Heartbeat(
                                Heartbeat.TYPE,
                                TestHub.CLOCK.instant().minusSeconds(90),
                                "0.1.0\nfake log line",
                                1,
                                9,
                                8,
                                3,
                                Map.of("catalogue", 4L, "of-tomorrow", 1L),
                                1,
                                "READY",
                                null,
                                null,
                                null));

        StoreView view = board.store(shop.id).orElseThrow();

        assertThat(fresh.heartbeatAt()).isNull();
        assertThat(fresh.landed()).isZero();
        assertThat(view.landed()).isEqualTo(3);
        assertThat(view.applied()).isEqualTo(1);
        assertThat(view.parked()).isEqualTo(1);
        assertThat(view.waiting()).isEqualTo(1);
        assertThat(view.outboxLast()).isEqualTo(9);
        assertThat(view.clockOffsetMillis()).isBetween(-95_000L, -89_000L);
        assertThat(view.version()).isEqualTo("0.1.0fake log line");
        assertThat(view.streams()).isEqualTo(Map.of(Stream.CATALOGUE, 4L));
        assertThat(view.lastDocumentAt()).isNotNull();
        assertThat(view.frozen()).isNull();
        assertThat(board.stores()).contains(view);
        assertThat(board.store(new StoreId(UUID.randomUUID()))).isEmpty();
    }

    /** In a year of its own, in which no other test sells. */
    @Test
    void sales_add_up_by_the_hour_of_the_branch_beside_those_a_week_before() {
        Document morning = shop.sale(shop.cashSaleOf(UUID.randomUUID(), 2));
        Document before = shop.sale(shop.cashSaleOf(UUID.randomUUID(), 1));
        Document late = shop.sale(shop.cashSaleOf(UUID.randomUUID(), 3));
        land(morning, before, late);
        long sold = soldAt(morning, "2031-03-05 09:30");
        long soldBefore = soldAt(before, "2031-02-26 10:15");
        long soldLate = soldAt(late, "2031-02-26 20:00");

        StoreBoard.SalesOfDay sales = board.salesOfDay(TestHub.sql()
                .sql("select (timestamp '2031-03-05 12:00' at time zone time_zone) from store where id = ?")
                .param(shop.id.value())
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant());

        assertThat(sales.today()).hasSize(24);
        assertThat(sales.today().get(9)).isEqualTo(sold);
        assertThat(sales.today().stream().mapToLong(Long::longValue).sum()).isEqualTo(sold);
        assertThat(sales.weekBefore().get(10)).isEqualTo(soldBefore);
        assertThat(sales.weekBefore().get(20)).isEqualTo(soldLate);
        assertThat(sales.weekBeforeByNow()).isEqualTo(soldBefore);
    }

    /** Tijuana leaves summer time in the night of 2 November 2031: an hour of that day is there twice, and the week before ends an hour earlier by UTC. */
    @Test
    void where_the_clock_was_put_back_since_then_the_hours_are_still_those_of_the_branchs_wall() {
        TestHub.sql()
                .sql("update store set time_zone = 'America/Tijuana' where id = ?")
                .param(shop.id.value())
                .update();
        Document today = shop.sale(shop.cashSaleOf(UUID.randomUUID(), 2));
        Document before = shop.sale(shop.cashSaleOf(UUID.randomUUID(), 1));
        Document after = shop.sale(shop.cashSaleOf(UUID.randomUUID(), 3));
        land(today, before, after);
        long sold = soldAt(today, "2031-11-04 11:45");
        long soldBefore = soldAt(before, "2031-10-28 11:45");
        soldAt(after, "2031-10-28 12:15");

        StoreBoard.SalesOfDay sales = board.salesOfDay(Instant.parse("2031-11-04T20:00:00Z"));

        assertThat(sales.today().get(11)).isEqualTo(sold);
        assertThat(sales.weekBefore().get(11)).isEqualTo(soldBefore);
        assertThat(sales.weekBeforeByNow()).isEqualTo(soldBefore);
    }

    private long soldAt(Document sale, String local) {
        return TestHub.sql()
                .sql("""
                update sale
                set sold_at = ?::timestamp at time zone (select time_zone from store where id = sale.store_id), business_day = ?::timestamp::date
                where document_id = ?
                returning total
                """)
                .params(local, local, sale.id())
                .query(Long.class)
                .single();
    }

    @Test
    void documents_are_found_by_store_type_key_and_state_page_by_page() {
        List<Document> sales = shop.cashSales(5);
        Document parked = shop.writeRaw("x:1", "unknown-type", 1, "{}");
        Document waiting = shop.writeRaw("sale:w", "sale", 1, "{}", UUID.randomUUID());
        Document behind = shop.writeRaw("x:1", "sale", 1, "{}");
        for (Document sale : sales) land(sale);
        land(parked, waiting, behind);

        assertThat(ids("", "", null, null, 200)).hasSize(8);
        assertThat(ids("unknown-type", "", null, null, 200)).containsExactly(parked.id());
        assertThat(ids("", "x:1", null, null, 200)).containsExactlyInAnyOrder(parked.id(), behind.id());
        assertThat(ids("", "", DocumentState.PARKED, null, 200)).containsExactly(parked.id());
        assertThat(ids("", "", DocumentState.WAITING, null, 200)).containsExactly(waiting.id());
        assertThat(ids("", "", DocumentState.LANDED, null, 200)).containsExactly(behind.id());
        assertThat(ids("", "", DocumentState.APPLIED, null, 200)).hasSize(5);

        List<UUID> first = ids("", "", null, null, 3);
        List<UUID> second = ids("", "", null, first.getLast(), 3);
        List<UUID> third = ids("", "", null, second.getLast(), 3);
        assertThat(first).hasSize(3);
        assertThat(third).hasSize(2);
        assertThat(List.of(first, second, third).stream().flatMap(List::stream).toList())
                .doesNotHaveDuplicates()
                .hasSize(8);
        assertThat(ids("", "", null, null, 10_000)).hasSize(8);
    }

    @Test
    void a_document_is_shown_with_its_body_and_the_lines_of_its_sale() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 2);
        Document document = shop.sale(sale);
        land(document);

        StoreBoard.DocumentDetail detail = board.document(document.id()).orElseThrow();

        assertThat(detail.document().state()).isEqualTo(DocumentState.APPLIED);
        assertThat(detail.document().summary())
                .isEqualTo(sale.folio().text() + " · " + sale.totals().total().text());
        assertThat(detail.body()).startsWith("{").contains("Balata delantera cerámica ñ €");
        assertThat(detail.hash()).isEqualTo(document.hash().toString());
        assertThat(detail.previousHash()).isEqualTo("0".repeat(64));
        assertThat(detail.lines()).hasSize(3);
        assertThat(detail.lines().getFirst().quantity()).isEqualTo("2");
        assertThat(detail.lines().getFirst().price()).isEqualTo("$489.00");
        assertThat(detail.lines().getFirst().total()).isEqualTo("$978.00");
        assertThat(detail.tenders()).singleElement().satisfies(paid -> {
            assertThat(paid.kind()).isEqualTo("CASH");
            assertThat(paid.amount()).isEqualTo(sale.totals().total().text());
            assertThat(paid.change()).isEqualTo(sale.change().text());
        });
        assertThat(board.document(UUID.randomUUID())).isEmpty();
    }

    @Test
    void the_hub_is_degraded_while_something_needs_a_person() {
        DocumentsHealth health = TestHub.bean(DocumentsHealth.class);
        land(shop.writeRaw("x:1", "unknown-type", 1, "{}"));

        assertThat(health.health().getStatus()).isEqualTo(DocumentsHealth.DEGRADED);
        assertThat(health.causes()).contains(DocumentsHealth.Cause.DOCUMENTS_PARKED);

        TestHub.sql().sql("delete from document_to_apply").update();
        TestHub.sql()
                .sql("update landing set frozen_at = null, frozen_cause = null, frozen_sequence = null")
                .update();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        TestHub.sql()
                .sql(
                        "update landing set frozen_at = now(), frozen_cause = 'CHAIN_BROKEN', frozen_sequence = 4 where store_id = ?")
                .param(shop.id.value())
                .update();
        assertThat(health.causes()).containsExactly(DocumentsHealth.Cause.STORE_FROZEN);
    }

    private void land(Document... documents) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(documents));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }
    }

    private List<UUID> ids(String type, String key, @Nullable DocumentState state, @Nullable UUID before, int limit) {
        return TestShop.done(
                        board.documents(new DocumentFilter(shop.id, type, key, state, "", null, null, before, limit)))
                .stream()
                .map(DocumentView::id)
                .toList();
    }
}
