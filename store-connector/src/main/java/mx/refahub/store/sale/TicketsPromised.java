package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.promise.PromiseTickets;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.terminal.CardCharges;
import org.jspecify.annotations.Nullable;

/** Tickets become promises, and promises tickets. */
public final class TicketsPromised implements PromiseTickets {
    private final Tickets tickets;
    private final TicketPrices prices;
    private final PartCatalogue catalogue;
    private final AppliedStreams streams;
    private final Clock clock;

    public TicketsPromised(
            Tickets tickets, TicketPrices prices, PartCatalogue catalogue, AppliedStreams streams, Clock clock) {
        this.tickets = tickets;
        this.prices = prices;
        this.catalogue = catalogue;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public Outcome<Ticket> toPromise(Session session, UUID ticket, Branch branch) throws SQLException {
        Tickets.Head head = tickets.head(session, ticket).orElse(null);
        if (head == null) return Outcome.refused("ticket-unknown");
        if (head.finished()) return Outcome.refused("ticket-finished");
        if (head.parked()) return Outcome.refused("ticket-parked");
        prices.repriceIfOld(session, ticket, branch);
        Ticket present = tickets.ticket(session, head, branch.region());
        if (present.lines().isEmpty()) return Outcome.refused("ticket-empty");
        if (head.promise() != null
                || present.lines().stream()
                        .anyMatch(line ->
                                line.kind().comesBack() || line.kind() == SaleLine.Kind.VOUCHER || line.agreed()))
            return Outcome.refused("promise-lines");
        if (present.totals().total().minor() <= 0) return Outcome.refused("promise-lines");
        if (CardCharges.hang(session, ticket)) return Outcome.refused("card-charge-on-ticket");
        return Outcome.done(present);
    }

    @Override
    public void gone(Session session, UUID ticket) throws SQLException {
        tickets.drop(session, ticket, clock.instant());
    }

    @Override
    public Map<PartId, PartCard> today(Promise promise) {
        return catalogue.cards(promise.lines().stream()
                .filter(line -> line.kind() == SaleLine.Kind.PART)
                .map(SaleLine::part)
                .distinct()
                .toList());
    }

    @Override
    public Outcome<Loaded> load(
            Session session,
            Promise promise,
            RegisterId register,
            @Nullable Map<PartId, PartCard> today,
            Branch branch,
            Person who)
            throws SQLException {
        if (SqliteTill.openCashSession(session, register).isEmpty()) return Outcome.refused("cash-session-closed");
        Tickets.Head holding = tickets.selling(session, promise.id()).orElse(null);
        if (holding != null && !holding.parked()) {
            if (!holding.register().equals(register))
                return Outcome.refused(
                        "promise-elsewhere",
                        session.first(
                                        "select name from register where id = ?",
                                        row -> row.text("name"),
                                        holding.register().value())
                                .orElse(""));
            return Outcome.done(new Loaded(tickets.ticket(session, holding, branch.region()), List.of()));
        }
        Tickets.Head there = tickets.inHand(session, register).orElse(null);
        if (there != null) {
            if (tickets.ticket(session, there, branch.region()).lines().isEmpty())
                tickets.drop(session, there.id(), clock.instant());
            else tickets.park(session, there.id(), "", who, clock.instant());
        }
        if (holding != null) {
            tickets.takeUp(session, holding.id(), register);
            return Outcome.done(new Loaded(ticket(session, holding.id(), branch), List.of()));
        }
        UUID id = tickets.open(session, register, clock.instant()).id();
        tickets.sell(session, id, promise.id());
        Promise.Client customer = promise.customer();
        if (customer != null) tickets.sellTo(session, id, Buyer.of(customer.id(), customer.name()));
        List<String> left = new ArrayList<>();
        for (List<SaleLine> line : withDeposits(promise.lines())) {
            SaleLine first = line.getFirst();
            if (today == null || first.kind() == SaleLine.Kind.MISC) {
                tickets.addAgreed(session, id, line);
                continue;
            }
            PartCard card = today.get(first.part());
            Price price = card == null ? null : card.price();
            if (card == null || price == null) left.add(first.lineCode() + " " + first.number());
            else tickets.add(session, id, card.part(), price, streams.version(Stream.PRICES), first.quantity(), who);
        }
        prices.reprice(session, id, branch);
        return Outcome.done(new Loaded(ticket(session, id, branch), left));
    }

    private Ticket ticket(Session session, UUID id, Branch branch) throws SQLException {
        return tickets.ticket(session, tickets.head(session, id).orElseThrow(), branch.region());
    }

    /** Each line with the deposit that follows it, if one does. */
    private static List<List<SaleLine>> withDeposits(List<SaleLine> lines) {
        List<List<SaleLine>> together = new ArrayList<>();
        for (SaleLine line : lines)
            if (line.kind() == SaleLine.Kind.CORE_DEPOSIT) together.getLast().add(line);
            else together.add(new ArrayList<>(List.of(line)));
        return together;
    }
}
