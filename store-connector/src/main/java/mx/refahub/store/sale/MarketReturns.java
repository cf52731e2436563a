package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.store.sqlite.Session;

/** What was paid at a marketplace is paid back by it, never out of the drawer. */
final class MarketReturns {
    private MarketReturns() {}

    /**
     * The payment with what the marketplace pays back, which is all of it.
     *
     * @return refused {@code market-return-alone} where something else is on the ticket, {@code market-return-there} where somebody typed another way of paying back,
     *     {@code market-tender-without-order}
     */
    static Outcome<Payment> paidBack(Session session, Ticket ticket, Payment payment) throws SQLException {
        boolean typed = payment.offers().stream().anyMatch(offer -> offer.kind() == Tender.Kind.MARKETPLACE);
        Set<UUID> sales = new LinkedHashSet<>();
        for (TicketLine line : ticket.lines()) {
            ReturnOf back = line.returnOf();
            UUID sale = back == null ? null : back.sale();
            if (sale != null) sales.add(sale);
        }
        String order = "";
        int there = 0;
        for (UUID sale : sales) {
            Optional<String> paid = session.first("""
                    select reference
                    from sale_tender
                    where sale_id = ?1 and kind = 'MARKETPLACE' and amount > 0
                    union all
                    select folio
                    from proven_ticket
                    where id = ?1 and instr(' ' || tenders || ' ', ' MARKETPLACE ') > 0
                    """, row -> row.text("reference"), sale);
            if (paid.isEmpty()) continue;
            there++;
            order = paid.get();
        }
        if (there == 0) return typed ? Outcome.refused("market-tender-without-order") : Outcome.done(payment);
        boolean alone = there == 1
                && sales.size() == 1
                && ticket.lines().stream()
                        .map(TicketLine::returnOf)
                        .allMatch(back -> back != null && back.sale() != null);
        if (!alone) return Outcome.refused("market-return-alone", order);
        Money owed = ticket.totals().total().negated();
        if (owed.minor() <= 0) return Outcome.done(payment);
        boolean same = payment.offers().isEmpty()
                || payment.offers().size() == 1
                        && typed
                        && payment.offers().getFirst().given().equals(owed);
        return same
                ? Outcome.done(new Payment(List.of(new Payment.Offer(Tender.Kind.MARKETPLACE, owed, order))))
                : Outcome.refused("market-return-there", order);
    }
}
