package mx.refahub.hub.proposal;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSaleBoard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.proposal.Proposal;
import mx.refahub.domain.proposal.ProposalDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.LostSaleBody;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class ProposalDeskTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Torres", Role.ADMIN);
    private final ProposalDesk desk = TestHub.bean(ProposalDesk.class);
    private final TestShop shop = TestShop.open();

    private void land(Document... documents) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(documents));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
    }

    private Document proposed(UUID id) {
        return shop.write(
                id.toString(),
                DocumentType.PART_PROPOSED,
                new PartProposedBody(
                        id,
                        shop.id.value(),
                        "ZZZ",
                        "QW-1",
                        "",
                        "Bomba de agua",
                        "",
                        "PZA",
                        "7509999000011",
                        45_000,
                        true,
                        "GENERAL",
                        "01010101",
                        "H87",
                        Instant.parse("2026-11-21T18:00:00Z"),
                        UUID.randomUUID(),
                        "Marta"));
    }

    private static UUID part(String number, boolean removed) {
        UUID id = UUID.randomUUID();
        TestHub.sql().sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                                  sat_unit, tax_object, created_at, removed_at, catalogue_version)
                values (?, 'GMB', ?, ?, 'GMB', 'Bomba', '', '', 'PZA', 'GENERAL', 0, '25171702', 'H87', '02', now(),
                        case when ? then now() end, 1)
                """).params(id, number + id, number + id, removed).update();
        return id;
    }

    private long onHand(UUID part) {
        return TestHub.sql()
                .sql("select coalesce((select on_hand from stock_on_hand where store_id = ? and part_id = ?), 0)")
                .params(shop.id.value(), part)
                .query(Long.class)
                .single();
    }

    private long moved(UUID part) {
        return TestHub.sql()
                .sql("select coalesce(sum(quantity), 0)::bigint from stock_movement where store_id = ? and part_id = ?")
                .params(shop.id.value(), part)
                .query(Long.class)
                .single();
    }

    @Test
    void a_proposal_waits_and_merged_its_stock_and_late_sales_go_to_the_part_while_sales_keep_the_old_id() {
        UUID own = UUID.randomUUID();
        UUID real = part("GWN", false);
        land(proposed(own), shop.sale(shop.cashSaleOf(own, 2)));
        Proposal waiting = desk.one(own).orElseThrow();
        assertThat(waiting.decision()).isNull();
        assertThat(waiting.sold()).isEqualTo(Quantity.of(2));
        assertThat(desk.list(false, 500)).contains(waiting);

        Proposal merged = done(desk.merge(own, new PartId(real), ANA));
        land(shop.sale(shop.cashSaleOf(own, 3)));

        assertThat(merged.decision().verdict()).isEqualTo(Proposal.Verdict.MERGED);
        assertThat(merged.decision().by()).isEqualTo("Ana Torres");
        assertThat(onHand(own)).isZero();
        assertThat(onHand(real)).isEqualTo(-5_000);
        assertThat(moved(own)).isZero();
        assertThat(moved(real)).isEqualTo(-5_000);
        assertThat(TestHub.sql()
                        .sql("select count(*) from sale_line where part_id = ?")
                        .param(own)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void the_same_decision_again_is_answered_as_before_and_another_one_is_told_what_was_decided() {
        UUID own = UUID.randomUUID();
        UUID real = part("GWN", false);
        land(proposed(own), shop.sale(shop.cashSaleOf(own, 2)));
        Proposal first = done(desk.merge(own, new PartId(real), ANA));

        assertThat(done(desk.merge(own, new PartId(real), ANA))).isEqualTo(first);
        assertThat(onHand(real)).isEqualTo(-2_000);
        assertThat(refused(desk.merge(own, new PartId(part("OTRA", false)), ANA)))
                .isEqualTo("proposal-decided");
        assertThat(refused(desk.refuse(own, "no", ANA))).isEqualTo("proposal-decided");
    }

    @Test
    void what_cannot_be_merged_is_refused_with_its_reason_and_stays_open() {
        UUID own = UUID.randomUUID();
        land(proposed(own));

        assertThat(refused(desk.merge(UUID.randomUUID(), new PartId(part("GWN", false)), ANA)))
                .isEqualTo("proposal-unknown");
        assertThat(refused(desk.merge(own, new PartId(UUID.randomUUID()), ANA))).isEqualTo("part-unknown");
        assertThat(refused(desk.merge(own, new PartId(part("GWN", true)), ANA))).isEqualTo("proposal-part-removed");
        assertThat(refused(desk.refuse(own, " \n ", ANA))).isEqualTo("reason-missing");
        assertThat(desk.one(own).orElseThrow().decision()).isNull();

        assertThat(done(desk.refuse(own, "es otra", ANA)).decision().reason()).isEqualTo("es otra");
        assertThat(refused(desk.merge(own, new PartId(part("GWN", false)), ANA)))
                .isEqualTo("proposal-refused");
    }

    @Test
    void notes_of_lost_sales_are_grouped_by_part_or_by_what_was_asked_however_it_was_spelt() {
        UUID wanted = UUID.randomUUID();
        Document[] notes = {
            lost("Bomba  TSURU", null, "", "NOT_IN_CATALOGUE", 1_000),
            lost("bómba-tsuru", null, "", "NOT_IN_CATALOGUE", 2_000),
            lost("balata", wanted, "FRI 7974 Balata", "NO_STOCK", 1_000)
        };
        land(notes);
        LostSaleBoard board = TestHub.bean(LostSaleBoard.class);
        LostSaleBoard.Filter filter =
                new LostSaleBoard.Filter(shop.id, null, LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 22));

        List<LostSaleBoard.Group> groups = board.groups(filter, 10);

        assertThat(groups).hasSize(2);
        assertThat(groups.getFirst().times()).isEqualTo(2);
        assertThat(groups.getFirst().quantity()).isEqualTo(Quantity.of(3));
        assertThat(groups.getFirst().branches()).hasSize(1);
        assertThat(groups.getLast().part()).isEqualTo(new PartId(wanted));
        List<LostSaleBoard.Row> rows = new ArrayList<>();
        board.each(new LostSaleBoard.Filter(shop.id, LostSale.Reason.NO_STOCK, filter.from(), filter.to()), rows::add);
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.sale().partText()).isEqualTo("FRI 7974 Balata"));
    }

    private Document lost(String asked, UUID part, String partText, String reason, long quantity) {
        UUID id = UUID.randomUUID();
        return shop.write(
                id.toString(),
                DocumentType.LOST_SALE,
                new LostSaleBody(
                        id,
                        shop.id.value(),
                        asked,
                        "2015 Nissan Tsuru",
                        part,
                        partText,
                        quantity,
                        reason,
                        "",
                        Instant.parse("2026-11-21T18:00:00Z"),
                        UUID.randomUUID(),
                        "Marta"));
    }
}
