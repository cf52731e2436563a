package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.ReturnOf;
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
        session.update("delete from core_taken where sale_id = ?", sale.id());
        Map<Sold, Long> unused = unused(sale);
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
            long left = leftHere(line, unused);
            if (left != 0)
                session.updateOne("""
                        insert or replace into core_taken (line_id, sale_id, part_id, quantity)
                        values (?, ?, ?, ?)
                        """, line.id(), sale.id(), line.part().value(), left);
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

    private record Sold(@Nullable UUID sale, PartId part) {
        static Sold of(SaleLine line) {
            ReturnOf returned = line.returnOf();
            // A deposit of the opening load has no sale; it is beside a part that came back without a ticket, and not
            // for it.
            if (returned == null) return new Sold(null, line.part());
            return new Sold(returned.sale() == null ? returned.line() : returned.sale(), line.part());
        }
    }

    /** Parts that come back without an old piece having been given for them, in thousandths: their deposits are paid back for the part itself. */
    private static Map<Sold, Long> unused(Sale sale) {
        Map<Sold, Long> unused = new HashMap<>();
        for (SaleLine line : sale.lines())
            if (line.kind() == SaleLine.Kind.RETURN && !givenNow(line))
                unused.merge(Sold.of(line), Math.abs(line.quantity().thousandths()), Long::sum);
        return unused;
    }

    private static boolean givenNow(SaleLine line) {
        Particulars.Core core =
                line.particulars() == null ? null : line.particulars().core();
        return core != null && core.given() == Particulars.CoreGiven.NOW;
    }

    /**
     * Old pieces that lie here since, in thousandths: those that came for their deposit, and those that came with the sale and not back with its part.
     *
     * @param unused what is counted against deposits is taken off
     */
    private static long leftHere(SaleLine line, Map<Sold, Long> unused) {
        if (line.kind() == SaleLine.Kind.CORE_RETURN) {
            long came = Math.abs(line.quantity().thousandths());
            long withPart = Math.min(came, unused.getOrDefault(Sold.of(line), 0L));
            if (withPart > 0) unused.merge(Sold.of(line), -withPart, Long::sum);
            return came - withPart;
        }
        if (!givenNow(line)) return 0;
        return switch (line.kind()) {
            case PART -> line.quantity().thousandths();
            case RETURN -> -Math.abs(line.quantity().thousandths());
            case CORE_DEPOSIT, CORE_RETURN, MISC, MISC_RETURN, VOUCHER -> 0;
        };
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
     *
     * @param opening pieces that the buyer owes since before this system
     */
    static Optional<Refusal> refused(
            Session session, Ticket ticket, Quantity opening, BranchCores terms, Person who, @Nullable Person approver)
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
        return owed(session, ticket.buyer().id()).plus(opening).plus(more).compareTo(Quantity.of(limit)) > 0
                ? Optional.of(Refusal.of("core-limit", Long.toString(limit)))
                : Optional.empty();
    }

    private static boolean mayAllow(Person person) {
        return person.role() == Role.MANAGER || person.role() == Role.ADMIN;
    }
}
