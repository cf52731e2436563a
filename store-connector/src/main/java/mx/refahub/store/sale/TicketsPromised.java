package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.Particulars;
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
import mx.refahub.store.stock.Openings;
import mx.refahub.store.terminal.CardCharges;
import org.jspecify.annotations.Nullable;

/** Tickets become promises, and promises tickets. */
public final class TicketsPromised implements PromiseTickets {
    private final Tickets tickets;
    private final TicketPrices prices;
    private final PartCatalogue catalogue;
    private final AppliedStreams streams;
    private final Clock clock;
    private final TicketKits kits;

    public TicketsPromised(
            Tickets tickets,
            TicketPrices prices,
            PartCatalogue catalogue,
            Openings openings,
            AppliedStreams streams,
            Clock clock) {
        this.tickets = tickets;
        this.prices = prices;
        this.catalogue = catalogue;
        this.streams = streams;
        this.clock = clock;
        this.kits = tickets.kits(catalogue, openings);
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

    private record Now(Map<PartId, PartCard> cards, Map<PartId, TicketKits.Contents> kits) implements Today {}

    @Override
    public Today today(Promise promise) {
        Set<PartId> parts = new LinkedHashSet<>();
        for (SaleLine line : promise.lines()) {
            KitOf kit = Particulars.kitOf(line.particulars());
            if (kit != null) parts.add(kit.part());
            else if (line.kind() == SaleLine.Kind.PART) parts.add(line.part());
        }
        Map<PartId, PartCard> cards = catalogue.cards(parts);
        Map<PartId, TicketKits.Contents> contents = new HashMap<>();
        for (SaleLine line : promise.lines()) {
            KitOf kit = Particulars.kitOf(line.particulars());
            PartCard card = kit == null ? null : cards.get(kit.part());
            if (card != null && !contents.containsKey(card.part().id()))
                kits.contents(card).ifPresent(held -> contents.put(card.part().id(), held));
        }
        return new Now(cards, contents);
    }

    @Override
    public Outcome<Loaded> load(
            Session session, Promise promise, RegisterId register, @Nullable Today today, Branch branch, Person who)
            throws SQLException {
        if (!tickets.workable(session, register)) return Outcome.refused("cash-session-closed");
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
        Now now = (Now) today;
        Set<UUID> kitsDone = new HashSet<>();
        List<String> left = new ArrayList<>();
        for (List<SaleLine> line : withDeposits(promise.lines())) {
            SaleLine first = line.getFirst();
            if (now == null || first.kind() == SaleLine.Kind.MISC) {
                tickets.addAgreed(session, id, line);
                continue;
            }
            KitOf kit = Particulars.kitOf(first.particulars());
            if (kit != null) {
                if (kitsDone.add(kit.id()) && !addKit(session, id, kit, now, who, branch))
                    left.add(kit.lineCode() + " " + kit.number());
                continue;
            }
            PartCard card = now.cards().get(first.part());
            Price price = card == null ? null : card.price();
            if (card == null || price == null) left.add(first.lineCode() + " " + first.number());
            else tickets.add(session, id, card.part(), price, streams.version(Stream.PRICES), first.quantity(), who);
        }
        tickets.markPromised(session, id);
        tickets.sellNoneIfGone(session, id);
        prices.reprice(session, id, branch);
        return Outcome.done(new Loaded(ticket(session, id, branch), left));
    }

    /** As one scan of it would put it there; false if it is not to be had at today's prices. */
    private boolean addKit(Session session, UUID ticket, KitOf kit, Now now, Person who, Branch branch)
            throws SQLException {
        PartCard card = now.cards().get(kit.part());
        if (card == null) return false;
        long version = streams.version(Stream.PRICES);
        TicketKits.Contents held = now.kits().get(kit.part());
        if (held != null && !TicketKits.boxed(session, ticket, held, kit.quantity()))
            return kits.add(session, ticket, held, version, kit.quantity(), who, branch.region())
                    .isEmpty();
        Price price = card.price();
        if (price == null) return false;
        tickets.add(session, ticket, card.part(), price, version, kit.quantity(), who);
        return true;
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
