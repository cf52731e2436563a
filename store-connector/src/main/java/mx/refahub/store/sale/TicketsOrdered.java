package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.market.OrderTickets;
import mx.refahub.store.sqlite.Session;

/** Orders of marketplaces become tickets, whose lines stand as they were ordered. */
public final class TicketsOrdered implements OrderTickets {
    private final Tickets tickets;
    private final Clock clock;

    public TicketsOrdered(Tickets tickets, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    @Override
    public Outcome<Ticket> load(
            Session session, UUID order, List<SaleLine> lines, RegisterId register, Branch branch, Person who)
            throws SQLException {
        if (SqliteTill.openCashSession(session, register).isEmpty()) return Outcome.refused("cash-session-closed");
        Tickets.Head holding = tickets.selling(session, order).orElse(null);
        if (holding != null && !holding.parked()) {
            if (!holding.register().equals(register))
                return Outcome.refused(
                        "promise-elsewhere",
                        session.first(
                                        "select name from register where id = ?",
                                        row -> row.text("name"),
                                        holding.register().value())
                                .orElse(""));
            return Outcome.done(tickets.ticket(session, anew(session, holding, lines), branch.region()));
        }
        Tickets.Head there = tickets.inHand(session, register).orElse(null);
        if (there != null) {
            if (tickets.ticket(session, there, branch.region()).lines().isEmpty())
                tickets.drop(session, there.id(), clock.instant());
            else tickets.park(session, there.id(), "", who, clock.instant());
        }
        if (holding != null) {
            tickets.takeUp(session, holding.id(), register);
            return Outcome.done(tickets.ticket(session, anew(session, holding, lines), branch.region()));
        }
        UUID id = tickets.open(session, register, clock.instant()).id();
        tickets.sell(session, id, order);
        for (SaleLine line : lines) tickets.addAgreed(session, id, List.of(line));
        tickets.markPromised(session, id);
        return Outcome.done(tickets.ticket(session, tickets.head(session, id).orElseThrow(), branch.region()));
    }

    /** Part of the order may have been cancelled since its ticket was made: then its lines are put on it again, without what was typed on them. */
    private Tickets.Head anew(Session session, Tickets.Head head, List<SaleLine> lines) throws SQLException {
        if (!tickets.orders().changed(session, head.id(), head.promise())) return head;
        UUID order = java.util.Objects.requireNonNull(head.promise());
        tickets.removeAgreed(session, head.id());
        tickets.sell(session, head.id(), order);
        for (SaleLine line : lines) tickets.addAgreed(session, head.id(), List.of(line));
        tickets.markPromised(session, head.id());
        return tickets.head(session, head.id()).orElseThrow();
    }
}
