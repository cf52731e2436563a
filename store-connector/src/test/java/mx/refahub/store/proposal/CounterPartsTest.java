package mx.refahub.store.proposal;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.CENTRO;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.proposal.Proposal;
import mx.refahub.domain.sale.DiscountLimits;
import mx.refahub.domain.sale.MiscLimits;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.LostSaleBody;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.domain.wire.ProposalRow;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.store.TestStore;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.lostsale.SqliteLostSales;
import mx.refahub.store.sale.SqliteTill;
import mx.refahub.store.sale.TenderSettings;
import mx.refahub.store.sale.Tickets;
import mx.refahub.store.sale.TillTenders;
import mx.refahub.store.stock.StockLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterPartsTest {
    private static final String BARCODE = "7509999000011";
    private TestStore store;
    private SqliteCounterParts parts;
    private CounterCatalogue catalogue;
    private CounterSearch search;
    private SqliteTill till;
    private SqliteLostSales lost;

    /** An index that finds nothing and, asked for something near, names nothing. */
    private static final PartSearch EMPTY = new PartSearch() {
        @Override
        public PartHits find(PartQuery query) {
            return new PartHits(0, 1, 0, List.of());
        }

        @Override
        public PartHits find(PartQuery query, Shelves.Look shelves) {
            return find(query);
        }

        @Override
        public VehicleChoices choices(PartQuery chosen) {
            return new VehicleChoices(List.of(), List.of(), List.of(), List.of(), List.of());
        }

        @Override
        public Version version() {
            return Version.NONE;
        }
    };

    @BeforeEach
    void open(@TempDir Path folder) {
        take(TestStore.open(folder));
        store.openCashSession(C1);
    }

    private void take(TestStore opened) {
        store = opened;
        parts = new SqliteCounterParts(
                store.sales,
                store.reference,
                store.catalogue,
                store.identities,
                store.outboxWriter,
                store.streams,
                store.clock,
                store.ids);
        parts.keepAnswers(store.tables, store.json);
        catalogue = new CounterCatalogue(store.catalogue, store.catalogue, parts, store.branches);
        search = new CounterSearch(EMPTY, parts);
        lost = new SqliteLostSales(store.sales, store.identities, catalogue, store.outboxWriter);
        till = new SqliteTill(
                store.sales,
                store.identities,
                store.branches,
                catalogue,
                store.catalogue.openings(),
                new Tickets(new PartJson(store.json), store.json, store.ids),
                store.ticketPrices,
                store.streams,
                store.outboxWriter,
                store.saleRows,
                store.accountLedger,
                DiscountLimits.byRole(java.math.BigDecimal.TEN, java.math.BigDecimal.TEN),
                MiscLimits.byRole(Money.mxn(0), Money.mxn(0)),
                store.ids,
                store.clock,
                new Random(),
                store.receiptsQueued::incrementAndGet,
                new TillTenders(
                        new TenderSettings(java.time.Duration.ofDays(4)),
                        mx.refahub.store.credit.SpentElsewhere.UNKNOWN,
                        mx.refahub.store.reference.PartTracking.NONE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static PartDraft draft(String line, String number, String name, String barcode) {
        return done(PartDraft.of(
                new PartDraft.Typed(line, number, "Genérica", name, "", barcode, 45_000, true, TaxClass.GENERAL)));
    }

    private static PartDraft pump() {
        return draft("zzz", "qw-1/a", "Bomba de agua Tsuru", BARCODE);
    }

    private PartId made() {
        return done(parts.make(store.ids.next(), pump(), MARTA)).id();
    }

    private Sale sold(PartId part, int pieces) {
        Ticket ticket = done(till.inHand(C1, MARTA));
        ticket = done(till.add(ticket.id(), store.ids.next(), part, Quantity.of(pieces), MARTA));
        return done(till.pay(ticket.id(), ticket.totals().total(), cash(500_000), MARTA));
    }

    private void answer(PartId part, Proposal.Verdict verdict, PartId into, String reason) {
        store.publish(
                Stream.PROPOSALS,
                List.of(new ProposalRow(
                        part.value(),
                        verdict.name(),
                        into == null ? null : into.value(),
                        reason,
                        store.clock.instant())));
    }

    @Test
    void a_part_made_here_is_found_and_sold_at_once_and_the_hub_is_told() {
        PartId pump = made();

        assertThat(search.find(PartQuery.text("QW-1/A", 5)).hits())
                .containsExactly(new PartHits.Hit(pump, new Reason(Reason.Kind.EXACT, "")));
        assertThat(search.find(PartQuery.text("qw1a", 5))
                        .hits()
                        .getFirst()
                        .reason()
                        .kind())
                .isEqualTo(Reason.Kind.WITHOUT_DASHES);
        assertThat(search.find(PartQuery.text("qw", 5)).total()).isEqualTo(1);
        assertThat(search.find(PartQuery.text("bomba agua", 5)).hits()).hasSize(1);
        assertThat(search.find(PartQuery.text("bomba aceite", 5)).hits()).isEmpty();
        assertThat(search.find(PartQuery.text(BARCODE, 5)).hits()).hasSize(1);
        assertThat(catalogue.byBarcode(BARCODE).orElseThrow().part()).isEqualTo(pump);
        Sale sale = sold(pump, 2);
        assertThat(sale.totals().total()).isEqualTo(Money.mxn(90_000));
        assertThat(catalogue.card(pump).orElseThrow().stock()).isEqualTo(Quantity.of(-2));
        Document document = store.outbox.after(1, 10, 1 << 20).getFirst();
        assertThat(document.envelope().type()).isEqualTo("part-proposed");
        PartProposedBody body = store.json.readValue(document.body(), PartProposedBody.class);
        assertThat(body.id()).isEqualTo(pump.value());
        assertThat(body.store()).isEqualTo(CENTRO.value());
        assertThat(body.draft()).isEqualTo(pump());
    }

    @Test
    void the_same_press_makes_one_part_and_a_second_of_the_name_is_refused() {
        UUID act = store.ids.next();
        assertThat(done(parts.make(act, pump(), MARTA))).isEqualTo(done(parts.make(act, pump(), MARTA)));
        assertThat(store.count("local_part")).isEqualTo(1);

        assertThat(refusal(parts.make(store.ids.next(), draft("ZZZ", "QW1A", "Otra", ""), MARTA)))
                .isEqualTo("proposal-exists");
        assertThat(refusal(parts.make(store.ids.next(), draft("YYY", "9", "Otra", BARCODE), MARTA)))
                .isEqualTo("proposal-barcode-taken");
        store.part("BKR6E-11", 8_900);
        assertThat(refusal(parts.make(store.ids.next(), draft("ngk", "bkr6e-11", "Bujía", ""), MARTA)))
                .isEqualTo("proposal-exists");
        assertThat(refusal(parts.make(store.ids.next(), draft("XXX", "8", "Bujía", "75BKR6E11"), MARTA)))
                .isEqualTo("proposal-barcode-taken");
        for (String line : List.of("", "١٢", "🚗", "A B"))
            assertThat(refusal(PartDraft.of(
                            new PartDraft.Typed(line, "QW2", "", "Bomba", "", "", 45_000, true, TaxClass.GENERAL))))
                    .as(line)
                    .isEqualTo("proposal-line-code");
        assertThat(refusal(PartDraft.of(
                        new PartDraft.Typed("ZZZ", "١٢", "", "Bomba", "", "", 45_000, true, TaxClass.GENERAL))))
                .as("a number that no label can print")
                .isEqualTo("proposal-number");
    }

    @Test
    void merged_it_yields_with_its_stock_and_sales_already_made_stay_as_they_are() {
        PartId pump = made();
        Sale before = sold(pump, 2);
        PartId real = store.part("GWN-71", 52_000);
        store.openingStock(real, 10_000);

        answer(pump, Proposal.Verdict.MERGED, real, "");
        answer(pump, Proposal.Verdict.MERGED, real, "");

        assertThat(search.find(PartQuery.text("QW-1/A", 5)).hits()).isEmpty();
        assertThat(catalogue.byBarcode(BARCODE).orElseThrow().part()).isEqualTo(real);
        assertThat(catalogue.card(real).orElseThrow().stock()).isEqualTo(Quantity.of(8));
        Sale after = sold(pump, 1);
        assertThat(after.lines().getFirst().part()).isEqualTo(real);
        assertThat(catalogue.card(real).orElseThrow().stock()).isEqualTo(Quantity.of(7));
        assertThat(till.sale(before.id())).contains(before);
        assertThat(before.lines().getFirst().part()).isEqualTo(pump);

        take(store.restarted());
        assertThat(catalogue.card(pump).orElseThrow().part().id()).isEqualTo(real);
        assertThat(catalogue.card(real).orElseThrow().stock()).isEqualTo(Quantity.of(7));
    }

    @Test
    void the_list_of_a_search_shows_a_part_made_here_with_what_moved() {
        PartId pump = made();
        sold(pump, 2);

        Shelves.Look look = catalogue.look();
        PartHits hits = search.find(PartQuery.text("bomba agua", 5), look);

        assertThat(look.cards(hits.hits().stream().map(PartHits.Hit::part).toList()))
                .containsOnlyKeys(pump)
                .extractingByKey(pump)
                .extracting(PartCard::stock)
                .isEqualTo(Quantity.of(-2));
    }

    /** Part, bin and kind with pieces and value, as the movements and as the sums say. */
    private List<String> shelf() {
        return store.sales.read(session -> session.all("""
                select 'sum ' || part_id || ' ' || moved || ' ' || value || ' ' || last_cost as said
                from stock_balance
                union all
                select 'bin ' || part_id || ' ' || bin || ' ' || moved
                from stock_bin
                order by 1
                """, row -> row.text("said")));
    }

    @Test
    void what_lies_under_the_old_id_goes_over_bin_by_bin_with_its_value_and_once() {
        PartId pump = made();
        PartId real = store.part("GWN-71", 52_000);
        store.sales.change(session -> {
            UUID cause = store.ids.next();
            session.update(
                    "insert into stock_movement (id, part_id, kind, quantity, cause, at, bin, value, variance) values (?, ?, 'RECEIPT', 3000, ?, ?, 'A1', 90000, 0)",
                    store.ids.next(),
                    pump.value(),
                    cause,
                    store.clock.instant());
            session.update(
                    "insert into stock_movement (id, part_id, kind, quantity, cause, at, bin, value, variance) values (?, ?, 'RECEIPT', 2000, ?, ?, 'B2', 60000, 0)",
                    store.ids.next(),
                    pump.value(),
                    cause,
                    store.clock.instant());
            StockLedger.addUp(session);
        });

        answer(pump, Proposal.Verdict.MERGED, real, "");
        List<String> expected = List.of(
                "bin " + pump + " A1 0",
                "bin " + pump + " B2 0",
                "bin " + real + " A1 3000",
                "bin " + real + " B2 2000",
                "sum " + pump + " 0 0 30000",
                "sum " + real + " 5000 150000 30000");
        assertThat(shelf()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(store.count("stock_movement")).isEqualTo(6);

        take(store.restarted());
        assertThat(shelf()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(store.count("stock_movement")).isEqualTo(6);
        assertThat(catalogue.card(real).orElseThrow().stock()).isEqualTo(Quantity.of(5));
    }

    @Test
    void a_ticket_begun_under_the_old_id_is_brought_over_at_the_next_occasion() {
        PartId pump = made();
        PartId real = store.part("GWN-71", 52_000);
        Ticket ticket = done(till.inHand(C1, MARTA));
        ticket = done(till.add(ticket.id(), store.ids.next(), pump, Quantity.of(2), MARTA));
        answer(pump, Proposal.Verdict.MERGED, real, "");
        done(till.pay(ticket.id(), ticket.totals().total(), cash(500_000), MARTA));
        assertThat(catalogue.card(real).orElseThrow().stock()).isEqualTo(Quantity.of(-2));

        take(store.restarted());

        assertThat(catalogue.card(real).orElseThrow().stock()).isEqualTo(Quantity.of(-2));
        assertThat(shelf()).anyMatch(said -> said.startsWith("sum " + real + " -2000"));
    }

    @Test
    void an_answer_that_comes_before_the_part_waits_for_it() {
        PartId pump = made();
        PartId real = new PartId(store.ids.next());

        answer(pump, Proposal.Verdict.ADDED, real, "");
        assertThat(sold(pump, 1).lines().getFirst().part()).isEqualTo(pump);

        store.publish(Stream.CATALOGUE, List.of(TestStore.row(real, "GWN-71", "GENERAL", "02", 0)));
        assertThat(catalogue.card(pump).orElseThrow().part().id()).isEqualTo(real);
        assertThat(parts.latest(5).getFirst().decision().verdict()).isEqualTo(Proposal.Verdict.ADDED);
    }

    @Test
    void refused_it_is_sold_no_more_and_the_clerk_reads_why() {
        PartId pump = made();
        answer(pump, Proposal.Verdict.REFUSED, null, "es la GWN-71 mal escrita");

        Ticket ticket = done(till.inHand(C1, MARTA));
        assertThat(refusal(till.add(ticket.id(), store.ids.next(), pump, Quantity.ONE, MARTA)))
                .isEqualTo("part-unknown");
        assertThat(search.find(PartQuery.text("QW-1/A", 5)).hits()).isEmpty();
        assertThat(parts.latest(5).getFirst().decision().reason()).isEqualTo("es la GWN-71 mal escrita");
        assertThat(done(parts.make(store.ids.next(), pump(), MARTA)).id()).isNotEqualTo(pump);
    }

    @Test
    void a_snapshot_of_answers_after_a_lost_copy_changes_nothing_twice() {
        PartId pump = made();
        PartId real = store.part("GWN-71", 52_000);
        answer(pump, Proposal.Verdict.MERGED, real, "");
        ProposalRow stranger = new ProposalRow(store.ids.next(), "REFUSED", null, "x", store.clock.instant());

        store.publish(new StreamHeader("proposals", 0, 9, true), List.of(stranger));

        assertThat(store.streams.version(Stream.PROPOSALS)).isEqualTo(9);
        assertThat(catalogue.card(pump).orElseThrow().part().id()).isEqualTo(real);
    }

    @Test
    void a_restored_file_without_the_answers_asks_for_all_of_them_again() {
        PartId pump = made();
        PartId real = store.part("GWN-71", 52_000);
        answer(pump, Proposal.Verdict.MERGED, real, "");
        store.sales.change(session -> {
            session.update("update local_part set outcome = null, merged_into = null, yielded_at = null");
            session.update("update proposal_answers set version = 0");
        });

        take(store.restarted());

        assertThat(store.streams.version(Stream.PROPOSALS)).isZero();
        assertThat(catalogue.card(pump).orElseThrow().part().id()).isEqualTo(pump);
        answer(pump, Proposal.Verdict.MERGED, real, "");
        assertThat(catalogue.card(pump).orElseThrow().part().id()).isEqualTo(real);
    }

    @Test
    void what_was_asked_for_in_vain_is_noted_once_with_its_part_and_vehicle() {
        PartId plug = store.part("BKR6E-11", 8_900);
        UUID act = store.ids.next();
        LostSale.Asked asked = new LostSale.Asked(
                " bujía\tfría ", "2015 VW Jetta", plug, Quantity.of(4), LostSale.Reason.NO_STOCK, "");
        LostSale noted = done(lost.note(act, asked, MARTA));
        assertThat(done(lost.note(act, asked, MARTA))).isEqualTo(noted);

        assertThat(store.count("lost_sale")).isEqualTo(1);
        List<Document> documents = store.outbox.after(1, 10, 1 << 20);
        assertThat(documents).hasSize(1);
        LostSaleBody body = store.json.readValue(documents.getFirst().body(), LostSaleBody.class);
        assertThat(body.asked()).isEqualTo("bujía fría");
        assertThat(body.vehicle()).isEqualTo("2015 VW Jetta");
        assertThat(body.partText()).isEqualTo("NGK BKR6E-11 Bujía BKR6E-11");
        assertThat(body.quantity()).isEqualTo(4_000);
        assertThat(body.reason()).isEqualTo("NO_STOCK");
        assertThat(refusal(lost.note(
                        store.ids.next(),
                        new LostSale.Asked(" ", "", null, Quantity.ONE, LostSale.Reason.OTHER, ""),
                        MARTA)))
                .isEqualTo("lost-sale-empty");
    }
}
