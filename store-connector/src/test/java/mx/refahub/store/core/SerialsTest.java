package mx.refahub.store.core;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketTerms;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two batteries, each with its number: asked for when they are sold, found again, and looked at when one comes back. */
class SerialsTest {
    private TestStore store;
    private PartId battery;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        battery = store.part("LTH-65", 250_000);
        track("SERIAL");
        store.openCashSession(C1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void track(String how) {
        PartRow plain = TestStore.row(battery, "LTH-65", "GENERAL", "02", 0);
        store.publish(
                Stream.CATALOGUE,
                List.of(new PartRow(
                        plain.id(),
                        plain.lineCode(),
                        plain.partNumber(),
                        plain.brand(),
                        plain.nameEs(),
                        plain.nameEn(),
                        plain.category(),
                        plain.unit(),
                        plain.taxClass(),
                        plain.core(),
                        plain.satCode(),
                        plain.satUnit(),
                        plain.taxObject(),
                        false,
                        plain.barcodes(),
                        plain.fitments(),
                        plain.interchanges(),
                        plain.relations(),
                        how)));
    }

    private static Payment cash(long centavos) {
        return new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(centavos), "")));
    }

    private Ticket two() {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        return done(store.till.add(ticket.id(), store.ids.next(), battery, Quantity.of(2), MARTA));
    }

    @Test
    void a_number_for_each_piece_is_asked_for_printed_on_the_document_and_found() {
        Ticket ticket = two();
        UUID line = ticket.lines().getFirst().id();
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(500_000), cash(500_000), MARTA)))
                .isEqualTo("serial-missing");
        assertThat(refusal(store.terms.serials(ticket.id(), line, List.of("A1", "a1"), MARTA)))
                .isEqualTo("serial-invalid");
        done(store.terms.serials(ticket.id(), line, List.of("A1"), MARTA));
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(500_000), cash(500_000), MARTA)))
                .isEqualTo("serial-missing");
        done(store.terms.serials(ticket.id(), line, List.of("A1", "B2"), MARTA));
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(500_000), cash(500_000), MARTA));
        assertThat(sale.lines().getFirst().particulars().serials()).containsExactly("A1", "B2");
        assertThat(store.terms.sold("b2", 10))
                .containsExactly(new TicketTerms.Sold(
                        "B2", sale.id(), sale.folio().text(), sale.businessDay(), "LTH-65", "Bujía LTH-65", false));

        Ticket back = done(store.till.inHand(C1, MARTA));
        back = done(store.returns.bringBack(
                back.id(), store.ids.next(), sale.id(), line, Quantity.ONE, ReturnOf.Reason.DEFECTIVE, MARTA, LUCIA));
        assertThat(refusal(store.till.pay(back.id(), Money.mxn(-250_000), new Payment(List.of()), MARTA)))
                .isEqualTo("serial-missing");
        UUID returned = back.lines().getFirst().id();
        assertThat(refusal(store.terms.serials(back.id(), returned, List.of("C3"), MARTA)))
                .isEqualTo("serial-not-sold");
        done(store.terms.serials(back.id(), returned, List.of("b2"), MARTA));
        done(store.till.pay(back.id(), Money.mxn(-250_000), new Payment(List.of()), MARTA));
        assertThat(store.terms.sold("B2", 10))
                .extracting(TicketTerms.Sold::back)
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void a_lot_is_asked_for_once_a_line() {
        track("LOT");
        Ticket ticket = two();
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(500_000), cash(500_000), MARTA)))
                .isEqualTo("lot-missing");
        done(store.terms.serials(ticket.id(), ticket.lines().getFirst().id(), List.of("L-2026-03"), MARTA));
        done(store.till.pay(ticket.id(), Money.mxn(500_000), cash(500_000), MARTA));
    }
}
