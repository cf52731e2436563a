package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Units;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.SoldTicket;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.tax.Tax;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.branch.BranchTenders;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Returns against this branch's own sales in sales.db, against tickets of other branches by what they prove, and without a ticket. Each call is one transaction. */
public final class SqliteReturns implements Returns {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteReturns.class);
    /** {@code C1-123}, {@code c1 000123}, and the whole text of a ticket's QR, {@code C1-000123|CODE}. */
    private static final Pattern FOLIO = Pattern.compile("\\s*([A-Za-z0-9]{1,6})[\\s-]+(\\d{1,12})\\s*(?:\\|.*)?");

    private final SqliteFile sales;
    private final BranchSettings branches;
    private final SaleRows saleRows;
    private final Tickets tickets;
    private final TicketPrices prices;
    private final PartCatalogue catalogue;
    private final ReturnPolicies policies;
    private final AccountLedger accounts;
    private final OpeningCores openings;
    private final ReturnSettings settings;
    private final IdSource ids;
    private final Clock clock;

    public SqliteReturns(
            SqliteFile sales,
            BranchSettings branches,
            SaleRows saleRows,
            Tickets tickets,
            TicketPrices prices,
            PartCatalogue catalogue,
            ReturnPolicies policies,
            AccountLedger accounts,
            ReturnSettings settings,
            IdSource ids,
            Clock clock) {
        this.sales = sales;
        this.branches = branches;
        this.saleRows = saleRows;
        this.tickets = tickets;
        this.prices = prices;
        this.catalogue = catalogue;
        this.policies = policies;
        this.accounts = accounts;
        openings = new OpeningCores(accounts);
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<Sale> find(String code) {
        Optional<UUID> proven = TicketProof.Code.of(code).flatMap(TicketProof.Code::sale);
        if (proven.isPresent())
            return sales.read(session -> saleRows.stored(session, proven.get())).map(SaleRows.Stored::sale);
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
    public Outcome<Returnable> look(List<String> scanned) {
        List<TicketProof.Code> codes = scanned.stream()
                .flatMap(text -> TicketProof.Code.of(text).stream())
                .distinct()
                .toList();
        for (String text : scanned) {
            Sale own = find(text).orElse(null);
            if (own != null) return returnable(own.id());
        }
        if (codes.isEmpty())
            return Outcome.refused("sale-not-found", scanned.isEmpty() ? "" : shown(scanned.getFirst()));
        TicketProof.Code first = codes.getFirst();
        if (codes.stream()
                .anyMatch(code -> code.of() != first.of() || !code.tag().equals(first.tag())))
            return Outcome.refused("proof-mixed");
        List<String> lacking = IntStream.rangeClosed(1, first.of())
                .filter(number -> codes.stream().noneMatch(code -> code.number() == number))
                .mapToObj(Integer::toString)
                .toList();
        if (!lacking.isEmpty())
            return Outcome.refused("proof-more", String.join(", ", lacking), Integer.toString(first.of()));
        return TicketProof.parse(codes).map(this::shown).orElseGet(() -> Outcome.refused("proof-false"));
    }

    private static String shown(String code) {
        String bare = code.strip();
        return bare.length() > 40 ? bare.substring(0, 40) + "…" : bare;
    }

    /** Another branch's ticket, or one of this branch from before its books were restored. */
    private Outcome<Returnable> shown(TicketProof proof) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        BranchTenders.Key signer = branch.tenders().keys().stream()
                .filter(key -> key.store().equals(proof.store()) && proof.isSignedBy(key.key()))
                .findFirst()
                .orElse(null);
        if (signer == null) return Outcome.refused("proof-false");
        Map<PartId, PartCard> cards = catalogue.cards(
                proof.lines().stream().map(TicketProof.Line::part).collect(Collectors.toSet()));
        boolean kept =
                sales.write(session -> saleRows.proven().keep(session, proof, signer.code(), cards, clock.instant()));
        if (!kept) return Outcome.refused("proof-parts-unknown", proof.folio().text());
        LOG.info(
                "ticket of another branch shown sale={} store={} lines={}",
                proof.sale(),
                proof.store(),
                proof.lines().size());
        return returnable(proof.sale());
    }

    private Optional<SoldTicket> sold(Session session, UUID sale) throws SQLException {
        Optional<SoldTicket> own = saleRows.stored(session, sale).map(stored -> SoldTicket.of(stored.sale()));
        return own.isPresent() ? own : saleRows.proven().ticket(session, sale, this::nameOf);
    }

    private String nameOf(Session session, UUID customer) throws SQLException {
        return accounts.customer(session, customer).map(Customer::name).orElse("");
    }

    @Override
    public Outcome<Returnable> returnable(UUID sale) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        LocalDate today = today(branch);
        return sales.read(session -> {
            SoldTicket sold = sold(session, sale).orElse(null);
            if (sold == null) return Outcome.refused("sale-unknown");
            Map<UUID, Quantity> back = saleRows.returned(session, idsOf(sold));
            List<Returnable.Line> lines = new ArrayList<>();
            for (SaleLine line : sold.lines()) {
                if (!canComeBack(line)) continue;
                ReturnPolicy policy = policyOf(line);
                boolean late = policy.against(sold.businessDay(), today, ReturnOf.Reason.NOT_NEEDED, true)
                        .contains(ReturnPolicy.Rule.DAYS);
                lines.add(new Returnable.Line(line, left(line, back), policy, late));
            }
            return Outcome.done(new Returnable(sold, lines));
        });
    }

    private LocalDate today(Branch branch) {
        return clock.instant().atZone(branch.zone()).toLocalDate();
    }

    private static Collection<UUID> idsOf(SoldTicket sold) {
        return sold.lines().stream().map(SaleLine::id).toList();
    }

    /** Deposits come back whenever the old piece does. */
    private ReturnPolicy policyOf(SaleLine line) {
        return line.kind() == SaleLine.Kind.PART ? policies.of(line.part()) : ReturnPolicy.NONE;
    }

    /** Not a voucher, which is spent, and not what was agreed never to come back. */
    private static boolean canComeBack(SaleLine line) {
        return line.kind() == SaleLine.Kind.CORE_DEPOSIT
                ? CoreRows.comesBack(line)
                : line.kind().canComeBack();
    }

    private static Quantity left(SaleLine line, Map<UUID, Quantity> back) {
        return line.quantity().plus(back.getOrDefault(line.id(), Quantity.ZERO).negated());
    }

    @Override
    public Outcome<Ticket> bringBack(Back back, Person who, @Nullable Person approver) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Person grants = mayTakeBack(who) ? who : approver;
        UUID ticket = back.ticket();
        return sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (tickets.done(session, ticket, back.act().toString()))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            Optional<Refusal> no = notInHand(session, head, back.quantity());
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            SoldTicket sold = sold(session, back.sale()).orElse(null);
            boolean opening = sold == null;
            if (opening) sold = opening(session, head, back.sale(), branch);
            if (sold == null) return Outcome.refused("sale-unknown");
            SaleLine soldLine = sold.lines().stream()
                    .filter(l -> l.id().equals(back.line()) && canComeBack(l))
                    .findFirst()
                    .orElse(null);
            if (soldLine == null) return Outcome.refused("line-unknown");
            LocalDate until = soldLine.coreUntil();
            if (until != null && today(branch).isAfter(until)) return Outcome.refused("core-expired", until.toString());
            if (onTicket(session, ticket, back.line())) return Outcome.refused("line-on-ticket");
            Quantity left = left(soldLine, saleRows.returned(session, idsOf(sold)));
            if (back.quantity().compareTo(left) > 0) return Outcome.refused("return-exceeds", left.text());
            // What was sold in part may come back in part.
            if (soldLine.quantity().isWhole()) no = Units.refusal(back.quantity(), soldLine.unit());
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            // Nobody is called over for what would not go through anyway.
            if (grants == null || !mayTakeBack(grants)) return Outcome.refused("return-needs-approval");
            ReturnOf.Reason why = soldLine.kind() == SaleLine.Kind.CORE_DEPOSIT ? ReturnOf.Reason.CORE : back.reason();
            ReturnPolicy policy = policyOf(soldLine);
            Set<ReturnPolicy.Rule> waived = policy.against(sold.businessDay(), today(branch), why, back.inspected());
            no = held(policy, waived, back.override());
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            int fee = policy.feeFor(why);
            if (fee > 0 && !back.override().isEmpty()) {
                waived.add(ReturnPolicy.Rule.FEE);
                fee = 0;
            }
            if (!tickets.firstTime(session, ticket, back.act().toString()))
                throw new IllegalStateException("act " + back.act() + " came twice in one transaction");
            if (head.buyer() == null && sold.buyer() != null) {
                tickets.sellTo(
                        session,
                        ticket,
                        Buyer.of(sold.buyer().id(), sold.buyer().name()));
                // What is on the ticket beside it is this buyer's too.
                prices.reprice(session, ticket, branch);
                head = tickets.head(session, ticket).orElseThrow();
            }
            boolean own = sold.branch().isEmpty();
            ReturnTerms terms = new ReturnTerms(
                    opening
                            ? ReturnTerms.Source.OPENING
                            : own ? ReturnTerms.Source.OWN_TICKET : ReturnTerms.Source.SIGNED_TICKET,
                    own ? null : sold.store(),
                    null,
                    waived,
                    why == ReturnOf.Reason.DID_NOT_FIT ? back.vehicle() : null,
                    back.inspected());
            tickets.addReturn(
                    session,
                    ticket,
                    soldLine,
                    new ReturnOf(opening ? null : back.sale(), back.line(), sold.folio(), why, terms),
                    fee,
                    soldLine.quantity().plus(left.negated()),
                    back.quantity(),
                    new Grant(waived.isEmpty() ? "" : back.override(), grants.id(), grants.name()));
            if (!waived.isEmpty())
                LOG.info(
                        "returns policy waived ticket={} rules={} user={} by={}",
                        ticket,
                        waived,
                        who.id(),
                        grants.id());
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }

    /** A deposit that the ticket's customer left in another system. */
    private @Nullable SoldTicket opening(Session session, Tickets.Head head, UUID id, Branch branch)
            throws SQLException {
        Buyer buyer = head.buyer();
        return buyer == null
                ? null
                : openings.ticket(session, buyer, id, branch).orElse(null);
    }

    private static Optional<Refusal> held(ReturnPolicy policy, Set<ReturnPolicy.Rule> against, String override) {
        if (override.length() > Grant.MAX_REASON)
            return Optional.of(Refusal.of("reason-too-long", Integer.toString(Grant.MAX_REASON)));
        if (against.isEmpty() || !override.isEmpty()) return Optional.empty();
        if (against.contains(ReturnPolicy.Rule.NOT_RETURNABLE)) return Optional.of(Refusal.of("return-not-allowed"));
        if (against.contains(ReturnPolicy.Rule.DAYS))
            return Optional.of(Refusal.of("return-too-late", String.valueOf(policy.days())));
        return Optional.of(Refusal.of("return-uninspected"));
    }

    private Optional<Refusal> notInHand(Session session, Tickets.Head head, Quantity quantity) throws SQLException {
        if (head.finished()) return Optional.of(Refusal.of("ticket-finished"));
        if (head.parked()) return Optional.of(Refusal.of("ticket-parked"));
        if (!tickets.workable(session, head.register())) return Optional.of(Refusal.of("cash-session-closed"));
        if (!quantity.isPositive()) return Optional.of(Refusal.of("quantity-not-positive"));
        if (quantity.compareTo(SqliteTill.LARGEST) > 0)
            return Optional.of(Refusal.of("quantity-too-large", SqliteTill.LARGEST.text()));
        return Optional.empty();
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

    // --- without a ticket

    @Override
    public Outcome<Worth> worth(PartId part) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        PartCard card = catalogue.card(part).orElse(null);
        if (card == null) return Outcome.refused("part-unknown");
        Price price = card.price();
        if (price == null)
            return Outcome.refused(
                    "part-without-price",
                    card.part().lineCode() + " " + card.part().number());
        return sales.read(session -> Outcome.done(worth(session, branch, card.part(), price)));
    }

    /** Tax included, whatever terms the list is in: what one piece cost the customer who paid the least. */
    private Worth worth(Session session, Branch branch, Part part, Price list) throws SQLException {
        Tax tax = Tax.of(part.taxClass(), branch.region(), part.taxObject());
        Money today = LineAmounts.of(list, Quantity.ONE, Money.mxn(0), tax).total();
        Money least = session.first(
                        """
                select min(sold.total * 1000 / sold.quantity) as least
                from stock_movement moved
                join sale_line sold on sold.id = moved.id
                where moved.part_id = ? and moved.kind = 'SALE' and moved.at >= ?
                """,
                        row -> row.isNull("least") ? today : Money.mxn(row.number("least")),
                        part.id().value(),
                        clock.instant().minus(java.time.Duration.ofDays(settings.lowestPriceOf())))
                .orElse(today);
        return new Worth(part, new Price(least.min(today), true), settings.lowestPriceOf());
    }

    @Override
    public Outcome<Ticket> bringBackUnproven(Unproven back, Person who, @Nullable Person approver) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        PartCard card = catalogue.card(back.part()).orElse(null);
        Person grants = mayTakeBack(who) ? who : approver;
        UUID ticket = back.ticket();
        return sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            if (tickets.done(session, ticket, back.act().toString()))
                return Outcome.done(tickets.ticket(session, head, branch.region()));
            Optional<Refusal> no = notInHand(session, head, back.quantity());
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            if (card == null) return Outcome.refused("part-unknown");
            Price list = card.price();
            Part part = card.part();
            if (list == null) return Outcome.refused("part-without-price", part.lineCode() + " " + part.number());
            no = Units.refusal(back.quantity(), part.unit());
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            if (back.why().isEmpty()) return Outcome.refused("reason-missing");
            if (back.why().length() > Grant.MAX_REASON)
                return Outcome.refused("reason-too-long", Integer.toString(Grant.MAX_REASON));
            if (grants == null || !mayTakeBack(grants)) return Outcome.refused("return-needs-approval");
            ReturnPolicy policy = policies.of(part.id());
            no = held(policy, policy.against(today(branch), today(branch), back.reason(), back.inspected()), "");
            if (no.isPresent()) return new Outcome.Refused<>(no.get());
            Price each = worth(session, branch, part, list).price();
            Tax tax = Tax.of(part.taxClass(), branch.region(), part.taxObject());
            LineAmounts amounts = LineAmounts.of(each, back.quantity(), Money.mxn(0), tax);
            Money before = CreditedReturns.unproven(tickets.ticket(session, head, branch.region()));
            if (!settings.allows(grants, before.plus(amounts.total())))
                return Outcome.refused(
                        "return-without-ticket-limit",
                        grants.name(),
                        settings.most().text());
            if (!tickets.firstTime(session, ticket, back.act().toString()))
                throw new IllegalStateException("act " + back.act() + " came twice in one transaction");
            SaleLine asSold = new SaleLine(
                    ids.next(),
                    SaleLine.Kind.PART,
                    part.id(),
                    part.lineCode(),
                    part.number(),
                    part.nameEs(),
                    part.unit(),
                    back.quantity(),
                    each,
                    each,
                    amounts,
                    tax,
                    part.satCode(),
                    part.satUnit(),
                    who.id(),
                    who.name(),
                    "",
                    null,
                    null);
            ReturnTerms terms = new ReturnTerms(
                    ReturnTerms.Source.NO_TICKET,
                    null,
                    null,
                    EnumSet.noneOf(ReturnPolicy.Rule.class),
                    back.reason() == ReturnOf.Reason.DID_NOT_FIT ? back.vehicle() : null,
                    back.inspected());
            tickets.addReturn(
                    session,
                    ticket,
                    asSold,
                    new ReturnOf(null, null, "", back.reason(), terms),
                    policy.feeFor(back.reason()),
                    Quantity.ZERO,
                    back.quantity(),
                    new Grant(back.why(), grants.id(), grants.name()));
            LOG.info(
                    "return without a ticket ticket={} part={} user={} by={}",
                    ticket,
                    part.id(),
                    who.id(),
                    grants.id());
            return Outcome.done(tickets.ticket(session, head, branch.region()));
        });
    }
}
