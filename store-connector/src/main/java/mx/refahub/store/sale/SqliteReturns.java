package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;

/** Returns against this branch's own sales in sales.db. Each call is one transaction. */
public final class SqliteReturns implements Returns {
    /** {@code C1-123}, {@code c1 000123}, and the whole text of a ticket's QR, {@code C1-000123|CODE}. */
    private static final Pattern FOLIO = Pattern.compile("\\s*([A-Za-z0-9]{1,6})[\\s-]+(\\d{1,12})\\s*(?:\\|.*)?");

    private final SqliteFile sales;
    private final BranchSettings branches;
    private final SaleRows saleRows;
    private final Tickets tickets;
    private final TicketPrices prices;

    public SqliteReturns(
            SqliteFile sales, BranchSettings branches, SaleRows saleRows, Tickets tickets, TicketPrices prices) {
        this.sales = sales;
        this.branches = branches;
        this.saleRows = saleRows;
        this.tickets = tickets;
        this.prices = prices;
    }

    @Override
    public Optional<Sale> find(String code) {
        Matcher folio = FOLIO.matcher(code);
        Optional<Sale> byFolio = folio.matches()
                ? sales.read(session -> saleRows.byFolio(
                        session, folio.group(1).toUpperCase(Locale.ROOT), Long.parseLong(folio.group(2))))
                : Optional.empty();
        if (byFolio.isPresent()) return byFolio;
        Optional<String> invoice = invoiceCode(code);
        return invoice.isEmpty()
                ? Optional.empty()
                : sales.read(session -> saleRows.byInvoiceCode(session, invoice.get()));
    }

    private static Optional<String> invoiceCode(String text) {
        try {
            return Optional.of(new InvoiceCode(text).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome<Returnable> returnable(UUID sale) {
        return sales.read(session -> {
            Sale sold =
                    saleRows.stored(session, sale).map(SaleRows.Stored::sale).orElse(null);
            if (sold == null) return Outcome.refused("sale-unknown");
            Map<UUID, Quantity> back = saleRows.returned(session, sale);
            List<Returnable.Line> lines = new ArrayList<>();
            for (SaleLine line : sold.lines())
                if (!line.kind().comesBack()) lines.add(new Returnable.Line(line, left(line, back)));
            return Outcome.done(new Returnable(sold, lines));
        });
    }

    private static Quantity left(SaleLine line, Map<UUID, Quantity> back) {
        return line.quantity().plus(back.getOrDefault(line.id(), Quantity.ZERO).negated());
    }

    @Override
    public Outcome<Ticket> bringBack(
            UUID ticket,
            UUID act,
            UUID sale,
            UUID line,
            Quantity quantity,
            ReturnOf.Reason reason,
            Person who,
            @Nullable Person approver) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Person grants = mayTakeBack(who) ? who : approver;
        return sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (tickets.done(session, ticket, act.toString()))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            if (!tickets.workable(session, head.register())) return Outcome.refused("cash-session-closed");
            if (!quantity.isPositive()) return Outcome.refused("quantity-not-positive");
            Sale sold =
                    saleRows.stored(session, sale).map(SaleRows.Stored::sale).orElse(null);
            if (sold == null) return Outcome.refused("sale-unknown");
            SaleLine soldLine = sold.lines().stream()
                    .filter(l -> l.id().equals(line) && !l.kind().comesBack())
                    .findFirst()
                    .orElse(null);
            if (soldLine == null) return Outcome.refused("line-unknown");
            if (grants == null || !mayTakeBack(grants)) return Outcome.refused("return-needs-approval");
            if (onTicket(session, ticket, line)) return Outcome.refused("line-on-ticket");
            Quantity left = left(soldLine, saleRows.returned(session, sale));
            if (quantity.compareTo(left) > 0) return Outcome.refused("return-exceeds", left.text());
            if (!tickets.firstTime(session, ticket, act.toString()))
                throw new IllegalStateException("act " + act + " came twice in one transaction");
            if (head.buyer() == null && sold.buyer() != null) {
                tickets.sellTo(
                        session,
                        ticket,
                        Buyer.of(sold.buyer().id(), sold.buyer().name()));
                // What is on the ticket beside it is this buyer's too.
                prices.reprice(session, ticket, branch);
                head = tickets.head(session, ticket).orElseThrow();
            }
            ReturnOf.Reason why = soldLine.kind() == SaleLine.Kind.CORE_DEPOSIT ? ReturnOf.Reason.CORE : reason;
            tickets.addReturn(
                    session,
                    ticket,
                    soldLine,
                    new ReturnOf(sale, line, sold.folio().text(), why),
                    soldLine.quantity().plus(left.negated()),
                    quantity,
                    new Grant("", grants.id(), grants.name()));
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    private static boolean onTicket(Session session, UUID ticket, UUID line) throws SQLException {
        return session.exists("""
                select 1
                from ticket_line
                where ticket_id = ? and return_line = ?
                """, ticket, line);
    }

    private static boolean mayTakeBack(Person person) {
        return person.role() == Role.MANAGER || person.role() == Role.ADMIN;
    }
}
