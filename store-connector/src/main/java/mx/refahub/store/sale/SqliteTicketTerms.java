package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.TicketTerms;
import mx.refahub.domain.store.Person;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;

/** Vouchers, cores and serial numbers of tickets in hand in sales.db. Each call is one transaction. */
public final class SqliteTicketTerms implements TicketTerms {
    private final SqliteFile sales;
    private final BranchSettings branches;
    private final Tickets tickets;
    private final SaleRows saleRows;

    public SqliteTicketTerms(SqliteFile sales, BranchSettings branches, Tickets tickets, SaleRows saleRows) {
        this.sales = sales;
        this.branches = branches;
        this.tickets = tickets;
        this.saleRows = saleRows;
    }

    @Override
    public Outcome<Ticket> addVoucher(UUID ticket, UUID act, GiftVoucher voucher, Person who) {
        return change(ticket, act.toString(), (session, present) -> {
            tickets.addVoucher(session, ticket, voucher, who);
            return Optional.empty();
        });
    }

    @Override
    public Outcome<Ticket> core(UUID ticket, UUID line, Particulars.CoreGiven given, Person who) {
        return change(ticket, null, (session, present) -> {
            TicketLine there = line(present, line);
            if (there == null) return Optional.of(Refusal.of("line-unknown"));
            if (there.kind() != SaleLine.Kind.PART || there.part().core().isZero())
                return Optional.of(Refusal.of("core-none"));
            tickets.setCore(session, line, given);
            return Optional.empty();
        });
    }

    @Override
    public Outcome<Ticket> serials(UUID ticket, UUID line, List<String> serials, Person who) {
        List<String> typed = serials.stream().map(String::strip).toList();
        return change(ticket, null, (session, present) -> {
            TicketLine there = line(present, line);
            if (there == null) return Optional.of(Refusal.of("line-unknown"));
            if (there.kind() != SaleLine.Kind.PART && there.kind() != SaleLine.Kind.RETURN)
                return Optional.of(Refusal.of("serial-none"));
            if (there.kind() == SaleLine.Kind.RETURN) {
                List<String> sold = tickets.soldSerials(session, present).getOrDefault(line, List.of());
                for (String one : typed)
                    if (sold.stream().noneMatch(one::equalsIgnoreCase))
                        return Optional.of(Refusal.of("serial-not-sold", one));
            }
            if (typed.size() > Particulars.MOST_SERIALS)
                return Optional.of(Refusal.of("serial-too-many", Integer.toString(Particulars.MOST_SERIALS)));
            Set<String> seen = new HashSet<>();
            for (String one : typed)
                if (one.isEmpty()
                        || one.length() > Particulars.MAX_SERIAL
                        || one.codePoints().anyMatch(Character::isISOControl)
                        || !seen.add(one.toUpperCase(Locale.ROOT)))
                    return Optional.of(Refusal.of("serial-invalid", one));
            tickets.setSerials(session, line, typed);
            return Optional.empty();
        });
    }

    private record Found(String serial, UUID line, UUID sale) {}

    @Override
    public List<Sold> sold(String serial, int limit) {
        return sales.read(session -> {
            List<Sold> sold = new ArrayList<>();
            for (Found found : session.all(
                    """
                    select sale_serial.serial, sale_serial.line_id, sale_serial.sale_id
                    from sale_serial
                    join sale on sale.id = sale_serial.sale_id
                    where sale_serial.serial = ?
                    order by sale.sold_at desc
                    limit ?
                    """,
                    row -> new Found(row.text("serial"), row.id("line_id"), row.id("sale_id")),
                    serial.strip(),
                    limit)) {
                Sale sale = saleRows.stored(session, found.sale()).orElseThrow().sale();
                for (SaleLine line : sale.lines())
                    if (line.id().equals(found.line()))
                        sold.add(new Sold(
                                found.serial(),
                                sale.id(),
                                sale.folio().text(),
                                sale.businessDay(),
                                line.number().value(),
                                line.description(),
                                line.kind().comesBack()));
            }
            return sold;
        });
    }

    private static @Nullable TicketLine line(Ticket ticket, UUID line) {
        return ticket.lines().stream()
                .filter(one -> one.id().equals(line))
                .findFirst()
                .orElse(null);
    }

    @FunctionalInterface
    private interface Change {
        /** @return why not; the ticket is as it was then */
        Optional<Refusal> apply(Session session, Ticket present) throws SQLException;
    }

    private Outcome<Ticket> change(UUID ticket, @Nullable String act, Change work) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (act != null && tickets.done(session, ticket, act))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            if (!tickets.workable(session, head.register())) return Outcome.refused("cash-session-closed");
            Optional<Refusal> no = work.apply(session, tickets.ticket(session, head, branch.region()));
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            if (act != null && !tickets.firstTime(session, ticket, act))
                throw new IllegalStateException("act " + act + " came twice in one transaction");
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }
}
