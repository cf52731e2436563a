package mx.refahub.store.invoice;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.fiscal.FiscalData;
import mx.refahub.domain.fiscal.InvoiceDesk;
import mx.refahub.domain.fiscal.InvoiceRequest;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.InvoiceRequestedBody;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvoiceDeskTest {
    private static final FiscalData.Typed ESCUELA =
            new FiscalData.Typed("EKU9003173C9", "Escuela Kemper Urgate", "42501", "601", "G03", "compras@eku.example");

    private TestStore store;
    private Sale sale;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        PartId plug = store.part("BKR6E-11", 10_000);
        store.openCashSession(C1);
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(2), MARTA));
        sale = done(store.till.pay(ticket.id(), ticket.totals().total(), cash(20_000), MARTA));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private InvoiceDesk desk() {
        return new SqliteInvoiceDesk(store.sales, store.identities, store.branches, store.saleRows, store.outboxWriter);
    }

    @Test
    void a_wish_is_kept_told_to_the_hub_once_and_remembered_for_the_next_time() {
        UUID act = store.ids.next();
        InvoiceRequest asked = done(desk().request(act, sale.id(), ESCUELA, MARTA));
        InvoiceRequest again = done(desk().request(act, sale.id(), ESCUELA, MARTA));

        assertThat(again).isEqualTo(asked);
        assertThat(asked.data().name()).isEqualTo("ESCUELA KEMPER URGATE");
        List<Document> documents = store.outbox.after(0, 10, 1 << 20);
        assertThat(documents).hasSize(3);
        Document document = documents.getLast();
        assertThat(document.envelope().type()).isEqualTo("invoice-requested");
        assertThat(document.envelope().key()).isEqualTo(sale.id().toString());
        InvoiceRequestedBody body = store.json.readValue(document.body(), InvoiceRequestedBody.class);
        assertThat(body.rfc()).isEqualTo("EKU9003173C9");
        assertThat(body.regime()).isEqualTo("601");

        store = store.restarted();
        assertThat(desk().of(sale.id())).contains(asked);
        assertThat(desk().known(new Rfc("EKU9003173C9"))).contains(asked.data());
        assertThat(desk().known(new Rfc("CACX7605101P8"))).isEmpty();
        assertThat(desk().latest(10))
                .singleElement()
                .satisfies(one -> assertThat(one.sale()).isEqualTo(sale));
    }

    @Test
    void a_corrected_wish_takes_the_place_of_the_first() {
        done(desk().request(store.ids.next(), sale.id(), ESCUELA, MARTA));
        store.clock.advance(Duration.ofSeconds(5));
        FiscalData.Typed mended =
                new FiscalData.Typed("EKU9003173C9", "Escuela Kemper Urgate", "42500", "601", "G01", "");
        InvoiceRequest second = done(desk().request(store.ids.next(), sale.id(), mended, MARTA));
        assertThat(desk().of(sale.id())).contains(second);
    }

    @Test
    void what_cannot_be_invoiced_is_refused() {
        assertThat(refusal(desk().request(store.ids.next(), store.ids.next(), ESCUELA, MARTA)))
                .isEqualTo("sale-unknown");
        FiscalData.Typed wrong = new FiscalData.Typed("EKU9003173C9", "X", "42501", "605", "G03", "");
        assertThat(refusal(desk().request(store.ids.next(), sale.id(), wrong, MARTA)))
                .isEqualTo("regime-invalid");
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.ONE,
                ReturnOf.Reason.WRONG_PART,
                RITA,
                null));
        Sale refund = done(store.till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of()), RITA));
        assertThat(refusal(desk().request(store.ids.next(), refund.id(), ESCUELA, MARTA)))
                .isEqualTo("sale-without-income");
        store.clock.advance(Duration.ofDays(40));
        assertThat(refusal(desk().request(store.ids.next(), sale.id(), ESCUELA, MARTA)))
                .isEqualTo("invoice-too-late");
        assertThat(store.count("invoice_request")).isZero();
    }
}
