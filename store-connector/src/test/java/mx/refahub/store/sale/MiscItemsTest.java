package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiscItemsTest {
    private TestStore store;
    private Ticket ticket;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        store.openCashSession(C1);
        ticket = done(store.till.inHand(C1, MARTA));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static MiscItem item(String description, long price) {
        return done(MiscItem.typed(description, price, true, TaxClass.GENERAL, "", ""));
    }

    private Ticket adding(MiscItem item, int pieces) {
        return done(store.till.addMisc(ticket.id(), store.ids.next(), item, Quantity.of(pieces), MARTA, null));
    }

    private Sale sold(Ticket with) {
        return done(store.till.pay(with.id(), with.totals().total(), cash(2_000_000), MARTA));
    }

    private long movements() {
        return store.sales
                .read(session -> session.first("select count(*) as n from stock_movement", row -> row.number("n")))
                .orElseThrow();
    }

    @Test
    void what_no_catalogue_knows_is_sold_and_moves_no_stock() {
        Sale sale = sold(adding(item("Manguera a la medida 40 cm", 11_600), 2));

        SaleLine line = sale.lines().getFirst();
        assertThat(line.kind()).isEqualTo(SaleLine.Kind.MISC);
        assertThat(line.part()).isEqualTo(PartId.NONE);
        assertThat(line.description()).isEqualTo("Manguera a la medida 40 cm");
        assertThat(line.satProduct()).isEqualTo("01010101");
        assertThat(line.satUnit()).isEqualTo("H87");
        assertThat(sale.totals().total()).isEqualTo(Money.mxn(23_200));
        assertThat(sale.totals().tax()).isEqualTo(Money.mxn(3_200));
        assertThat(movements()).isZero();
        assertThat(store.till.sale(sale.id())).contains(sale);
        Document document = store.outbox.after(1, 10, 1 << 20).getFirst();
        assertThat(document.envelope().schema()).isEqualTo(DocumentType.SALE_SCHEMA);
        assertThat(store.json.readValue(document.body(), SaleBody.class).toSale())
                .isEqualTo(sale);
    }

    @Test
    void two_of_them_stay_two_lines_and_the_same_press_adds_one() {
        UUID act = store.ids.next();
        MiscItem hose = item("Manguera", 5_000);
        done(store.till.addMisc(ticket.id(), act, hose, Quantity.ONE, MARTA, null));
        done(store.till.addMisc(ticket.id(), act, hose, Quantity.ONE, MARTA, null));
        assertThat(adding(hose, 1).lines()).hasSize(2);
    }

    @Test
    void above_the_limit_somebody_answers_for_the_price() {
        MiscItem dear = item("Tablero completo usado", 150_000);
        assertThat(refusal(store.till.addMisc(ticket.id(), store.ids.next(), dear, Quantity.ONE, MARTA, null)))
                .isEqualTo("misc-needs-approval");
        assertThat(refusal(store.till.addMisc(
                        ticket.id(), store.ids.next(), item("Motor", 5_000_000), Quantity.ONE, MARTA, RITA)))
                .isEqualTo("misc-above-approver");

        Ticket granted = done(store.till.addMisc(ticket.id(), store.ids.next(), dear, Quantity.ONE, MARTA, RITA));

        Grant grant = sold(granted).lines().getFirst().grant();
        assertThat(grant).isEqualTo(new Grant("", RITA.id(), RITA.name()));
    }

    @Test
    void its_price_is_not_raised_past_the_limit_by_the_way_of_a_discount() {
        Ticket with = adding(item("Flotador", 90_000), 1);
        UUID line = with.lines().getFirst().id();
        Outcome<Ticket> raised = store.till.discount(
                ticket.id(), line, new Discount.UnitPrice(Money.mxn(500_000)), "cliente", MARTA, null);
        assertThat(refusal(raised)).isEqualTo("misc-needs-approval");
        assertThat(done(store.till.discount(
                                ticket.id(), line, new Discount.Percent(BigDecimal.valueOf(5)), "cliente", MARTA, null))
                        .totals()
                        .total())
                .isEqualTo(Money.mxn(85_500));
    }

    @Test
    void it_comes_back_like_any_other_line_and_nothing_goes_to_the_shelf() {
        Sale sale = sold(adding(item("Tapón a la medida", 4_000), 2));
        Ticket next = done(store.till.inHand(C1, MARTA));
        Ticket back = done(store.returns.bringBack(
                next.id(),
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.of(2),
                ReturnOf.Reason.NOT_NEEDED,
                MARTA,
                RITA));

        Sale refund = done(store.till.pay(back.id(), back.totals().total(), new Payment(List.of()), MARTA));

        assertThat(refund.lines().getFirst().kind()).isEqualTo(SaleLine.Kind.MISC_RETURN);
        assertThat(refund.totals().total()).isEqualTo(Money.mxn(-8_000));
        assertThat(movements()).isZero();
    }

    @Test
    void what_cannot_be_told_on_a_ticket_is_refused_with_its_reason() {
        assertThat(refusal(MiscItem.typed("  ", 100, true, TaxClass.GENERAL, "", "")))
                .isEqualTo("misc-description");
        assertThat(refusal(MiscItem.typed("a\u0007b", 100, true, TaxClass.GENERAL, "", "")))
                .isEqualTo("misc-description");
        assertThat(done(MiscItem.typed(" foco\t de\nstop ", 100, true, TaxClass.GENERAL, "", ""))
                        .description())
                .as("pasted blanks are one")
                .isEqualTo("foco de stop");
        assertThat(refusal(MiscItem.typed("x", 0, true, TaxClass.GENERAL, "", "")))
                .isEqualTo("misc-price");
        assertThat(refusal(MiscItem.typed("x", 1, true, TaxClass.GENERAL, "123", "")))
                .isEqualTo("sat-product-invalid");
        assertThat(refusal(MiscItem.typed("x", 1, true, TaxClass.GENERAL, "", "PIEZA")))
                .isEqualTo("sat-unit-invalid");
    }
}
