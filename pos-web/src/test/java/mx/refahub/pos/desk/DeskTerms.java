package mx.refahub.pos.desk;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketTerms;
import mx.refahub.domain.store.Person;

/** No ticket is known. */
final class DeskTerms implements TicketTerms {
    @Override
    public Outcome<Ticket> addVoucher(UUID ticket, UUID act, GiftVoucher voucher, Person who) {
        return Outcome.refused("ticket-unknown");
    }

    @Override
    public Outcome<Ticket> core(UUID ticket, UUID line, Particulars.CoreGiven given, Person who) {
        return Outcome.refused("ticket-unknown");
    }

    @Override
    public Outcome<Ticket> serials(UUID ticket, UUID line, List<String> serials, Person who) {
        return Outcome.refused("ticket-unknown");
    }

    @Override
    public List<Sold> sold(String serial, int limit) {
        return List.of();
    }
}
