package mx.refahub.pos.desk;

import java.util.List;
import java.util.stream.Stream;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleHistory;

/** Old tickets by a piece of their folio. */
final class DeskHistory implements SaleHistory {
    private final DeskStore store;

    DeskHistory(DeskStore store) {
        this.store = store;
    }

    @Override
    public List<Sale> find(Wanted wanted, int limit) {
        return Stream.of(DeskStore.CAJA_1, DeskStore.CAJA_2)
                .flatMap(register -> store.latest(register, limit).stream())
                .filter(sale -> sale.folio().text().contains(wanted.text()))
                .limit(limit)
                .toList();
    }
}
