package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleHistory.Wanted;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaleHistoryTest {
    @Test
    void a_ticket_is_found_by_folio_code_total_customer_part_and_day(@TempDir Path folder) {
        try (TestStore store = TestStore.open(folder)) {
            SqliteSaleHistory history = new SqliteSaleHistory(store.sales, store.returns, store.saleRows, store.json);
            PartId plug = store.part("BKR6E-11", 8_900);
            PartId pad = store.part("7974", 48_900);
            UUID customer = store.ids.next();
            done(store.customers.make(
                    customer, Map.of(CustomerField.NAME, "Taller Ñandú", CustomerField.PHONE, "2225550147"), MARTA));
            store.openCashSession(C1);
            Sale first = sold(store, plug, null);
            Sale second = sold(store, pad, customer);
            store.clock.advance(Duration.ofDays(1));
            Sale third = sold(store, plug, null);

            assertThat(history.find(wanted(""), 10)).containsExactly(third, second, first);
            assertThat(history.find(wanted(first.folio().text()), 10)).containsExactly(first);
            assertThat(history.find(wanted(second.invoiceCode().value()), 10)).containsExactly(second);
            assertThat(history.find(wanted("2"), 10)).containsExactly(second);
            assertThat(history.find(wanted("$489.00"), 10)).containsExactly(second);
            assertThat(history.find(wanted("nandu"), 10)).containsExactly(second);
            assertThat(history.find(new Wanted("BKR6E-11", List.of(plug), null, null), 10))
                    .containsExactly(third, first);
            LocalDate day = first.businessDay();
            assertThat(history.find(new Wanted("BKR6E-11", List.of(plug), day, day), 10))
                    .containsExactly(first);
            assertThat(history.find(new Wanted("", List.of(), day.plusDays(1), null), 10))
                    .containsExactly(third);
            assertThat(history.find(wanted("nadie así"), 10)).isEmpty();
            assertThat(history.find(wanted("%_"), 10)).isEmpty();
        }
    }

    private static Wanted wanted(String text) {
        return new Wanted(text, List.of(), null, null);
    }

    private static Sale sold(TestStore store, PartId part, UUID customer) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), part, Quantity.ONE, MARTA));
        if (customer != null) ticket = done(store.till.sellTo(ticket.id(), customer, MARTA));
        return done(store.till.pay(ticket.id(), ticket.totals().total(), cash(50_000), MARTA));
    }
}
