package mx.refahub.hub.ledger;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StockLedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<Kind, String> TYPES = Map.of(
            Kind.RECEIPT, DocumentType.STOCK_RECEIPT,
            Kind.TRANSFER_OUT, DocumentType.STOCK_TRANSFER_OUT,
            Kind.TRANSFER_IN, DocumentType.STOCK_TRANSFER_IN,
            Kind.COUNT, DocumentType.STOCK_COUNT,
            Kind.ADJUSTMENT, DocumentType.STOCK_ADJUSTMENT);

    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);

    /** A branch that keeps its shelf as a till does, and writes what it did. */
    private static final class Shelf {
        final TestShop shop = TestShop.open();
        final List<Document> written = new ArrayList<>();
        final Map<UUID, Holding> parts = new HashMap<>();

        long move(
                UUID part,
                Kind kind,
                long pieces,
                @Nullable Long cost,
                String number,
                @Nullable UUID to,
                long lost,
                long lostValue) {
            Holding before = parts.getOrDefault(part, Holding.NOTHING);
            Holding.Step step = pieces == 0
                    ? new Holding.Step(before, 0, 0)
                    : pieces > 0
                            ? before.in(pieces, cost == null ? before.worth(pieces) : cost, cost != null)
                            : before.out(-pieces);
            parts.put(part, step.after());
            UUID id = UUID.randomUUID();
            StockBody body = new StockBody(
                    id,
                    shop.id.value(),
                    kind.name(),
                    number,
                    TestHub.CLOCK.instant().plusSeconds(written.size()),
                    shop.cashier(),
                    "Rita",
                    to,
                    kind == Kind.RECEIPT ? "Proveedora" : "",
                    "",
                    kind == Kind.ADJUSTMENT ? "DAMAGED" : "",
                    "",
                    "MXN",
                    "1",
                    false,
                    List.of(new StockBody.LineBody(
                            UUID.randomUUID(),
                            part,
                            "NGK",
                            "BKR6E",
                            "Bujía",
                            "PZA",
                            "A-" + Math.floorMod(pieces, 3),
                            pieces,
                            cost == null ? "" : "1.5",
                            step.value(),
                            step.variance(),
                            lost,
                            lostValue,
                            null,
                            null,
                            null)));
            String type = TYPES.get(kind);
            if (type == null) throw new IllegalArgumentException(kind.name());
            written.add(shop.write(number.isEmpty() ? id.toString() : number, type, body));
            return step.value();
        }

        /** A step of a promise; the branch at the other end may have told of its own already, or not yet. */
        void lease(
                UUID lease, String step, UUID asker, UUID giver, UUID part, long quantity, long pieces, String number) {
            written.add(shop.write(
                    lease.toString(),
                    DocumentType.STOCK_LEASE,
                    new LeaseBody(
                            lease,
                            shop.id.value(),
                            step,
                            asker,
                            giver,
                            part,
                            quantity,
                            null,
                            null,
                            "Taller",
                            TestHub.CLOCK.instant(),
                            "Rita",
                            TestHub.CLOCK.instant().plusSeconds(86_400),
                            false,
                            TestHub.CLOCK.instant().plusSeconds(written.size()),
                            null,
                            "",
                            pieces,
                            number,
                            "")));
        }

        void sell(UUID part, long pieces) {
            Holding.Step step = parts.getOrDefault(part, Holding.NOTHING).out(pieces * 1000);
            parts.put(part, step.after());
            Sale sale = shop.cashSaleOf(part, pieces);
            ObjectNode body = JSON.valueToTree(SaleBody.of(sale));
            body.set(
                    SaleStockBody.FIELD,
                    JSON.valueToTree(sale.lines().stream()
                            .filter(line -> line.part().value().equals(part) && line.kind() == SaleLine.Kind.PART)
                            .map(line -> new SaleStockBody.Moved(line.id(), "A-1", step.value(), 0))
                            .toList()));
            written.add(shop.writeRaw("sale:" + sale.id(), DocumentType.SALE, 2, body.toString()));
        }
    }

    @Test
    void a_receipt_a_sale_and_a_count_stand_with_their_values_and_bins() {
        Shelf shelf = new Shelf();
        UUID part = UUID.randomUUID();
        shelf.move(part, Kind.RECEIPT, 10_000, 12_345L, "", null, 0, 0);
        shelf.sell(part, 3);
        shelf.move(part, Kind.COUNT, -1_000, null, UUID.randomUUID().toString(), null, 0, 0);

        land(shelf.shop, shelf.written);
        land(shelf.shop, shelf.written);
        applyAll();

        Holding held = shelf.parts.getOrDefault(part, Holding.NOTHING);
        assertThat(number("select on_hand from stock_on_hand where part_id = ?", part))
                .isEqualTo(6_000);
        assertThat(number("select value from stock_on_hand where part_id = ?", part))
                .isEqualTo(held.value());
        assertThat(number("select last_cost from stock_on_hand where part_id = ?", part))
                .isEqualTo(1_235);
        assertThat(number("select sum(moved)::bigint from stock_bin where part_id = ?", part))
                .isEqualTo(6_000);
        assertThat(number("select count(*) from stock_document where store_id = ?", shelf.shop.id.value()))
                .isEqualTo(2);
    }

    @Test
    void the_receiving_end_of_a_transfer_may_come_first_and_what_is_missing_stays_on_the_way() {
        Shelf from = new Shelf();
        Shelf to = new Shelf();
        UUID part = UUID.randomUUID();
        String number = TransferNumber.of("S", 1, new Random()).value();
        from.move(part, Kind.RECEIPT, 3_000, 1_000L, "", null, 0, 0);
        from.move(part, Kind.TRANSFER_OUT, -3_000, null, number, to.shop.id.value(), 0, 0);
        to.move(part, Kind.TRANSFER_IN, 2_000, 667L, number, null, 0, 0);

        land(to.shop, to.written);
        applyAll();
        assertThat(number("select count(*) from stock_transfer where number = ? and sent_at is null", number))
                .isEqualTo(1);
        land(from.shop, from.written);
        applyAll();

        assertThat(number("select quantity from stock_in_transit where number = ?", number))
                .isEqualTo(1_000);
        assertThat(number("select value from stock_in_transit where number = ?", number))
                .isEqualTo(333);
        assertThat(number("select variance from stock_in_transit where number = ?", number))
                .isZero();

        to.move(part, Kind.TRANSFER_IN, 2_000, 667L, number, null, 0, 0);
        land(to.shop, to.written.subList(1, 2));
        applyAll();
        assertThat(TestHub.sql()
                        .sql("select what from ledger_difference where document_id = ?")
                        .param(to.written.get(1).id())
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("4000 arrived of 3000 sent");
    }

    @Test
    void a_transfer_that_a_wrong_branch_took_in_before_it_was_told_of_is_flagged_when_it_is() {
        Shelf from = new Shelf();
        Shelf to = new Shelf();
        Shelf wrong = new Shelf();
        UUID part = UUID.randomUUID();
        String number = TransferNumber.of("S", 3, new Random()).value();
        from.move(part, Kind.TRANSFER_OUT, -1_000, null, number, to.shop.id.value(), 0, 0);
        wrong.move(part, Kind.TRANSFER_IN, 1_000, 500L, number, null, 0, 0);

        land(wrong.shop, wrong.written);
        applyAll();
        land(from.shop, from.written);
        applyAll();

        assertThat(TestHub.sql()
                        .sql("select what from ledger_difference where document_id = ?")
                        .param(from.written.getFirst().id())
                        .query(String.class)
                        .single())
                .contains("had arrived at branch", "not sent to");
    }

    @Test
    void what_is_on_the_way_is_worth_what_it_is_however_dear() {
        Shelf from = new Shelf();
        Shelf to = new Shelf();
        UUID part = UUID.randomUUID();
        String number = TransferNumber.of("S", 4, new Random()).value();
        from.move(part, Kind.RECEIPT, 1_000_000_000L, 10_000_000_000_000L, "", null, 0, 0);
        from.move(part, Kind.TRANSFER_OUT, -1_000_000_000L, null, number, to.shop.id.value(), 0, 0);
        to.move(part, Kind.TRANSFER_IN, 400_000_000L, 4_000_000_000_000L, number, null, 0, 0);
        land(from.shop, from.written);
        land(to.shop, to.written);
        applyAll();

        assertThat(number("select value from stock_in_transit where number = ?", number))
                .isEqualTo(6_000_000_000_000L);
    }

    @Test
    void a_transfer_to_a_branch_that_nobody_knows_is_taken_and_flagged() {
        Shelf from = new Shelf();
        String number = TransferNumber.of("S", 2, new Random()).value();
        from.move(UUID.randomUUID(), Kind.TRANSFER_OUT, -1_000, null, number, UUID.randomUUID(), 0, 0);

        land(from.shop, from.written);
        applyAll();

        assertThat(number(
                        "select count(*) from ledger_difference where document_id = ?",
                        from.written.getFirst().id()))
                .isEqualTo(1);
    }

    /** Whatever the order in which the branches' documents come, and however often: nothing is lost between two shelves. */
    @Test
    void random_histories_of_many_branches_add_up_to_the_piece_and_to_the_centavo() {
        Random random = new Random();
        long seed = random.nextLong();
        random.setSeed(seed);
        List<Shelf> shelves = List.of(new Shelf(), new Shelf(), new Shelf());
        List<UUID> parts = List.of(UUID.randomUUID(), UUID.randomUUID());
        record Going(String number, UUID part, int to, int from, long pieces, long value) {}
        List<Going> going = new ArrayList<>();
        record Promise(UUID lease, long aside, boolean kept, boolean withdrawn) {}
        List<Promise> promises = new ArrayList<>();
        long bought = 0;
        long paid = 0;
        long sold = 0;
        for (int step = 0; step < 120; step++) {
            int at = random.nextInt(shelves.size());
            Shelf shelf = shelves.get(at);
            UUID part = parts.get(random.nextInt(parts.size()));
            long pieces = 1 + random.nextInt(9);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    long cost = random.nextInt(100_000);
                    shelf.move(part, Kind.RECEIPT, pieces * 1000, cost, "", null, 0, 0);
                    bought += pieces * 1000;
                    paid += cost;
                }
                case 2 -> {
                    shelf.sell(part, pieces);
                    sold += pieces * 1000;
                }
                case 3 -> {
                    int to = (at + 1 + random.nextInt(shelves.size() - 1)) % shelves.size();
                    String number = TransferNumber.of("R", step, random).value();
                    long value = -shelf.move(
                            part,
                            Kind.TRANSFER_OUT,
                            -pieces * 1000,
                            null,
                            number,
                            shelves.get(to).shop.id.value(),
                            0,
                            0);
                    going.add(new Going(number, part, to, at, pieces * 1000, value));
                }
                case 4 -> {
                    int giver = (at + 1 + random.nextInt(shelves.size() - 1)) % shelves.size();
                    UUID asker = shelf.shop.id.value();
                    UUID gives = shelves.get(giver).shop.id.value();
                    UUID lease = UUID.randomUUID();
                    long wanted = pieces * 1000;
                    shelf.lease(lease, "ASKED", asker, gives, part, wanted, 0, "");
                    long aside = 1_000 * random.nextInt((int) pieces + 1);
                    shelves.get(giver).lease(lease, "RESERVED", asker, gives, part, wanted, aside, "");
                    boolean kept = aside > 0 && random.nextBoolean();
                    boolean withdrawn = !kept && random.nextBoolean();
                    if (kept) {
                        String number = TransferNumber.of("L", step, random).value();
                        long value =
                                -shelves.get(giver).move(part, Kind.TRANSFER_OUT, -aside, null, number, asker, 0, 0);
                        shelves.get(giver).lease(lease, "SENT", asker, gives, part, wanted, aside, number);
                        going.add(new Going(number, part, at, giver, aside, value));
                    }
                    if (withdrawn) shelf.lease(lease, "WITHDRAWN", asker, gives, part, wanted, 0, "");
                    promises.add(new Promise(lease, aside, kept, withdrawn));
                }
                default -> {
                    if (going.isEmpty()) continue;
                    Going one = going.remove(random.nextInt(going.size()));
                    long lost = random.nextInt(3) == 0 ? 1_000 : 0;
                    long in = one.pieces() - lost - (random.nextInt(4) == 0 ? Math.min(1_000, one.pieces() - lost) : 0);
                    long cost = Math.max(0, Holding.share(one.value(), in, one.pieces()));
                    Shelf receiver = shelves.get(random.nextInt(5) == 0 ? one.from() : one.to());
                    long gone = Math.max(0, Holding.share(one.value(), in + lost, one.pieces()) - cost);
                    if (in + lost > 0)
                        receiver.move(
                                one.part(), Kind.TRANSFER_IN, in, in > 0 ? cost : null, one.number(), null, lost, gone);
                }
            }
        }

        deliver(shelves, random);

        for (Shelf shelf : shelves)
            shelf.parts.forEach((part, holding) -> {
                String here = " from stock_on_hand where part_id = ? and store_id = '" + shelf.shop.id.value() + "'";
                assertThat(number("select on_hand" + here, part))
                        .as("seed " + seed)
                        .isEqualTo(holding.quantity());
                assertThat(number("select value" + here, part))
                        .as("seed " + seed)
                        .isEqualTo(holding.value());
            });
        for (Promise promise : promises)
            assertThat(number("""
                            select count(*)
                            from stock_lease l
                            where l.id = ?
                            and l.reserved = %d
                            and (l.withdrawn_at is not null) = %b
                            and (l.sent_at is not null) = %b
                            and (l.sent_at is null or l.sent = (select w.sent from stock_transfer_line w where w.number = l.sent_number))
                            """.formatted(promise.aside(), promise.withdrawn(), promise.kept()), promise.lease()))
                    .as("seed " + seed + " lease " + promise)
                    .isEqualTo(1);
        UUID[] these = parts.toArray(UUID[]::new);
        long onHand = sum("select sum(on_hand) from stock_on_hand where part_id = any(?)", these);
        long inTransit = sum("select sum(quantity) from stock_in_transit where part_id = any(?)", these);
        long lost = sum("select sum(lost) from stock_transfer_line where part_id = any(?)", these);
        assertThat(onHand + inTransit + lost).as("seed " + seed).isEqualTo(bought - sold);
        long shelfValue = sum("select sum(value) from stock_on_hand where part_id = any(?)", these);
        long transitValue = sum("select sum(value) from stock_in_transit where part_id = any(?)", these);
        long transitVariance = sum("select sum(variance) from stock_in_transit where part_id = any(?)", these);
        long lostValue = sum("select sum(lost_value) from stock_transfer_line where part_id = any(?)", these);
        long variance = sum("select sum(variance) from stock_movement where part_id = any(?)", these);
        long costOfSales =
                -sum("select sum(value) from stock_movement where kind = 'SALE' and part_id = any(?)", these);
        assertThat(shelfValue + transitValue + transitVariance + lostValue + variance + costOfSales)
                .as("seed " + seed)
                .isEqualTo(paid);
        assertThat(sum("""
                select count(*)
                from stock_on_hand h
                cross join lateral (
                    select sum(quantity) as quantity, sum(value) as value
                    from stock_movement m
                    where m.store_id = h.store_id
                    and m.part_id = h.part_id) m
                where part_id = any(?)
                and (h.on_hand, h.value) is distinct from (m.quantity, m.value)
                """, these)).isZero();
    }

    /** Each store's documents in frames that overlap, come twice and in any order between the stores; what came too early is sent again, as the hub asks for it. */
    private void deliver(List<Shelf> shelves, Random random) {
        record Parcel(Shelf shelf, int from, int to) {}
        List<Parcel> parcels = new ArrayList<>();
        for (Shelf shelf : shelves)
            for (int from = 0; from < shelf.written.size(); ) {
                int to = Math.min(shelf.written.size(), from + 1 + random.nextInt(8));
                parcels.add(new Parcel(shelf, Math.max(0, from - random.nextInt(3)), to));
                from = to;
            }
        parcels.addAll(parcels.subList(0, parcels.size() / 3));
        Collections.shuffle(parcels, random);
        for (Parcel parcel : parcels) {
            land(parcel.shelf().shop, parcel.shelf().written.subList(parcel.from(), parcel.to()));
            if (random.nextInt(4) == 0) applyAll();
        }
        for (Shelf shelf : shelves) land(shelf.shop, shelf.written);
        applyAll();
    }

    private void land(TestShop shop, List<Document> documents) {
        for (int from = 0; from < documents.size(); from += 200)
            intake.land(shop.id, frame(documents.subList(from, Math.min(documents.size(), from + 200))));
    }

    private void applyAll() {
        while (ledgers.apply().more()) {
            // to the end
        }
    }

    private static long number(String sql, Object argument) {
        return TestHub.sql().sql(sql).param(argument).query(Long.class).single();
    }

    private static long sum(String sql, UUID[] parts) {
        Long sum =
                TestHub.sql().sql(sql).param(parts).query(Long.class).optional().orElse(0L);
        return sum == null ? 0 : sum;
    }
}
