package mx.refahub.store.backup;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.CoresGiven;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.store.TestStore;
import mx.refahub.store.purchase.SqliteCoresGiven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostCoresTest {
    @Test
    void old_pieces_of_lost_sales_and_lost_givings_leave_nothing_behind(@TempDir Path folder) {
        try (TestStore store = TestStore.open(folder)) {
            PartId alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
            store.openCashSession(C1);
            SqliteCoresGiven cores =
                    new SqliteCoresGiven(store.sales, store.identities, store.outboxWriter, store.json);
            sold(store, alternator, 1);
            long last = store.outbox.lastSequence();
            sold(store, alternator, 2);
            done(cores.give(
                    new CoresGiven.Giving(
                            store.ids.next(),
                            "Alternadores del Norte",
                            "R-12",
                            "",
                            List.of(new StockLine(
                                    store.ids.next(),
                                    store.catalogue
                                            .card(alternator)
                                            .orElseThrow()
                                            .part(),
                                    Quantity.of(3),
                                    "",
                                    null,
                                    Quantity.ZERO))),
                    LUCIA));
            assertThat(cores.lying(10)).isEmpty();

            // A broken reference would not be committed.
            store.sales.write(session -> {
                session.update("pragma defer_foreign_keys = on");
                return Replay.dropWithoutDocument(session, last);
            });

            assertThat(cores.lying(10)).containsExactly(new CoresGiven.Lying(alternator, Quantity.ONE));
        }
    }

    private static void sold(TestStore store, PartId part, int pieces) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), part, Quantity.of(pieces), MARTA));
        ticket = done(store.terms.core(ticket.id(), ticket.lines().getFirst().id(), Particulars.CoreGiven.NOW, MARTA));
        long total = ticket.totals().total().minor();
        done(store.till.pay(ticket.id(), ticket.totals().total(), cash(total), MARTA));
    }
}
