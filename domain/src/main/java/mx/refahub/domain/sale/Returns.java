package mx.refahub.domain.sale;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * What customers bring back. A return is a line of an ordinary ticket, beside lines that are sold: what is due or owed comes out of all of them.
 * Never more comes back than was sold, and never more is paid back than was paid. Implemented by the store connector over SQLite; works with no network.
 */
public interface Returns {
    /** The sale with this folio ({@code C1-000123}) or invoice code, of this branch. */
    Optional<Sale> find(String code);

    /**
     * The ticket that was scanned or typed, with what of it can still come back: a folio, an invoice code, or the codes of a ticket of any branch. What another branch's ticket
     * proves is kept, so that its lines can be brought back. Refused: {@code sale-not-found}, {@code proof-more} (other codes of the ticket are needed: which, and of
     * how many), {@code proof-false} (its signature is no branch's), {@code proof-mixed} (codes of two tickets).
     *
     * @param scanned one text, or all codes of one ticket
     */
    Outcome<Returnable> look(List<String> scanned);

    /** What of a sale can still come back; one of another branch only after {@link #look}. Refused: {@code sale-unknown}. */
    Outcome<Returnable> returnable(UUID sale);

    /** @param lines those that can be returned at all: parts, and deposits */
    record Returnable(SoldTicket sold, List<Line> lines) {
        public Returnable {
            lines = List.copyOf(lines);
        }

        /**
         * @param left how many have not come back yet, as far as this branch knows; zero when all have
         * @param policy how the part may come back, with what of it stands against it today, whatever the reason
         */
        public record Line(SaleLine sold, Quantity left, ReturnPolicy policy, boolean late) {}
    }

    /**
     * What is brought back of a ticket.
     *
     * @param act minted for this one key press; the same act again changes nothing
     * @param vehicle that it did not fit
     * @param inspected somebody looked at the piece
     * @param override why the returns policy is not held to; empty where it is
     */
    record Back(
            UUID ticket,
            UUID act,
            UUID sale,
            UUID line,
            Quantity quantity,
            ReturnOf.Reason reason,
            ReturnTerms.@Nullable Vehicle vehicle,
            boolean inspected,
            String override) {
        public Back(
                UUID ticket,
                UUID act,
                UUID sale,
                UUID line,
                Quantity quantity,
                ReturnOf.Reason reason,
                ReturnTerms.@Nullable Vehicle vehicle,
                boolean inspected,
                String override) {
            this.ticket = ticket;
            this.act = act;
            this.sale = sale;
            this.line = line;
            this.quantity = quantity;
            this.reason = reason;
            this.vehicle = vehicle;
            this.inspected = inspected;
            this.override = override.strip();
        }
    }

    /**
     * Puts a line that comes back on the ticket, at what was paid for it less a fee that the policy asks for; a part's deposit comes back by its own line.
     * Refused: {@code sale-unknown}, {@code line-unknown}, {@code quantity-not-positive}, {@code quantity-whole}, {@code return-exceeds} (naming what is left),
     * {@code return-needs-approval} (only a manager, or with one's approval), {@code line-on-ticket} (it is on this ticket already), {@code return-not-allowed},
     * {@code return-too-late} (naming the days), {@code return-uninspected}, {@code reason-too-long}; the last but one can be overridden.
     *
     * @param approver somebody whose PIN was just checked; null if nobody was asked
     */
    Outcome<Ticket> bringBack(Back back, Person who, @Nullable Person approver);

    default Outcome<Ticket> bringBack(
            UUID ticket,
            UUID act,
            UUID sale,
            UUID line,
            Quantity quantity,
            ReturnOf.Reason reason,
            Person who,
            @Nullable Person approver) {
        return bringBack(new Back(ticket, act, sale, line, quantity, reason, null, false, ""), who, approver);
    }

    /**
     * What somebody without a ticket brings.
     *
     * @param why in the supervisor's words; never empty
     */
    record Unproven(
            UUID ticket,
            UUID act,
            PartId part,
            Quantity quantity,
            ReturnOf.Reason reason,
            ReturnTerms.@Nullable Vehicle vehicle,
            boolean inspected,
            String why) {
        public Unproven(
                UUID ticket,
                UUID act,
                PartId part,
                Quantity quantity,
                ReturnOf.Reason reason,
                ReturnTerms.@Nullable Vehicle vehicle,
                boolean inspected,
                String why) {
            this.ticket = ticket;
            this.act = act;
            this.part = part;
            this.quantity = quantity;
            this.reason = reason;
            this.vehicle = vehicle;
            this.inspected = inspected;
            this.why = why.strip();
        }
    }

    /** What a piece of it is worth without a ticket: the least that anybody paid here of late, or today's price. Refused: {@code part-unknown}, {@code part-without-price}. */
    Outcome<Worth> worth(PartId part);

    /** @param days that were looked back on */
    record Worth(Part part, Price price, int days) {}

    /**
     * Puts a part that comes back without a ticket on the ticket, at its {@link #worth}; it is paid back as store credit alone. Refused: as {@link #bringBack} and
     * {@link #worth}, {@code return-without-ticket-limit} (it comes to more than who answers for it may take back: naming that), {@code reason-missing}.
     */
    Outcome<Ticket> bringBackUnproven(Unproven back, Person who, @Nullable Person approver);
}
