package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.SoldTicket;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.sqlite.Session;

/**
 * Deposits that another system took and the opening load brought, as the hub told of them with the customer. They come back like a sold deposit's, on a ticket, against a line that
 * no sale has: its id is the deposit's. What came back here is counted here, so that one that the hub has not heard of yet is not paid twice.
 */
final class OpeningCores {
    private static final UserId NOBODY = new UserId(new UUID(0, 0));
    private static final StoreId ANOTHER_SYSTEM = new StoreId(new UUID(0, 0));

    private final AccountLedger accounts;

    OpeningCores(AccountLedger accounts) {
        this.accounts = accounts;
    }

    /**
     * @param line the deposit as if it had been sold, with what did not come at the hub
     * @param back of it, with tickets of this branch
     */
    record Opening(CustomerRow.CoreRow told, SaleLine line, Quantity back) {
        Quantity left() {
            return line.quantity().plus(back.negated());
        }
    }

    /** Those of which pieces are still to come, the oldest first. */
    List<Opening> of(Session session, UUID customer, Branch branch) throws SQLException {
        List<Opening> openings = new ArrayList<>();
        for (CustomerRow.CoreRow told : accounts.openingCores(customer)) {
            Quantity here = here(session, told.id());
            // Tickets that a replaced machine does not have any more are the hub's to tell.
            long elsewhere = told.received() + Math.max(0, told.back() - here.thousandths());
            Quantity rest = new Quantity(told.quantity() - elsewhere);
            if (rest.compareTo(here) > 0) openings.add(new Opening(told, line(told, rest, branch), here));
        }
        return openings;
    }

    Quantity pieces(Session session, UUID customer, Branch branch) throws SQLException {
        Quantity pieces = Quantity.ZERO;
        for (Opening opening : of(session, customer, branch)) pieces = pieces.plus(opening.left());
        return pieces;
    }

    /** One of the buyer's, as a ticket of one line. */
    Optional<SoldTicket> ticket(Session session, Buyer buyer, UUID id, Branch branch) throws SQLException {
        for (Opening opening : of(session, buyer.id(), branch))
            if (opening.told().id().equals(id))
                return Optional.of(new SoldTicket(
                        id,
                        ANOTHER_SYSTEM,
                        "",
                        "",
                        opening.told().since().atStartOfDay(ZoneOffset.UTC).toInstant(),
                        opening.told().since(),
                        List.of(opening.line()),
                        Set.of(),
                        opening.line().amounts().total(),
                        buyer,
                        0));
        return Optional.empty();
    }

    /** Since it was put on the ticket the hub may have told that pieces came there, or the ticket may have got another buyer: {@code return-exceeds}, naming what is left. */
    Optional<Refusal> cameMeanwhile(Session session, Ticket ticket, Branch branch) throws SQLException {
        Buyer buyer = ticket.buyer();
        for (TicketLine line : ticket.lines()) {
            ReturnOf returned = line.returnOf();
            if (returned == null || returned.terms().source() != ReturnTerms.Source.OPENING) continue;
            Quantity left = Quantity.ZERO;
            if (buyer != null)
                for (Opening opening : of(session, buyer.id(), branch))
                    if (opening.told().id().equals(returned.line())) left = opening.left();
            if (line.quantity().negated().compareTo(left) > 0)
                return Optional.of(Refusal.of("return-exceeds", left.text()));
        }
        return Optional.empty();
    }

    private static Quantity here(Session session, UUID opening) throws SQLException {
        return session.first("""
                select -coalesce(sum(quantity), 0) as pieces
                from sale_line
                where return_line = ?
                """, row -> new Quantity(row.number("pieces")), opening)
                .orElse(Quantity.ZERO);
    }

    /** Nobody knows what tax the other system took: it goes back as the company's terms have deposits today. */
    private static SaleLine line(CustomerRow.CoreRow told, Quantity quantity, Branch branch) {
        Tax tax = branch.cores().taxed()
                ? Tax.of(TaxClass.valueOf(told.taxClass()), branch.region(), told.taxObject())
                : Tax.none();
        Price deposit = new Price(Money.mxn(told.deposit()), true);
        return new SaleLine(
                told.id(),
                SaleLine.Kind.CORE_DEPOSIT,
                new PartId(told.part()),
                new LineCode(told.lineCode()),
                new PartNumber(told.partNumber()),
                told.name(),
                told.unit(),
                quantity,
                deposit,
                deposit,
                LineAmounts.of(deposit, quantity, Money.mxn(0), tax),
                tax,
                told.satCode(),
                told.satUnit(),
                NOBODY,
                "",
                "",
                null,
                null);
    }
}
