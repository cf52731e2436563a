package mx.refahub.store.market;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.market.MarketOrders;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.wire.LeaseRow;
import mx.refahub.domain.wire.MarketOrderRow;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.stock.OrderLeases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Orders out of the leases that the hub told of, and of what this branch did about them. */
public final class SqliteMarketOrders implements MarketOrders {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteMarketOrders.class);
    private static final int MOST_SHOWN = 500;
    private static final int LONGEST = 120;

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final Identities identities;
    private final BranchSettings branches;
    private final PartCatalogue catalogue;
    private final StockLeases leases;
    private final OrderLeases held;
    private final OrderTickets tickets;
    private final Till till;
    private final OutboxWriter outbox;
    private final JsonMapper json;
    private final IdSource ids;

    public SqliteMarketOrders(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            PartCatalogue catalogue,
            StockLeases leases,
            OrderTickets tickets,
            Till till,
            OutboxWriter outbox,
            JsonMapper json,
            IdSource ids) {
        this.sales = sales;
        this.reference = reference;
        this.identities = identities;
        this.branches = branches;
        this.catalogue = catalogue;
        this.leases = leases;
        this.held = new OrderLeases(json);
        this.tickets = tickets;
        this.till = till;
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    /** A line of an order as the hub told of it last. */
    private record Heard(LeaseRow row, MarketOrderRow order) {}

    /** @param told that its parcel went out */
    private record SaleOf(UUID id, String folio, boolean told) {}

    @Override
    public List<Waiting> open() {
        return waiting(heard(null)).stream()
                .sorted(Comparator.comparing(Waiting::since).thenComparing(Waiting::order))
                .limit(MOST_SHOWN)
                .toList();
    }

    private List<Heard> heard(@Nullable UUID order) {
        UUID me = identities.current().map(identity -> identity.store().value()).orElse(null);
        List<LeaseRow> rows = reference.read(
                session -> session.all("""
                select body
                from lease
                where json_extract(body, '$.market.order') is not null and ?1 is null or json_extract(body, '$.market.order') = ?1
                """, row -> json.readValue(row.text("body"), LeaseRow.class), order));
        List<Heard> heard = new ArrayList<>();
        for (LeaseRow row : rows) {
            MarketOrderRow market = row.market();
            if (market != null && row.giver().equals(me)) heard.add(new Heard(row, market));
        }
        return heard;
    }

    private List<Waiting> waiting(List<Heard> all) {
        Map<UUID, List<Heard>> orders = new LinkedHashMap<>();
        for (Heard one : all)
            orders.computeIfAbsent(one.order().order(), id -> new ArrayList<>()).add(one);
        Map<UUID, SaleOf> sold = sales.read(session -> sold(session, orders.keySet()));
        List<Waiting> waiting = new ArrayList<>();
        orders.forEach((order, lines) -> {
            SaleOf sale = sold.get(order);
            State state =
                    sale == null ? State.READY : afterwards(lines.getFirst().order(), sale);
            if (state != null) waiting(order, lines, sale, state).ifPresent(waiting::add);
        });
        return waiting;
    }

    /** What is still to be done about a sold order; null where nobody has anything to do. */
    private @Nullable State afterwards(MarketOrderRow market, SaleOf sale) {
        if (market.cancelled())
            return sales.read(session -> OrderLeases.out(session, sale.id())).thousandths() > 0
                    ? State.TO_TAKE_BACK
                    : null;
        return market.byMarketplace() || sale.told() || !market.tracking().isEmpty() ? null : State.TO_SHIP;
    }

    /** Of months of orders in one statement: every till asks twice a minute. */
    private Map<UUID, SaleOf> sold(Session session, Collection<UUID> orders) throws SQLException {
        Map<UUID, SaleOf> sold = new HashMap<>();
        session.all(
                """
                select e.promise_id, sale.id, folio_prefix, folio_number, exists (
                    select 1
                    from stock_lease_step s
                    where s.ticket_id = e.promise_id and s.step = 'SENT') as told
                from json_each(?) asked
                join promise_entry e on e.promise_id = asked.value and e.kind = 'APPLIED'
                join sale on sale.id = e.id
                """,
                row -> sold.put(
                        row.id("promise_id"),
                        new SaleOf(
                                row.id("id"),
                                new Folio(row.text("folio_prefix"), row.number("folio_number")).text(),
                                row.flag("told"))),
                json.writeValueAsString(orders));
        return sold;
    }

    private Optional<SaleOf> sale(Session session, UUID order) throws SQLException {
        return Optional.ofNullable(sold(session, List.of(order)).get(order));
    }

    /**
     * Empty where nobody has anything to do about it.
     *
     * @param first its state, before its lines have been looked at
     */
    private Optional<Waiting> waiting(UUID order, List<Heard> lines, @Nullable SaleOf sale, State first) {
        MarketOrderRow market = lines.getFirst().order();
        List<Line> shown = new ArrayList<>();
        State state = first;
        Instant since = lines.getFirst().row().askedAt();
        Instant until = lines.getFirst().row().expiresAt();
        Money total = Money.mxn(0);
        for (Heard one : lines) {
            LeaseRow row = one.row();
            Quantity pieces = new Quantity(row.quantity());
            Money price = Money.mxn(one.order().price());
            Quantity reserved = null;
            if (sale == null) {
                if (!(leases.one(row.id()) instanceof Outcome.Done<StockLeases.Lease>(StockLeases.Lease lease)))
                    continue;
                switch (lease.state()) {
                    // Wanted no more, or refused by somebody here.
                    case WITHDRAWN, REFUSED, SENT -> {
                        continue;
                    }
                    case ASKED -> state = State.WAITING;
                    case SHORT -> {
                        if (state == State.READY) state = State.SHORT;
                    }
                    case LAPSED -> {
                        if (lease.reserved() == null) state = State.WAITING;
                    }
                    case RESERVED -> {}
                }
                reserved = lease.reserved();
            }
            if (row.askedAt().isBefore(since)) since = row.askedAt();
            if (row.expiresAt().isBefore(until)) until = row.expiresAt();
            shown.add(new Line(new PartId(row.part()), one.order().title(), pieces, reserved, price));
            total = total.plus(Money.mxn(price.minor() * pieces.thousandths() / Quantity.ONE.thousandths()));
        }
        if (shown.isEmpty()) return Optional.empty();
        if (sale == null && shown.size() < market.lines()) state = State.WAITING;
        return Optional.of(new Waiting(
                order,
                market.market(),
                market.number(),
                market.buyer(),
                market.to(),
                state,
                market.byMarketplace(),
                since,
                until,
                total,
                shown,
                sale == null ? "" : sale.folio()));
    }

    @Override
    public Outcome<Sale> collect(UUID order, RegisterId register, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        SaleOf sold = sales.read(session -> sale(session, order)).orElse(null);
        if (sold != null)
            return till.sale(sold.id())
                    .<Outcome<Sale>>map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("sale-unknown"));
        List<Heard> heard = heard(order);
        Waiting waiting = waiting(heard).stream().findFirst().orElse(null);
        if (waiting == null) return Outcome.refused("market-order-unknown");
        if (waiting.state() == State.WAITING) return Outcome.refused("market-order-waiting", waiting.number());
        if (waiting.lines().stream().anyMatch(line -> line.unitPrice().isZero()))
            return Outcome.refused("market-order-unpriced", waiting.number());
        Map<PartId, PartCard> cards =
                catalogue.cards(waiting.lines().stream().map(Line::part).toList());
        List<SaleLine> lines = new ArrayList<>();
        for (Line line : waiting.lines()) {
            PartCard card = cards.get(line.part());
            if (card == null) return Outcome.refused("part-unknown");
            lines.add(line(line, card.part(), waiting, branch, who));
        }
        Outcome<Ticket> loaded = sales.write(session -> {
            for (Heard one : heard) held.refresh(session, one.row().id(), one.order());
            return tickets.load(session, order, List.copyOf(lines), register, branch, who);
        });
        return switch (loaded) {
            case Outcome.Refused<Ticket>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Ticket>(Ticket ticket) -> {
                Outcome<Sale> sale = till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of()), who);
                if (sale instanceof Outcome.Done<Sale>(Sale done))
                    LOG.info("market order sold order={} sale={}", order, done.id());
                yield sale;
            }
        };
    }

    /** At the marketplace's price, tax included; who bought stands in the line's note. */
    private SaleLine line(Line line, Part part, Waiting order, Branch branch, Person who) {
        Price price = new Price(line.unitPrice(), true);
        Tax tax = Tax.of(part.taxClass(), branch.region(), part.taxObject());
        String note = (order.market() + " " + order.number() + " " + order.buyer()).strip();
        return new SaleLine(
                ids.next(),
                SaleLine.Kind.PART,
                part.id(),
                part.lineCode(),
                part.number(),
                part.nameEs(),
                part.unit(),
                line.pieces(),
                price,
                price,
                LineAmounts.of(price, line.pieces(), Money.mxn(0), tax),
                tax,
                part.satCode(),
                part.satUnit(),
                who.id(),
                who.name(),
                note.length() > SaleLine.MAX_NOTE ? note.substring(0, SaleLine.MAX_NOTE) : note,
                null,
                null,
                null,
                null);
    }

    @Override
    public Outcome<UUID> ship(UUID order, String carrier, String tracking, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        OrderLeases.Parcel parcel = new OrderLeases.Parcel(text(carrier), text(tracking));
        if (parcel.carrier().isEmpty() || parcel.tracking().isEmpty()) return Outcome.refused("market-parcel-empty");
        Outcome<Boolean> told = sales.write(session -> {
            if (sale(session, order).isEmpty()) return Outcome.<Boolean>refused("market-not-sold");
            OrderLeases.Told said =
                    held.sent(session, outbox, identity, order, parcel, who).orElse(null);
            if (said == null) return Outcome.<Boolean>refused("market-order-unknown");
            return said.parcel().equals(parcel)
                    ? Outcome.done(said.fresh())
                    : Outcome.<Boolean>refused(
                            "market-parcel-told",
                            said.parcel().carrier() + " " + said.parcel().tracking());
        });
        return switch (told) {
            case Outcome.Refused<Boolean>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Boolean>(Boolean fresh) -> {
                if (fresh) {
                    outbox.ring();
                    LOG.info("market parcel told order={} user={}", order, who.id());
                }
                yield Outcome.done(order);
            }
        };
    }

    private static String text(String typed) {
        String text = typed.strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
