package mx.refahub.store.sale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Units;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.DiscountLimits;
import mx.refahub.domain.sale.FiscalState;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.sale.MiscLimits;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.credit.CreditRows;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.lender.LenderOrders;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.promise.PromiseLedger;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.stock.Openings;
import mx.refahub.store.stock.StockLedger;
import mx.refahub.store.terminal.CardCharges;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The till over sales.db. Each call is one transaction; {@link #pay} is the one that everything else here exists for. */
public final class SqliteTill implements Till {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteTill.class);
    /** More than this of one line is a typing mistake (a barcode scanned into the quantity). */
    static final Quantity LARGEST = Quantity.of(99_999);

    private static final int MOST_LISTED = 500;

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final PartCatalogue catalogue;
    private final Openings openings;
    private final AppliedStreams streams;
    private final OutboxWriter outbox;
    private final SaleRows saleRows;
    private final AccountLedger accounts;
    private final OpeningCores coreOpenings;
    private final Tickets tickets;
    private final TicketPrices prices;
    private final DiscountLimits limits;
    private final MiscLimits miscLimits;
    private final IdSource ids;
    private final Clock clock;
    private final RandomGenerator random;
    private final Runnable receiptQueued;
    private final TillTenders tenders;
    private final TicketKits kits;

    /** @param receiptQueued called after a commit that queued a receipt; only sets a flag and returns */
    public SqliteTill(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            PartCatalogue catalogue,
            Openings openings,
            Tickets tickets,
            TicketPrices prices,
            AppliedStreams streams,
            OutboxWriter outbox,
            SaleRows saleRows,
            AccountLedger accounts,
            DiscountLimits limits,
            MiscLimits miscLimits,
            IdSource ids,
            Clock clock,
            RandomGenerator random,
            Runnable receiptQueued,
            TillTenders tenders) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.catalogue = catalogue;
        this.openings = openings;
        this.streams = streams;
        this.outbox = outbox;
        this.saleRows = saleRows;
        this.accounts = accounts;
        coreOpenings = new OpeningCores(accounts);
        this.tickets = tickets;
        this.prices = prices;
        this.limits = limits;
        this.miscLimits = miscLimits;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.receiptQueued = receiptQueued;
        this.tenders = tenders;
        this.kits = tickets.kits(catalogue, openings);
    }

    @Override
    public Outcome<Ticket> inHand(RegisterId register, Person who) {
        return inBranch((session, branch) -> {
            if (!tickets.workable(session, register)) return Outcome.refused("cash-session-closed");
            Optional<Tickets.Head> open = tickets.inHand(session, register);
            Tickets.Head head = open.isPresent() ? open.get() : tickets.open(session, register, clock.instant());
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    @Override
    public Outcome<Ticket> ticket(UUID ticket) {
        return inBranch((session, branch) -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (head.finished()) return Outcome.refused("ticket-finished");
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    @Override
    public Outcome<Ticket> add(UUID ticket, UUID act, PartId part, Quantity quantity, Person who) {
        PartCard card = catalogue.card(part).orElse(null);
        TicketKits.Contents kit = card == null ? null : kits.contents(card).orElse(null);
        return inBranch((session, branch) -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (tickets.done(session, ticket, act.toString()))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            if (!tickets.workable(session, head.register())) return Outcome.refused("cash-session-closed");
            if (!quantity.isPositive()) return Outcome.refused("quantity-not-positive");
            if (card == null) return Outcome.refused("part-unknown");
            if (kit != null && !TicketKits.boxed(session, ticket, kit, quantity)) {
                Optional<Refusal> no = addKit(session, ticket, kit, quantity, who, branch);
                if (no.isPresent()) return new Outcome.Refused<>(no.get());
                NoteRows.hold(session, ticket);
                if (!tickets.firstTime(session, ticket, act.toString()))
                    throw new IllegalStateException("act " + act + " came twice in one transaction");
                prices.reprice(session, ticket, branch);
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            }
            Price price = card.price();
            if (price == null)
                return Outcome.refused(
                        "part-without-price",
                        card.part().lineCode() + " " + card.part().number());
            Optional<Tickets.Same> same = tickets.same(session, ticket, card, price, who);
            // Each is capped before they are summed, so that the sum cannot overflow.
            if (quantity.compareTo(LARGEST) > 0
                    || same.isPresent() && same.get().quantity().plus(quantity).compareTo(LARGEST) > 0)
                return Outcome.refused("quantity-too-large", LARGEST.text());
            Optional<Refusal> fraction = Units.refusal(quantity, card.part().unit());
            if (fraction.isPresent()) return new Outcome.Refused<>(fraction.get());
            if (!tickets.firstTime(session, ticket, act.toString()))
                throw new IllegalStateException("act " + act + " came twice in one transaction");
            if (same.isPresent())
                tickets.setQuantity(
                        session,
                        ticket,
                        same.get().line(),
                        same.get().quantity().plus(quantity));
            else tickets.add(session, ticket, card.part(), price, streams.version(Stream.PRICES), quantity, who);
            prices.reprice(session, ticket, branch);
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    private Optional<Refusal> addKit(
            Session session, UUID ticket, TicketKits.Contents kit, Quantity quantity, Person who, Branch branch)
            throws SQLException {
        Optional<TicketKits.Same> same = TicketKits.same(session, ticket, kit, who);
        if (same.isEmpty())
            return kits.add(session, ticket, kit, streams.version(Stream.PRICES), quantity, who, branch.region());
        if (quantity.compareTo(LARGEST) > 0) return Optional.of(Refusal.of("quantity-too-large", LARGEST.text()));
        return setKits(session, same.get().kit(), same.get().quantity().plus(quantity));
    }

    private static Optional<Refusal> setKits(Session session, UUID kit, Quantity quantity) throws SQLException {
        Optional<Refusal> no = TicketKits.refused(quantity, TicketKits.most(session, kit));
        if (no.isEmpty()) TicketKits.setQuantity(session, kit, quantity);
        return no;
    }

    @Override
    public Outcome<Ticket> addMisc(
            UUID ticket, UUID act, MiscItem item, Quantity quantity, Person who, @Nullable Person approver) {
        return inBranch((session, branch) -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (tickets.done(session, ticket, act.toString()))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            if (!tickets.workable(session, head.register())) return Outcome.refused("cash-session-closed");
            if (!quantity.isPositive()) return Outcome.refused("quantity-not-positive");
            if (quantity.compareTo(LARGEST) > 0) return Outcome.refused("quantity-too-large", LARGEST.text());
            Optional<Refusal> no = miscRefused(item.price().amount(), who, approver);
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            if (!tickets.firstTime(session, ticket, act.toString()))
                throw new IllegalStateException("act " + act + " came twice in one transaction");
            Person asked = miscLimits.allow(who, item.price().amount()) ? null : approver;
            tickets.addMisc(session, ticket, item, quantity, who, asked);
            if (asked != null) LOG.info("misc item granted ticket={} user={} by={}", ticket, who.id(), asked.id());
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    /** Why nobody here answers for such a price; empty if somebody does. */
    private Optional<Refusal> miscRefused(Money price, Person who, @Nullable Person approver) {
        if (miscLimits.allow(who, price)) return Optional.empty();
        if (approver == null) return Optional.of(Refusal.of("misc-needs-approval", miscLimit(who)));
        if (miscLimits.allow(approver, price)) return Optional.empty();
        return Optional.of(Refusal.of("misc-above-approver", approver.name(), miscLimit(approver)));
    }

    private String miscLimit(Person person) {
        return miscLimits.of(person).map(Money::text).orElse("");
    }

    @Override
    public Outcome<Ticket> quantity(UUID ticket, UUID line, Quantity quantity, Person who) {
        return change(ticket, (session, present) -> {
            if (!quantity.isPositive()) return Optional.of(Refusal.of("quantity-not-positive"));
            if (quantity.compareTo(LARGEST) > 0) return Optional.of(Refusal.of("quantity-too-large", LARGEST.text()));
            if (TicketKits.quantity(session, ticket, line).isPresent()) {
                Optional<Refusal> not = setKits(session, line, quantity);
                if (not.isEmpty()) NoteRows.hold(session, ticket);
                return not;
            }
            Optional<Refusal> no = ownLine(present, line)
                    .or(() -> pieceOfKit(present, line))
                    .or(() -> line(present, line)
                            .filter(there -> there.kind() == SaleLine.Kind.PART)
                            .flatMap(there ->
                                    Units.refusal(quantity, there.part().unit())));
            if (no.isEmpty()) tickets.setQuantity(session, ticket, line, quantity);
            return no;
        });
    }

    @Override
    public Outcome<Ticket> note(UUID ticket, UUID line, String note, Person who) {
        String text = note.strip().replaceAll("[\\s\\h]+", " ");
        return change(ticket, (session, present) -> {
            if (text.length() > SaleLine.MAX_NOTE)
                return Optional.of(Refusal.of("note-too-long", Integer.toString(SaleLine.MAX_NOTE)));
            TicketLine there = line(present, line).orElse(null);
            if (there == null) return Optional.of(Refusal.of("line-unknown"));
            if (there.kind() == SaleLine.Kind.CORE_DEPOSIT) return Optional.of(Refusal.of("line-follows"));
            tickets.setNote(session, line, text);
            return Optional.empty();
        });
    }

    @Override
    public Outcome<Ticket> discount(
            UUID ticket, UUID line, @Nullable Discount discount, String reason, Person who, @Nullable Person approver) {
        return change(ticket, (session, present) -> {
            if (TicketKits.quantity(session, ticket, line).isPresent()) {
                if (discount instanceof Discount.UnitPrice) return Optional.of(Refusal.of("kit-percent-only"));
                return discountLines(session, pieces(present, line), discount, reason.strip(), who, approver);
            }
            Optional<Refusal> no = ownLine(present, line).or(() -> pieceOfKit(present, line));
            if (no.isPresent()) return no;
            List<TicketLine> its = line(present, line).stream().toList();
            if (discount != null && unlessPromoted(its, discount).isEmpty())
                return Optional.of(Refusal.of("promotion-saves-more"));
            return discountLines(session, its, discount, reason.strip(), who, approver);
        });
    }

    @Override
    public Outcome<Ticket> discountAll(
            UUID ticket, Discount.@Nullable Percent discount, String reason, Person who, @Nullable Person approver) {
        return change(ticket, (session, present) -> {
            List<TicketLine> all = present.lines().stream()
                    .filter(l -> l.kind().sells() && !l.agreed())
                    .toList();
            if (all.isEmpty()) return Optional.of(Refusal.of("ticket-empty"));
            List<TicketLine> dearer = discount == null ? all : unlessPromoted(all, discount);
            if (dearer.isEmpty()) return Optional.of(Refusal.of("promotions-save-more"));
            return discountLines(session, dearer, discount, reason.strip(), who, approver);
        });
    }

    /** Without the lines of promotions that let off as much already: nobody pays more because of a discount. The lines of one promotion go together. */
    private static List<TicketLine> unlessPromoted(List<TicketLine> lines, Discount discount) {
        Map<UUID, Money> gained = new HashMap<>();
        for (TicketLine line : lines) {
            UUID promotion = promotion(line);
            if (promotion == null) continue;
            Money byHand = LineAmounts.of(
                            line.listPrice(),
                            line.quantity(),
                            discount.amount(line.listPrice(), line.quantity()),
                            line.tax())
                    .total();
            gained.merge(promotion, line.amounts().total().minus(byHand), Money::plus);
        }
        return lines.stream()
                .filter(line -> {
                    UUID promotion = promotion(line);
                    Money gain = promotion == null ? null : gained.get(promotion);
                    return gain == null || !gain.isNegative() && !gain.isZero();
                })
                .toList();
    }

    private static @Nullable UUID promotion(TicketLine line) {
        PriceReason why = line.priceReason();
        return why == null || line.discount() != null ? null : why.promotion();
    }

    private Optional<Refusal> discountLines(
            Session session,
            List<TicketLine> lines,
            @Nullable Discount discount,
            String reason,
            Person who,
            @Nullable Person approver)
            throws SQLException {
        Grant grant = null;
        if (discount != null) {
            // A unit price above the typed one is no discount: it has the same limit as typing it.
            if (discount instanceof Discount.UnitPrice(Money own)) {
                for (TicketLine line : lines) {
                    if (line.kind() != SaleLine.Kind.MISC
                            || own.compareTo(line.listPrice().amount()) <= 0) continue;
                    Optional<Refusal> no = miscRefused(own, who, approver);
                    if (no.isPresent()) return no;
                }
            }
            if (reason.isEmpty()) return Optional.of(Refusal.of("reason-missing"));
            if (reason.length() > Grant.MAX_REASON)
                return Optional.of(Refusal.of("reason-too-long", Integer.toString(Grant.MAX_REASON)));
            BigDecimal most = lines.stream()
                    .map(line -> discount.percentOf(line.listPrice()))
                    .reduce(BigDecimal.ZERO, BigDecimal::max);
            Person grants = limits.of(who).compareTo(most) >= 0 ? who : approver;
            if (grants == null) return Optional.of(Refusal.of("discount-needs-approval", percent(limits.of(who))));
            if (limits.of(grants).compareTo(most) < 0)
                return Optional.of(Refusal.of("discount-above-approver", grants.name(), percent(limits.of(grants))));
            grant = new Grant(reason, grants.id(), grants.name());
            LOG.info("discount granted lines={} percent={} user={} by={}", lines.size(), most, who.id(), grants.id());
        }
        for (TicketLine line : lines) tickets.setDiscount(session, line.id(), discount, grant);
        return Optional.empty();
    }

    private static String percent(BigDecimal percent) {
        BigDecimal bare = percent.stripTrailingZeros();
        return (bare.scale() < 0 ? bare.setScale(0, RoundingMode.UNNECESSARY) : bare).toPlainString();
    }

    private static Optional<TicketLine> line(Ticket ticket, UUID line) {
        return ticket.lines().stream().filter(l -> l.id().equals(line)).findFirst();
    }

    /** A line whose quantity and price are its own: not a deposit, and not one that comes back. */
    private static Optional<Refusal> ownLine(Ticket ticket, UUID line) {
        TicketLine there = line(ticket, line).orElse(null);
        if (there == null) return Optional.of(Refusal.of("line-unknown"));
        if (there.agreed()) return Optional.of(Refusal.of("line-agreed"));
        if (there.kind() == SaleLine.Kind.VOUCHER) return Optional.of(Refusal.of("voucher-as-is"));
        return there.kind().sells() ? Optional.empty() : Optional.of(Refusal.of("line-follows"));
    }

    private static List<TicketLine> pieces(Ticket ticket, UUID kit) {
        return ticket.lines().stream()
                .filter(one -> one.kind() == SaleLine.Kind.PART && isOf(one, kit))
                .toList();
    }

    private static boolean isOf(TicketLine line, UUID kit) {
        KitOf its = Particulars.kitOf(line.particulars());
        return its != null && its.id().equals(kit);
    }

    /** The agreed pieces of the kit that the line is, or is a piece of: what they cost was agreed for all of them, so they go together. */
    private static Set<UUID> agreedKit(Ticket ticket, UUID line) {
        UUID kit = line(ticket, line)
                .map(one -> Particulars.kitOf(one.particulars()))
                .map(KitOf::id)
                .orElse(line);
        return pieces(ticket, kit).stream()
                .filter(TicketLine::agreed)
                .map(TicketLine::id)
                .collect(Collectors.toSet());
    }

    private static Optional<Refusal> pieceOfKit(Ticket ticket, UUID line) {
        return line(ticket, line)
                .map(one -> Particulars.kitOf(one.particulars()))
                .map(kit -> Refusal.of("kit-line", kit.lineCode() + " " + kit.number()));
    }

    @Override
    public Outcome<Ticket> remove(UUID ticket, UUID line, Person who) {
        String act = "removed " + line;
        return inBranch((session, branch) -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (tickets.done(session, ticket, act)) return Outcome.done(tickets.ticket(session, head, branch.region()));
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            Ticket before = tickets.ticket(session, head, branch.region());
            // What a deposit is held for goes whole, or not at all.
            boolean whole = before.promised() != null
                    && !before.promised().deposit().isZero()
                    && before.lines().stream()
                            .anyMatch(one -> one.agreed() && one.id().equals(line));
            Set<UUID> gone = pieces(before, line).stream().map(TicketLine::id).collect(Collectors.toSet());
            gone.add(line);
            Set<UUID> agreedKit = agreedKit(before, line);
            gone.addAll(agreedKit);
            boolean last = before.lines().stream()
                    .allMatch(one -> gone.contains(one.id())
                            || one.coreOf() != null && gone.contains(one.coreOf())
                            || whole && one.agreed());
            // An empty ticket is thrown away by the way, and nobody would see the charge again.
            if (last && CardCharges.hang(session, ticket)) return Outcome.refused("card-charge-on-ticket");
            UUID opened = TicketKits.of(session, ticket, line).orElse(null);
            if (opened != null) {
                Optional<Refusal> no = tickets.openKit(session, opened, line);
                if (no.isPresent()) return new Outcome.Refused<>(no.get());
            }
            if (whole) tickets.removeAgreed(session, ticket);
            else if (!agreedKit.isEmpty()) for (UUID piece : agreedKit) tickets.remove(session, ticket, piece);
            else if (TicketKits.quantity(session, ticket, line).isPresent()) {
                TicketKits.remove(session, line);
                NoteRows.hold(session, ticket);
            } else if (!tickets.remove(session, ticket, line)) return Outcome.refused("line-unknown");
            tickets.sellNoneIfGone(session, ticket);
            if (!tickets.firstTime(session, ticket, act))
                throw new IllegalStateException("line " + line + " was removed twice in one transaction");
            prices.reprice(session, ticket, branch);
            return Outcome.done(
                    tickets.ticket(session, tickets.head(session, ticket).orElseThrow(), branch.region()));
        });
    }

    @Override
    public Outcome<Ticket> sellTo(UUID ticket, @Nullable UUID customer, Person who) {
        return inBranch((session, branch) -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            // What a deposit is held for is its customer's.
            Ticket held = tickets.ticket(session, head, branch.region());
            if (held.promised() != null
                    && !held.promised().deposit().isZero()
                    && held.buyer() != null
                    && !held.buyer().id().equals(customer))
                return Outcome.refused("promise-customer", held.promised().number());
            Buyer buyer = null;
            if (customer != null) {
                buyer = accounts.customer(session, customer)
                        .map(one -> Buyer.of(customer, one.name()))
                        .orElse(null);
                if (buyer == null) return Outcome.refused("customer-unknown");
            }
            tickets.sellTo(session, ticket, buyer);
            prices.reprice(session, ticket, branch);
            return Outcome.done(
                    tickets.ticket(session, tickets.head(session, ticket).orElseThrow(), branch.region()));
        });
    }

    private record Charged(Outcome<Sale> outcome, boolean fresh) {
        static Charged not(String code, String... arguments) {
            return new Charged(Outcome.refused(code, arguments), false);
        }
    }

    @Override
    public Payment.Terms terms() {
        return branches.current()
                .map(branch -> tenders.terms(branch, clock.instant()))
                .orElse(Payment.Terms.PLAIN);
    }

    @Override
    public Outcome<Payment> givenBack(UUID ticket) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.read(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            Ticket present = tickets.ticket(session, head, branch.region());
            if (!present.totals().total().isNegative()) return Outcome.done(new Payment(List.of()));
            Payment nothing = new Payment(List.of());
            Outcome<Payment> there = MarketReturns.paidBack(session, present, nothing);
            if (!(there instanceof Outcome.Done<Payment>(Payment atMarket))
                    || !atMarket.offers().isEmpty()) return there;
            return switch (accounts.givenBack(session, present, branch.tenders().rounding())) {
                case Outcome.Refused<Payment> no -> no;
                case Outcome.Done<Payment>(Payment back) ->
                    CreditedReturns.paidBack(
                            present, back, false, branch.tenders().rounding());
            };
        });
    }

    @Override
    public Outcome<Sale> pay(UUID ticket, Money total, Payment payment, Person who, @Nullable Person approver) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        String request = requestHash(total, payment);
        Charged charged = sales.write(session -> {
            Charged result = charge(session, identity, branch, ticket, total, payment, request, who, approver);
            if (result.fresh()) Failpoint.C1_INSIDE_STORE_TRANSACTION.pass();
            return result;
        });
        if (charged.fresh()) {
            Failpoint.C2_COMMITTED_NOT_ANSWERED.pass();
            outbox.ring();
            receiptQueued.run();
            if (charged.outcome() instanceof Outcome.Done<Sale>(Sale sale))
                LOG.info(
                        "sale recorded sale={} folio={} lines={} total={}",
                        sale.id(),
                        sale.folio().text(),
                        sale.lines().size(),
                        sale.totals().total().minor());
        }
        return charged.outcome();
    }

    private Charged charge(
            Session session,
            Identity identity,
            Branch branch,
            UUID id,
            Money total,
            Payment payment,
            String request,
            Person who,
            @Nullable Person approver)
            throws SQLException {
        Tickets.Head head = tickets.head(session, id).orElse(null);
        if (head == null) return Charged.not("ticket-unknown");
        if (head.finished()) {
            SaleRows.Stored stored = saleRows.stored(session, id).orElse(null);
            if (stored == null) return Charged.not("ticket-finished");
            return stored.requestHash().equals(request)
                    ? new Charged(Outcome.done(stored.sale()), false)
                    : Charged.not("payment-differs", stored.sale().folio().text());
        }
        if (head.parked()) return Charged.not("ticket-parked");
        UUID cashSession = openCashSession(session, head.register()).orElse(null);
        if (cashSession == null) return Charged.not("cash-session-closed");
        prices.repriceIfOld(session, id, branch);
        Ticket ticket = tickets.ticket(session, head, branch.region());
        if (ticket.lines().isEmpty()) return Charged.not("ticket-empty");
        if (!ticket.totals().total().equals(total))
            return Charged.not("ticket-changed", ticket.totals().total().text());
        Promised promised = ticket.promised();
        // Its books are not here: it would be paid a second time.
        if (head.promise() != null && promised == null) return Charged.not("promise-unknown");
        if (promised != null && promised.isMarket()) {
            Optional<Refusal> no = tickets.orders().refused(session, ticket).or(() -> notPaidThere(payment, promised));
            if (no.isPresent()) return new Charged(new Outcome.Refused<>(no.get()), false);
        } else if (promised != null && !PromiseLedger.isOpen(session, promised.id()))
            return Charged.not("promise-closed", promised.number());
        if (promised != null && !promised.deposit().isZero() && ticket.due().isNegative())
            return Charged.not("promise-deposit-over", promised.number());
        Optional<Refusal> back = cameBackMeanwhile(session, id);
        if (back.isEmpty()) back = coreOpenings.cameMeanwhile(session, ticket, branch);
        if (back.isPresent()) return new Charged(new Outcome.Refused<>(back.get()), false);
        Outcome<Payment> there = MarketReturns.paidBack(session, ticket, payment);
        if (there instanceof Outcome.Refused<Payment>(Refusal refusal))
            return new Charged(new Outcome.Refused<>(refusal), false);
        Payment given = ((Outcome.Done<Payment>) there).value();
        AccountLedger.Settling settling;
        switch (accounts.settling(
                session,
                ticket,
                given,
                branch.tenders().rounding(),
                clock.instant().atZone(branch.zone()).toLocalDate(),
                who,
                approver)) {
            case Outcome.Refused<AccountLedger.Settling>(var refusal) -> {
                return new Charged(new Outcome.Refused<>(refusal), false);
            }
            case Outcome.Done<AccountLedger.Settling>(var done) -> settling = done;
        }
        Map<UUID, List<String>> soldSerials = tickets.soldSerials(session, ticket);
        Quantity opening = ticket.buyer() == null
                ? Quantity.ZERO
                : coreOpenings.pieces(session, ticket.buyer().id(), branch);
        Optional<Refusal> terms = CoreRows.refused(session, ticket, opening, branch.cores(), who, approver)
                .or(() -> voucherBySlip(ticket, payment))
                .or(() -> Serials.missing(ticket, soldSerials, tenders.tracking()));
        if (terms.isPresent()) return new Charged(new Outcome.Refused<>(terms.get()), false);
        Payment credited;
        switch (CreditedReturns.paidBack(
                ticket,
                settling.payment(),
                !given.offers().isEmpty(),
                branch.tenders().rounding())) {
            case Outcome.Refused<Payment>(var refusal) -> {
                return new Charged(new Outcome.Refused<>(refusal), false);
            }
            case Outcome.Done<Payment>(var done) -> credited = done;
        }
        Outcome<List<Tender>> settled = settle(session, identity, branch, id, ticket.due(), credited);
        return switch (settled) {
            case Outcome.Refused<List<Tender>>(var refusal) -> new Charged(new Outcome.Refused<>(refusal), false);
            case Outcome.Done<List<Tender>>(List<Tender> now) -> {
                List<Tender> paid = withDeposit(now, promised);
                OutboxWriter.Slot slot = outbox.next(session);
                Sale sale = new Sale(
                        id,
                        identity.store(),
                        head.register(),
                        cashSession,
                        who.id(),
                        who.name(),
                        nextFolio(session, head.register()),
                        InvoiceCode.random(random),
                        slot.at(),
                        slot.at().atZone(branch.zone()).toLocalDate(),
                        branch.issuer(),
                        FiscalState.PENDING,
                        streams.version(Stream.PRICES),
                        tickets.frozen(
                                ticket,
                                identity,
                                slot.at().atZone(branch.zone()).toLocalDate()),
                        paid,
                        ticket.totals(),
                        settling.buyer(),
                        promised,
                        NoteRows.ref(session, id));
                List<SaleStockBody.Moved> moved = StockLedger.sell(
                        session,
                        sale,
                        openings.of(sale.lines().stream().map(SaleLine::part).toList()));
                outbox.append(
                        session,
                        slot,
                        identity,
                        id.toString(),
                        DocumentType.SALE,
                        DocumentType.SALE_SCHEMA,
                        saleRows.documentsBefore(session, sale),
                        saleRows.body(session, sale, moved));
                saleRows.insert(session, sale, request, slot.sequence());
                if (promised != null && promised.isMarket())
                    tickets.orders()
                            .kept(
                                    session,
                                    outbox,
                                    identity,
                                    promised.id(),
                                    sale.folio().text(),
                                    who);
                CardCharges.use(session, id, paid, slot.at());
                LenderOrders.use(session, id, paid, slot.at());
                tickets.finish(session, id, slot.at());
                yield new Charged(Outcome.done(sale), true);
            }
        };
    }

    /** What was paid before pays too; where it pays all, nothing else does. */
    private List<Tender> withDeposit(List<Tender> now, @Nullable Promised promised) {
        if (promised == null || promised.deposit().isZero()) return now;
        List<Tender> all = new ArrayList<>(now);
        all.removeIf(tender -> tender.amount().isZero() && tender.received().isZero());
        all.add(new Tender(ids.next(), promised.tender(), promised.deposit(), promised.deposit(), promised.number()));
        return all;
    }

    /** The buyer has paid already, and not here. */
    private static Optional<Refusal> notPaidThere(Payment payment, Promised promised) {
        return payment.offers().stream().allMatch(offer -> offer.given().isZero())
                ? Optional.empty()
                : Optional.of(Refusal.of("market-order-paid", promised.number()));
    }

    /** A slip may pay for all but vouchers: else an old one would become a fresh one, and nobody could follow it. */
    private static Optional<Refusal> voucherBySlip(Ticket ticket, Payment payment) {
        Money vouchers = Money.mxn(0);
        for (TicketLine line : ticket.lines())
            if (line.kind() == SaleLine.Kind.VOUCHER)
                vouchers = vouchers.plus(line.amounts().total());
        if (vouchers.isZero() || ticket.totals().total().isNegative()) return Optional.empty();
        Money slips = Money.mxn(0);
        for (Payment.Offer offer : payment.offers()) if (offer.kind().isSlip()) slips = slips.plus(offer.given());
        Money most = ticket.totals().total().minus(vouchers);
        if (most.isNegative()) most = Money.mxn(0);
        return slips.compareTo(most) > 0 ? Optional.of(Refusal.of("voucher-by-slip", most.text())) : Optional.empty();
    }

    /** With what the terminal and the slips say themselves; what is paid back as credit is signed. */
    private Outcome<List<Tender>> settle(
            Session session, Identity identity, Branch branch, UUID ticket, Money total, Payment payment)
            throws SQLException {
        Payment.Terms terms = tenders.terms(branch, clock.instant());
        Outcome<Payment> charged = CardCharges.proven(session, ticket, payment);
        if (!(charged instanceof Outcome.Done<Payment>(Payment byCard)))
            return new Outcome.Refused<>(((Outcome.Refused<Payment>) charged).refusal());
        Optional<Refusal> unlent = LenderOrders.unproven(session, ticket, total.isNegative(), byCard);
        if (unlent.isPresent()) return new Outcome.Refused<>(unlent.get());
        if (total.isNegative()) {
            // What the terminal has charged cannot be what is paid back.
            for (Payment.Offer offer : byCard.offers())
                if (offer.card() != null && offer.card().charge() != null)
                    return Outcome.refused("card-charge-open", offer.given().text());
            return switch (byCard.settle(total, terms, ids)) {
                case Outcome.Refused<List<Tender>> no -> no;
                case Outcome.Done<List<Tender>>(List<Tender> back) ->
                    Outcome.done(CreditRows.signed(
                            back,
                            identity,
                            clock.instant().atZone(branch.zone()).toLocalDate()));
            };
        }
        return switch (CreditRows.proven(session, branch, tenders.elsewhere(), byCard)) {
            case Outcome.Refused<Payment>(Refusal refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Payment>(Payment proven) -> proven.settle(total, terms, ids);
        };
    }

    @Override
    public Optional<Sale> sale(UUID id) {
        return sales.read(session -> saleRows.stored(session, id)).map(SaleRows.Stored::sale);
    }

    @Override
    public List<Sale> latest(RegisterId register, int limit) {
        return sales.read(session -> saleRows.latest(session, register, Math.clamp(limit, 1, MOST_LISTED)));
    }

    @Override
    public Outcome<Sale> reprint(UUID sale, Person who) {
        Outcome<Sale> outcome = sales.write(session -> {
            Optional<SaleRows.Stored> stored = saleRows.stored(session, sale);
            if (stored.isEmpty()) return Outcome.refused("sale-unknown");
            saleRows.queueReprint(session, sale, clock.instant());
            return Outcome.done(stored.get().sale());
        });
        if (outcome instanceof Outcome.Done<Sale>) {
            LOG.info("reprint asked for sale={} user={}", sale, who.id());
            receiptQueued.run();
        }
        return outcome;
    }

    @FunctionalInterface
    private interface Change {
        /** @return why not; the ticket is as it was then */
        Optional<Refusal> apply(Session session, Ticket present) throws SQLException;
    }

    /** Changes a ticket that is in hand at a register. */
    private Outcome<Ticket> change(UUID ticket, Change work) {
        return inBranch((session, branch) -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (head.finished()) return Outcome.refused("ticket-finished");
            if (head.parked()) return Outcome.refused("ticket-parked");
            Optional<Refusal> no = work.apply(session, tickets.ticket(session, head, branch.region()));
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            prices.reprice(session, ticket, branch);
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    @FunctionalInterface
    private interface InBranch {
        Outcome<Ticket> apply(Session session, Branch branch) throws SQLException;
    }

    private Outcome<Ticket> inBranch(InBranch work) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.write(session -> work.apply(session, branch));
    }

    /** Another register may have taken the same line back since it was put on this ticket. */
    private static Optional<Refusal> cameBackMeanwhile(Session session, UUID ticket) throws SQLException {
        return session.first("""
                select json_extract(ticket_line.sold_json, '$.quantity') + coalesce(sum(back.quantity), 0) as left
                from ticket_line
                left join sale_line back on back.return_line = ticket_line.return_line
                where ticket_line.ticket_id = ? and ticket_line.return_line is not null
                group by ticket_line.id
                having coalesce(sum(back.quantity), 0) <> -ticket_line.returned_before
                """, row -> Refusal.of("return-exceeds", new Quantity(row.number("left")).text()), ticket);
    }

    /** Not one that has been counted: what is sold after the count would be nobody's. */
    public static Optional<UUID> openCashSession(Session session, RegisterId register) throws SQLException {
        return session.first("""
                select id
                from cash_session
                where register_id = ? and closed_at is null and counted_at is null
                """, row -> row.id("id"), register.value());
    }

    /** From the register's row, in the sale's own transaction: one that rolls back gives its number back. */
    private static Folio nextFolio(Session session, RegisterId register) throws SQLException {
        return session.first("""
                update register
                set next_folio = next_folio + 1
                where id = ?
                returning prefix, next_folio - 1 as folio
                """, row -> new Folio(row.text("prefix"), row.number("folio")), register.value())
                .orElseThrow(() -> new IllegalStateException("register " + register + " is gone"));
    }

    private static String requestHash(Money total, Payment payment) {
        StringBuilder text = new StringBuilder().append(total.minor()).append(total.currency());
        for (Payment.Offer offer : payment.offers())
            text.append('\n')
                    .append(offer.kind())
                    .append(' ')
                    .append(offer.given().minor())
                    .append(offer.given().currency())
                    .append(' ')
                    .append(offer.reference().strip())
                    .append(offer.card() == null ? "" : " " + offer.card());
        return Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
