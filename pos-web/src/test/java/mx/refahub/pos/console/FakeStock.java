package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.CompanyStock;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.store.StoreId;

/** One branch that has twelve of everything, and one piece on the way. */
final class FakeStock implements CompanyStock {
    private static final Instant AT = Instant.parse("2026-03-02T16:00:00Z");

    @Override
    public List<AtBranch> of(PartId part) {
        return List.of(new AtBranch(
                StoreId.of("01890000-0000-7000-8000-00000000000a"),
                "CEN",
                "Centro",
                Quantity.of(12),
                120_000,
                10_000L,
                AT,
                List.of(new StockDesk.InBin("A-1", Quantity.of(12)))));
    }

    @Override
    public List<StockDesk.Entry> kardex(PartId part, StoreId store, int limit) {
        return List.of(new StockDesk.Entry(
                UUID.randomUUID(),
                AT,
                StockMovement.Kind.RECEIPT,
                "F-1",
                "Rita",
                "A-1",
                Quantity.of(12),
                Quantity.of(12),
                120_000));
    }

    @Override
    public List<Transit> transit(int limit) {
        return List.of(new Transit(
                "CEN-T000001-7K3M",
                "CEN",
                "NTE",
                AT,
                UUID.randomUUID(),
                "NGK",
                "BKR6E",
                Quantity.of(3),
                Quantity.of(1),
                10_000,
                0));
    }
}
