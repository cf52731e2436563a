package mx.refahub.pos.desk;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.cash.CashDesk;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.fiscal.FiscalData;
import mx.refahub.domain.fiscal.InvoiceDesk;
import mx.refahub.domain.fiscal.InvoiceRequest;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.FiscalState;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.Issuer;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.SoldTicket;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.TicketShelf;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.StoreSetup;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxRegion;
import org.jspecify.annotations.Nullable;

/** A whole branch in memory: everything that a till's pages need from a store. */
final class DeskStore
        implements Till, TicketShelf, Returns, ReturnPolicies, InvoiceDesk, CashDesk, PinAccess, StoreSetup, Paper {
    static final String PIN = "482915";
    static final String CODE = "7K3M-9QXA";
    static final RegisterId CAJA_1 = new RegisterId(UUID.fromString("0190f0a0-0000-7000-8000-000000000001"));
    static final RegisterId CAJA_2 = new RegisterId(UUID.fromString("0190f0a0-0000-7000-8000-000000000002"));
    private static final int COLUMNS = 42;
    private static final StoreId STORE = new StoreId(UUID.fromString("0190f0a0-0000-7000-8000-0000000000aa"));

    private final DeskCatalogue catalogue;
    private final Clock clock;
    private final IdSource ids;
    private final Random random = new Random(7);

    private final Map<UUID, Ticket> tickets = new LinkedHashMap<>();
    private final Map<RegisterId, UUID> inHand = new HashMap<>();
    private final Set<UUID> acts = new HashSet<>();
    private final Map<UUID, Sale> sales = new LinkedHashMap<>();
    private final Map<UUID, Payment> payments = new HashMap<>();
    private final Map<RegisterId, CashSession> sessions = new HashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, String> pins = new HashMap<>();
    private final Deque<Sheet> sheets = new ArrayDeque<>();
    private final List<Consumer<Sheet>> readers = new CopyOnWriteArrayList<>();
    private final List<Consumer<StoreStatus.Snapshot>> watchers = new CopyOnWriteArrayList<>();
    private long folio = 4710;
    private boolean registered = true;
    private boolean linked = true;
    private long outbox = 1200;
    private long acknowledged = 1200;
    private final Instant catalogueAt;

    DeskStore(DeskCatalogue catalogue, Clock clock, IdSource ids) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.ids = ids;
        this.catalogueAt = clock.instant().minusSeconds(180);
        join("marta", "Marta Juárez", Role.CASHIER, PIN);
        join("toño", "Antonio Méndez", Role.MANAGER, PIN);
        join("lupita", "Guadalupe Ríos", Role.CASHIER, null);
        join("beto", "Alberto Cruz", Role.WAREHOUSE, PIN);
        join("conta", "Rosa Iturbe", Role.ACCOUNTANT, PIN);
        join("chava", "Salvador Peña", Role.MECHANIC, PIN);
        join("admin", "Ana Torres", Role.ADMIN, PIN);
    }

    private void join(String user, String name, Role role, String pin) {
        people.put(user, new Person(new UserId(ids.next()), name, role));
        if (pin != null) pins.put(user, pin);
    }

    DeskStore notRegistered() {
        registered = false;
        return this;
    }

    synchronized void link(boolean now) {
        linked = now;
        if (now) acknowledged = outbox;
        tellStatus();
    }

    // ---- Till

    @Override
    public synchronized Outcome<Ticket> inHand(RegisterId register, Person who) {
        if (!sessions.containsKey(register)) return Outcome.refused("cash-session-closed");
        UUID id = inHand.computeIfAbsent(register, r -> ids.next());
        return Outcome.done(tickets.computeIfAbsent(id, i -> ticket(i, register, List.of())));
    }

    @Override
    public synchronized Outcome<Ticket> ticket(UUID id) {
        return open(id);
    }

    private Outcome<Ticket> open(UUID id) {
        if (sales.containsKey(id)) return Outcome.refused("ticket-finished");
        Ticket ticket = tickets.get(id);
        return ticket == null ? Outcome.refused("ticket-unknown") : Outcome.done(ticket);
    }

    @Override
    public synchronized Outcome<Ticket> add(UUID id, UUID act, PartId part, Quantity quantity, Person who) {
        Outcome<Ticket> open = open(id);
        if (!(open instanceof Outcome.Done<Ticket>(Ticket ticket))) return open;
        if (acts.contains(act)) return open;
        Optional<DeskCatalogue.Row> row = catalogue.row(part);
        if (row.isEmpty()) return Outcome.refused("part-unknown");
        PartCard card = row.get().card();
        if (card.price() == null)
            return Outcome.refused("part-without-price", card.part().nameEs());
        if (!quantity.isPositive()) return Outcome.refused("quantity-not-positive");
        acts.add(act);
        List<TicketLine> lines = new ArrayList<>(ticket.lines());
        for (TicketLine line : lines) {
            if (line.kind() == SaleLine.Kind.PART && line.part().id().equals(part))
                return keep(requantified(ticket, line.id(), line.quantity().plus(quantity)));
        }
        TicketLine line = line(ids.next(), SaleLine.Kind.PART, null, card.part(), quantity, card.price(), who);
        lines.add(line);
        if (!card.part().core().isZero())
            lines.add(line(
                    ids.next(),
                    SaleLine.Kind.CORE_DEPOSIT,
                    line.id(),
                    card.part(),
                    quantity,
                    new Price(card.part().core(), false),
                    who));
        return keep(ticket(id, ticket.register(), lines));
    }

    @Override
    public synchronized Outcome<Ticket> addMisc(
            UUID id, UUID act, MiscItem item, Quantity quantity, Person who, Person approver) {
        Outcome<Ticket> open = open(id);
        if (!(open instanceof Outcome.Done<Ticket>(Ticket ticket))) return open;
        if (acts.contains(act)) return open;
        if (who.role() == Role.CASHIER
                && approver == null
                && item.price().amount().minor() > 100_000) return Outcome.refused("misc-needs-approval", "$1,000.00");
        acts.add(act);
        List<TicketLine> lines = new ArrayList<>(ticket.lines());
        lines.add(line(ids.next(), SaleLine.Kind.MISC, null, item.standIn(), quantity, item.price(), who));
        return keep(ticket(id, ticket.register(), lines));
    }

    private static TicketLine line(
            UUID id, SaleLine.Kind kind, UUID coreOf, Part part, Quantity quantity, Price price, Person who) {
        Tax tax = kind == SaleLine.Kind.CORE_DEPOSIT
                ? Tax.none()
                : Tax.of(part.taxClass(), TaxRegion.STANDARD, part.taxObject());
        return new TicketLine(
                id,
                kind,
                coreOf,
                part,
                quantity,
                price,
                price,
                tax,
                LineAmounts.of(price, quantity, Money.mxn(0), tax),
                who.id(),
                who.name(),
                "",
                null,
                null,
                null);
    }

    private Ticket requantified(Ticket ticket, UUID lineId, Quantity quantity) {
        List<TicketLine> lines = ticket.lines().stream()
                .map(l -> l.id().equals(lineId) || lineId.equals(l.coreOf())
                        ? like(l, quantity, l.note(), l.discount(), l.grant())
                        : l)
                .toList();
        return ticket(ticket.id(), ticket.register(), lines);
    }

    private static TicketLine like(TicketLine l, Quantity quantity, String note, Discount discount, Grant grant) {
        Money off = discount == null ? Money.mxn(0) : discount.amount(l.price(), quantity);
        return new TicketLine(
                l.id(),
                l.kind(),
                l.coreOf(),
                l.part(),
                quantity,
                l.price(),
                l.listPrice(),
                l.tax(),
                LineAmounts.of(l.price(), quantity, off, l.tax()),
                l.salesperson(),
                l.salespersonName(),
                note,
                discount,
                grant,
                null);
    }

    @Override
    public synchronized Outcome<Ticket> note(UUID id, UUID line, String note, Person who) {
        return edit(id, l -> l.id().equals(line), l -> like(l, l.quantity(), note, l.discount(), l.grant()));
    }

    @Override
    public synchronized Outcome<Ticket> discount(
            UUID id, UUID line, Discount discount, String reason, Person who, Person approver) {
        return reduce(id, l -> l.id().equals(line), discount, reason, who, approver);
    }

    @Override
    public synchronized Outcome<Ticket> discountAll(
            UUID id, Discount.Percent discount, String reason, Person who, Person approver) {
        return reduce(id, l -> l.kind() == SaleLine.Kind.PART, discount, reason, who, approver);
    }

    private Outcome<Ticket> reduce(
            UUID id, Predicate<TicketLine> which, Discount discount, String reason, Person who, Person approver) {
        if (discount == null) return edit(id, which, l -> like(l, l.quantity(), l.note(), null, null));
        if (reason.isBlank()) return Outcome.refused("reason-missing");
        Person by = who.role() == Role.CASHIER ? approver : who;
        if (by == null) return Outcome.refused("discount-needs-approval", "5");
        Grant grant = new Grant(reason, by.id(), by.name());
        return edit(id, which, l -> like(l, l.quantity(), l.note(), discount, grant));
    }

    private Outcome<Ticket> edit(UUID id, Predicate<TicketLine> which, UnaryOperator<TicketLine> change) {
        Outcome<Ticket> open = open(id);
        if (!(open instanceof Outcome.Done<Ticket>(Ticket ticket))) return open;
        if (ticket.lines().stream().noneMatch(which)) return Outcome.refused("line-unknown");
        return keep(ticket(
                id,
                ticket.register(),
                ticket.lines().stream()
                        .map(l -> which.test(l) ? change.apply(l) : l)
                        .toList()));
    }

    // ---- TicketShelf

    private final Map<UUID, Parked> waiting = new LinkedHashMap<>();

    @Override
    public synchronized Outcome<Parked> park(UUID id, String note, Person who) {
        Outcome<Ticket> open = open(id);
        if (!(open instanceof Outcome.Done<Ticket>(Ticket ticket))) return Outcome.refused("ticket-unknown");
        if (ticket.lines().isEmpty()) return Outcome.refused("ticket-empty");
        Parked parked = new Parked(
                id,
                note,
                who.name(),
                clock.instant(),
                ticket.lines().size(),
                ticket.totals().total());
        waiting.put(id, parked);
        inHand.remove(ticket.register());
        return Outcome.done(parked);
    }

    @Override
    public synchronized List<Parked> parked() {
        return List.copyOf(waiting.values()).reversed();
    }

    @Override
    public synchronized Outcome<Ticket> recall(RegisterId register, UUID id, Person who) {
        if (waiting.remove(id) == null) return Outcome.refused("ticket-not-parked");
        inHand.put(register, id);
        return keep(ticket(id, register, tickets.get(id).lines()));
    }

    @Override
    public synchronized Outcome<List<Parked>> drop(UUID id, Person who) {
        return waiting.remove(id) == null ? Outcome.refused("ticket-not-parked") : Outcome.done(parked());
    }

    // ---- Returns: a desk shows what can come back; taking it back is proven at the store itself

    @Override
    public synchronized Optional<Sale> find(String code) {
        return sales.values().stream()
                .filter(sale -> code.strip().equalsIgnoreCase(sale.folio().text()))
                .findFirst();
    }

    @Override
    public synchronized Outcome<Returnable> look(List<String> scanned) {
        return find(scanned.getFirst())
                .map(sale -> returnable(sale.id()))
                .orElseGet(() -> Outcome.refused("sale-not-found", scanned.getFirst()));
    }

    @Override
    public synchronized Outcome<Returnable> returnable(UUID id) {
        Sale sale = sales.get(id);
        if (sale == null) return Outcome.refused("sale-unknown");
        return Outcome.done(new Returnable(
                SoldTicket.of(sale),
                sale.lines().stream()
                        .map(line -> new Returnable.Line(line, line.quantity(), ReturnPolicy.NONE, false))
                        .toList()));
    }

    @Override
    public synchronized Outcome<Ticket> bringBack(Back back, Person who, @Nullable Person approver) {
        return approver == null && who.role() == Role.CASHIER
                ? Outcome.refused("return-needs-approval")
                : open(back.ticket());
    }

    @Override
    public synchronized Outcome<Worth> worth(PartId part) {
        return Outcome.refused("part-unknown");
    }

    @Override
    public synchronized Outcome<Ticket> bringBackUnproven(Unproven back, Person who, @Nullable Person approver) {
        return approver == null && who.role() == Role.CASHIER
                ? Outcome.refused("return-needs-approval")
                : open(back.ticket());
    }

    @Override
    public ReturnPolicy of(PartId part) {
        return ReturnPolicy.NONE;
    }

    @Override
    public Map<PartId, Note> notes(Collection<PartId> parts, @Nullable Wanted vehicle) {
        return Map.of();
    }

    // ---- InvoiceDesk

    private final Map<UUID, InvoiceRequest> wishes = new LinkedHashMap<>();

    @Override
    public synchronized Outcome<InvoiceRequest> request(UUID act, UUID sale, FiscalData.Typed typed, Person who) {
        if (!sales.containsKey(sale)) return Outcome.refused("sale-unknown");
        return FiscalData.of(typed)
                .fold(
                        data -> Outcome.done(wishes.computeIfAbsent(
                                act, id -> new InvoiceRequest(id, sale, data, clock.instant(), who.id()))),
                        no -> Outcome.refused(no.code(), no.arguments().toArray(String[]::new)));
    }

    @Override
    public synchronized Optional<InvoiceRequest> of(UUID sale) {
        return wishes.values().stream().filter(wish -> wish.sale().equals(sale)).reduce((first, later) -> later);
    }

    @Override
    public synchronized Optional<FiscalData> known(Rfc rfc) {
        return wishes.values().stream()
                .map(InvoiceRequest::data)
                .filter(data -> data.rfc().equals(rfc))
                .reduce((first, later) -> later);
    }

    @Override
    public synchronized List<Asked> latest(int limit) {
        return wishes.values().stream()
                .map(wish -> new Asked(wish, sales.get(wish.sale())))
                .toList();
    }

    // ---- Till, once more

    private static Ticket ticket(UUID id, RegisterId register, List<TicketLine> lines) {
        return new Ticket(id, register, lines, Totals.of(lines));
    }

    private Outcome<Ticket> keep(Ticket ticket) {
        tickets.put(ticket.id(), ticket);
        return Outcome.done(ticket);
    }

    @Override
    public synchronized Outcome<Ticket> quantity(UUID id, UUID line, Quantity quantity, Person who) {
        Outcome<Ticket> open = open(id);
        if (!(open instanceof Outcome.Done<Ticket>(Ticket ticket))) return open;
        if (ticket.lines().stream().noneMatch(l -> l.id().equals(line))) return Outcome.refused("line-unknown");
        if (!quantity.isPositive()) return Outcome.refused("quantity-not-positive");
        if (quantity.compareTo(Quantity.of(100_000)) > 0) return Outcome.refused("quantity-too-large");
        return keep(requantified(ticket, line, quantity));
    }

    @Override
    public synchronized Outcome<Ticket> remove(UUID id, UUID line, Person who) {
        Outcome<Ticket> open = open(id);
        if (!(open instanceof Outcome.Done<Ticket>(Ticket ticket))) return open;
        return keep(ticket(
                id,
                ticket.register(),
                ticket.lines().stream()
                        .filter(l -> !l.id().equals(line) && !line.equals(l.coreOf()))
                        .toList()));
    }

    @Override
    public synchronized Outcome<Ticket> sellTo(UUID id, @Nullable UUID customer, Person who) {
        Ticket ticket = tickets.get(id);
        if (ticket == null) return Outcome.refused("ticket-unknown");
        if (customer == null)
            return keep(new Ticket(ticket.id(), ticket.register(), ticket.lines(), ticket.totals(), null));
        return customers
                .customer(customer)
                .fold(
                        one -> keep(new Ticket(
                                ticket.id(),
                                ticket.register(),
                                ticket.lines(),
                                ticket.totals(),
                                Buyer.of(customer, one.name()))),
                        no -> Outcome.refused(no.code()));
    }

    final DeskCustomers customers = new DeskCustomers();

    @Override
    public Payment.Terms terms() {
        return new Payment.Terms(
                CashRounding.NONE,
                new ExchangeRate(
                        ExchangeRate.USD,
                        LocalDate.ofInstant(clock.instant(), ZoneId.of("America/Mexico_City")),
                        new BigDecimal("17.50")),
                Refusal.of("rate-unknown"));
    }

    @Override
    public synchronized Outcome<Sale> pay(
            UUID id, Money total, Payment payment, Person who, @Nullable Person approver) {
        Sale done = sales.get(id);
        if (done != null)
            return payment.equals(payments.get(id))
                    ? Outcome.done(done)
                    : Outcome.refused("payment-differs", done.folio().text());
        Ticket ticket = tickets.get(id);
        if (ticket == null) return Outcome.refused("ticket-unknown");
        if (ticket.lines().isEmpty()) return Outcome.refused("ticket-empty");
        if (!ticket.totals().total().equals(total))
            return Outcome.refused("ticket-changed", ticket.totals().total().text());
        return payment.settle(total, terms(), ids)
                .fold(
                        tenders -> sold(ticket, tenders, payment, who),
                        no -> Outcome.refused(no.code(), no.arguments().toArray(String[]::new)));
    }

    private Outcome<Sale> sold(Ticket ticket, List<Tender> tenders, Payment payment, Person who) {
        Instant now = clock.instant();
        Sale sale = new Sale(
                ticket.id(),
                STORE,
                ticket.register(),
                sessions.get(ticket.register()).id(),
                who.id(),
                who.name(),
                new Folio(ticket.register().equals(CAJA_1) ? "C1" : "C2", ++folio),
                InvoiceCode.random(random),
                now,
                LocalDate.ofInstant(now, ZoneId.of("America/Mexico_City")),
                new Issuer("RHU010101AB1", "REFACCIONARIA DE PRUEBA", "601", "72000"),
                FiscalState.PENDING,
                418,
                ticket.lines().stream().map(TicketLine::frozen).toList(),
                tenders,
                ticket.totals(),
                ticket.buyer());
        sales.put(sale.id(), sale);
        payments.put(sale.id(), payment);
        inHand.remove(ticket.register());
        outbox++;
        if (linked) acknowledged = outbox;
        print(sale, false);
        tellStatus();
        return Outcome.done(sale);
    }

    @Override
    public synchronized Optional<Sale> sale(UUID id) {
        return Optional.ofNullable(sales.get(id));
    }

    @Override
    public synchronized List<Sale> latest(RegisterId register, int limit) {
        return new ArrayList<>(sales.values())
                .reversed().stream()
                        .filter(sale -> sale.register().equals(register))
                        .limit(limit)
                        .toList();
    }

    @Override
    public synchronized Outcome<Sale> reprint(UUID id, Person who) {
        Sale sale = sales.get(id);
        if (sale == null) return Outcome.refused("sale-unknown");
        print(sale, true);
        return Outcome.done(sale);
    }

    // ---- CashDesk

    @Override
    public synchronized List<Register> registers() {
        return List.of(
                new Register(CAJA_1, "Caja 1", "C1", Optional.ofNullable(sessions.get(CAJA_1))),
                new Register(CAJA_2, "Caja 2", "C2", Optional.ofNullable(sessions.get(CAJA_2))));
    }

    @Override
    public synchronized Outcome<CashSession> open(UUID id, RegisterId register, Money openingFloat, Person who) {
        if (!register.equals(CAJA_1) && !register.equals(CAJA_2)) return Outcome.refused("register-unknown");
        return Outcome.done(
                sessions.computeIfAbsent(register, r -> CashSession.opened(id, r, who, clock.instant(), openingFloat)));
    }

    synchronized Optional<CashSession> cashSession(UUID id) {
        return sessions.values().stream()
                .filter(session -> session.id().equals(id))
                .findFirst();
    }

    synchronized CashSession keep(CashSession session) {
        sessions.put(session.register(), session);
        return session;
    }

    synchronized void closed(UUID id) {
        sessions.values().removeIf(session -> session.id().equals(id));
    }

    // ---- PinAccess

    @Override
    public synchronized List<Name> people() {
        return people.entrySet().stream()
                .map(e -> new Name(e.getKey(), e.getValue().name(), !pins.containsKey(e.getKey())))
                .toList();
    }

    @Override
    public synchronized Outcome<Person> signIn(String user, String pin) {
        return people.containsKey(user) && pin.equals(pins.get(user))
                ? Outcome.done(people.get(user))
                : Outcome.refused("sign-in-failed");
    }

    @Override
    public synchronized Outcome<Person> redeem(String user, String code, String newPin) {
        if (!people.containsKey(user) || !code.equals(CODE)) return Outcome.refused("code-wrong");
        if (!newPin.matches("\\d{6,12}") || newPin.chars().distinct().count() == 1) return Outcome.refused("pin-weak");
        pins.put(user, newPin);
        return Outcome.done(people.get(user));
    }

    // ---- StoreStatus

    /** Apart from the rest: it and the paper both let one subscribe. */
    StoreStatus status() {
        return new StoreStatus() {
            @Override
            public ZoneId zone() {
                return ZoneId.of("America/Mexico_City");
            }

            @Override
            public Snapshot now() {
                return snapshot();
            }

            @Override
            public AutoCloseable subscribe(Consumer<Snapshot> listener) {
                watchers.add(listener);
                return () -> watchers.remove(listener);
            }
        };
    }

    private synchronized StoreStatus.Snapshot snapshot() {
        return new StoreStatus.Snapshot(
                registered,
                registered ? "Sucursal Centro" : "",
                linked,
                linked ? clock.instant() : clock.instant().minusSeconds(5400),
                0,
                outbox,
                acknowledged,
                Map.of(Stream.CATALOGUE, 418L, Stream.PRICES, 77L),
                Map.of(Stream.CATALOGUE, catalogueAt),
                StoreStatus.RelayState.RUNNING,
                null,
                StoreStatus.PrinterState.SIMULATED,
                "0.1.0");
    }

    private void tellStatus() {
        StoreStatus.Snapshot now = snapshot();
        watchers.forEach(watcher -> watcher.accept(now));
    }

    // ---- StoreSetup

    @Override
    public synchronized boolean needsSetup() {
        return !registered;
    }

    @Override
    public synchronized Outcome<String> register(String code, Registration registration) {
        if (registered) return Outcome.refused("setup-done");
        if (!code.equals(CODE)) return Outcome.refused("code-wrong");
        registered = true;
        return Outcome.done(registration.name());
    }

    @Override
    public synchronized Outcome<String> tryPrinter(String code, NetworkPrinter printer) {
        if (registered) return Outcome.refused("setup-done");
        if (!code.equals(CODE)) return Outcome.refused("code-wrong");
        return Outcome.done("");
    }

    @Override
    public synchronized Outcome<String> replace(String code, String hub, String replacement) {
        if (registered) return Outcome.refused("setup-done");
        if (!code.equals(CODE)) return Outcome.refused("code-wrong");
        registered = true;
        return Outcome.done("centro");
    }

    // ---- Paper

    private void print(Sale sale, boolean again) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("REFACCIONARIA DE PRUEBA", Align.CENTER, true, 1, 2, ""));
        lines.add(plain("Sucursal Centro", Align.CENTER));
        lines.add(plain("RFC RHU010101AB1", Align.CENTER));
        if (again) lines.add(new Line("REIMPRESIÓN", Align.CENTER, true, 2, 1, ""));
        lines.add(plain("", Align.LEFT));
        lines.add(two("Ticket " + sale.folio().text(), sale.businessDay().toString()));
        lines.add(plain("Le atendió " + sale.cashierName(), Align.LEFT));
        lines.add(plain("-".repeat(COLUMNS), Align.LEFT));
        for (SaleLine line : sale.lines()) {
            boolean core = line.kind() == SaleLine.Kind.CORE_DEPOSIT;
            lines.add(plain(
                    core ? "  + casco" : line.lineCode() + " " + line.number() + " " + line.description(), Align.LEFT));
            lines.add(two(
                    "  " + line.quantity().text() + " x "
                            + line.price().amount().text(),
                    line.amounts().total().text()));
        }
        lines.add(plain("-".repeat(COLUMNS), Align.LEFT));
        lines.add(new Line("TOTAL " + sale.totals().total().text(), Align.RIGHT, true, 2, 2, ""));
        for (Tender tender : sale.tenders())
            lines.add(two(tender.kind().name(), tender.received().text()));
        if (!sale.change().isZero()) lines.add(two("Cambio", sale.change().text()));
        lines.add(plain("", Align.LEFT));
        lines.add(new Line("", Align.CENTER, false, 1, 1, "refahub:" + sale.id()));
        lines.add(plain("Factura con el código", Align.CENTER));
        lines.add(new Line(sale.invoiceCode().text(), Align.CENTER, true, 1, 1, ""));
        boolean cash = !again && sale.tenders().stream().anyMatch(t -> t.kind() == Tender.Kind.CASH);
        Sheet sheet = new Sheet(ids.next(), clock.instant(), COLUMNS, lines, cash);
        sheets.addFirst(sheet);
        readers.forEach(reader -> reader.accept(sheet));
    }

    private static Line plain(String text, Align align) {
        return new Line(text, align, false, 1, 1, "");
    }

    private static Line two(String left, String right) {
        return plain(left + " ".repeat(Math.max(1, COLUMNS - left.length() - right.length())) + right, Align.LEFT);
    }

    @Override
    public synchronized List<Sheet> sheets(int limit) {
        return sheets.stream().limit(limit).toList();
    }

    @Override
    public AutoCloseable subscribe(Consumer<Sheet> listener) {
        readers.add(listener);
        return () -> readers.remove(listener);
    }
}
