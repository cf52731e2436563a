package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketShelf;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.terminal.CardCharges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting tickets in sales.db. Each call is one transaction. */
public final class SqliteTicketShelf implements TicketShelf {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteTicketShelf.class);

    private final SqliteFile sales;
    private final BranchSettings branches;
    private final Tickets tickets;
    private final Clock clock;

    public SqliteTicketShelf(SqliteFile sales, BranchSettings branches, Tickets tickets, Clock clock) {
        this.sales = sales;
        this.branches = branches;
        this.tickets = tickets;
        this.clock = clock;
    }

    @Override
    public Outcome<Parked> park(UUID ticket, String note, Person who) {
        String text = note.strip().replaceAll("[\\s\\h]+", " ");
        if (text.length() > MAX_NOTE) return Outcome.refused("note-too-long", Integer.toString(MAX_NOTE));
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (head.finished()) return Outcome.refused("ticket-finished");
            Ticket present = tickets.ticket(session, head, branch.region());
            if (present.lines().isEmpty()) return Outcome.refused("ticket-empty");
            if (!head.parked()) {
                tickets.park(session, ticket, text, who, clock.instant());
                LOG.info(
                        "ticket parked ticket={} lines={}",
                        ticket,
                        present.lines().size());
            }
            return Outcome.done(waiting(session, ticket, branch.region()));
        });
    }

    @Override
    public List<Parked> parked() {
        Branch branch = branches.current().orElse(null);
        return branch == null ? List.of() : sales.read(session -> all(session, branch.region()));
    }

    @Override
    public Outcome<Ticket> recall(RegisterId register, UUID ticket, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.write(session -> {
            if (!tickets.workable(session, register)) return Outcome.refused("cash-session-closed");
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (!head.parked() && !head.finished() && head.register().equals(register))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            if (head.finished() || !head.parked()) return Outcome.refused("ticket-not-parked");
            putAside(session, register, who);
            tickets.takeUp(session, ticket, register);
            LOG.info("ticket recalled ticket={} register={}", ticket, register);
            Tickets.Head taken = tickets.head(session, ticket).orElseThrow();
            return Outcome.done(tickets.ticket(session, taken, branch.region()));
        });
    }

    @Override
    public Outcome<List<Parked>> drop(UUID ticket, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (!head.parked()) return Outcome.refused("ticket-not-parked");
            if (!head.finished()) {
                if (CardCharges.hang(session, ticket)) return Outcome.refused("card-charge-on-ticket");
                tickets.drop(session, ticket, clock.instant());
                LOG.info("ticket dropped ticket={} user={}", ticket, who.id());
            }
            return Outcome.done(all(session, branch.region()));
        });
    }

    /** What is in hand at the register waits with the others, in the caller's transaction; without lines it is dropped. */
    public void putAside(Session session, RegisterId register, Person who) throws SQLException {
        Tickets.Head there = tickets.inHand(session, register).orElse(null);
        if (there == null) return;
        boolean empty = !session.exists("select 1 from ticket_line where ticket_id = ?", there.id());
        if (empty) tickets.drop(session, there.id(), clock.instant());
        else tickets.park(session, there.id(), "", who, clock.instant());
    }

    private List<Parked> all(Session session, TaxRegion region) throws SQLException {
        List<UUID> waiting = session.all("""
                select id
                from ticket
                where parked_at is not null and finished_at is null and dropped_at is null
                and not exists (select 1 from note where note.ticket_id = ticket.id)
                order by parked_at desc, id desc
                limit 200
                """, row -> row.id("id"));
        List<Parked> parked = new java.util.ArrayList<>(waiting.size());
        for (UUID ticket : waiting) parked.add(waiting(session, ticket, region));
        return parked;
    }

    private Parked waiting(Session session, UUID ticket, TaxRegion region) throws SQLException {
        Ticket present = tickets.ticket(session, tickets.head(session, ticket).orElseThrow(), region);
        int lines = present.lines().size();
        Money total = present.totals().total();
        return session.first(
                        """
                        select parked_note, parked_by, parked_at
                        from ticket
                        where id = ?
                        """,
                        (Row row) -> new Parked(
                                ticket,
                                row.text("parked_note"),
                                row.text("parked_by"),
                                row.instant("parked_at"),
                                lines,
                                total),
                        ticket)
                .orElseThrow();
    }
}
