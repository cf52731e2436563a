package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.store.branch.BranchCores;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** Deposits that wait for their old piece, and serial numbers that were sold; the only one who writes their tables. */
final class CoreRows {
    private CoreRows() {}

    /** In the sale's own transaction, or where its rows are made anew out of its document. */
    static void keep(Session session, Sale sale) throws SQLException {
        session.update("delete from core_owed where sale_id = ?", sale.id());
        session.update("delete from sale_serial where sale_id = ?", sale.id());
        for (SaleLine line : sale.lines()) {
            if (comesBack(line))
                session.updateOne(
                        """
                        insert or replace into core_owed (line_id, sale_id, customer_id, quantity, deposit, sold_on, until)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """,
                        line.id(),
                        sale.id(),
                        sale.buyer() == null ? null : sale.buyer().id(),
                        line.quantity().thousandths(),
                        line.amounts().total().minor(),
                        sale.businessDay(),
                        line.coreUntil());
            Particulars particulars = line.particulars();
            if (particulars == null) continue;
            for (String serial : particulars.serials())
                session.update("""
                        insert into sale_serial (line_id, serial, sale_id, part_id)
                        values (?, ?, ?, ?)
                        on conflict do nothing
                        """, line.id(), serial, sale.id(), line.part().value());
        }
    }

    /** Whether a line is a deposit that is paid back. */
    static boolean comesBack(SaleLine line) {
        if (line.kind() != SaleLine.Kind.CORE_DEPOSIT) return false;
        Particulars.Core core =
                line.particulars() == null ? null : line.particulars().core();
        return core == null || core.given() != Particulars.CoreGiven.NEVER;
    }

    /** Pieces that a customer owes at this branch. */
    static Quantity owed(Session session, UUID customer) throws SQLException {
        return session.first("""
                select coalesce(sum(core_owed.quantity + coalesce((
                           select sum(back.quantity)
                           from sale_line back
                           where back.return_line = core_owed.line_id), 0)), 0) as pieces
                from core_owed
                where customer_id = ?
                """, row -> new Quantity(row.number("pieces")), customer)
                .orElse(Quantity.ZERO);
    }

    /**
     * Why a ticket cannot be sold as it stands: its buyer would owe more old pieces than the limit ({@code core-limit}, naming it), which a manager may allow; or a part that asks
     * for a serial number has not got one of each piece ({@code serial-missing}, naming the part).
     */
    static Optional<Refusal> refused(
            Session session, Ticket ticket, BranchCores terms, Person who, @Nullable Person approver)
            throws SQLException {
        if (ticket.buyer() == null || mayAllow(who) || approver != null && mayAllow(approver)) return Optional.empty();
        Long limit = terms.limitOf(ticket.buyer().id()).orElse(null);
        if (limit == null) return Optional.empty();
        Quantity more = Quantity.ZERO;
        for (TicketLine line : ticket.lines()) {
            boolean later = line.kind() == SaleLine.Kind.CORE_DEPOSIT && line.particulars() == null;
            if (later || line.kind() == SaleLine.Kind.CORE_RETURN) more = more.plus(line.quantity());
        }
        if (!more.isPositive()) return Optional.empty();
        return owed(session, ticket.buyer().id()).plus(more).compareTo(Quantity.of(limit)) > 0
                ? Optional.of(Refusal.of("core-limit", Long.toString(limit)))
                : Optional.empty();
    }

    private static boolean mayAllow(Person person) {
        return person.role() == Role.MANAGER || person.role() == Role.ADMIN;
    }
}
