package mx.refahub.store.customer;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Settled;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The customers' accounts, inside the caller's transaction. This branch's part is its own entries, known to the last one; the other branches' is the hub's
 * total less what of it the hub has from here. So nothing counts twice, whatever of it has travelled.
 */
public final class AccountLedger {
    private static final int SHOWN = 200;

    private final CustomerRows customers;
    private final Identities identities;
    private final AppliedStreams streams;
    private final JsonMapper json;

    public AccountLedger(CustomerRows customers, Identities identities, AppliedStreams streams, JsonMapper json) {
        this.customers = customers;
        this.identities = identities;
        this.streams = streams;
        this.json = json;
    }

    public Optional<Customer> customer(Session session, UUID id) throws SQLException {
        return customers.customer(session, id);
    }

    /** Deposits for old pieces that another system took at this branch. */
    public List<CustomerRow.CoreRow> openingCores(UUID customer) {
        return customers
                .told(customer)
                .map(CustomerRow::cores)
                .map(List::copyOf)
                .orElse(List.of());
    }

    Optional<Account> account(Session session, UUID id) throws SQLException {
        CustomerRow told = customers.told(id).orElse(null);
        Customer customer = customers.customer(session, id, told).orElse(null);
        if (customer == null) return Optional.empty();
        Money own = own(session, id);
        Money elsewhere = Money.mxn(told == null ? 0 : told.balance() - told.own());
        Money unconfirmed = own.minus(Money.mxn(told == null ? 0 : told.own()));
        Money balance = elsewhere.plus(own);
        CreditLine line = told == null ? null : line(told);
        return Optional.of(new Account(
                customer,
                line,
                line == null ? Money.mxn(0) : line.left(balance, unconfirmed),
                balance,
                elsewhere,
                told == null ? null : streams.appliedAt(Stream.CUSTOMERS).orElse(null),
                open(session, id, told),
                entries(session, id)));
    }

    private static Money own(Session session, UUID customer) throws SQLException {
        return Money.mxn(
                session.first("""
                select balance
                from account_balance
                where customer_id = ?
                """, row -> row.number("balance"), customer).orElse(0L));
    }

    /** A line counts only as the hub has signed it. */
    private @Nullable CreditLine line(CustomerRow told) {
        CustomerRow.LineRow row = told.line();
        Identity identity = identities.current().orElse(null);
        if (row == null || identity == null) return null;
        try {
            Currency currency = Currency.getInstance(row.currency());
            CreditLine line = new CreditLine(
                    told.id(),
                    new Money(row.limit(), currency),
                    row.days(),
                    row.held(),
                    new Money(row.branchLimit(), currency),
                    row.setAt());
            return line.isSignedBy(key(identity.hubPublicKey()), row.signature()) ? line : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static PublicKey key(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the hub's key cannot be read", e);
        }
    }

    private static List<Account.Open> open(Session session, UUID customer, @Nullable CustomerRow told)
            throws SQLException {
        Map<UUID, CustomerRow.OpenRow> atHub = told == null
                ? Map.of()
                : told.open().stream().collect(Collectors.toMap(CustomerRow.OpenRow::id, Function.identity()));
        List<Account.Open> open = new ArrayList<>();
        Set<UUID> own = new HashSet<>();
        session.all(
                """
                select charge.id, charge.reference, charge.day, charge.due_on, charge.amount,
                       charge.amount - coalesce((select sum(amount) from account_applied where charge_id = charge.id), 0) as left
                from account_entry charge
                where charge.customer_id = ? and charge.kind in ('CHARGE', 'FEE')
                and charge.amount > coalesce((select sum(amount) from account_applied where charge_id = charge.id), 0)
                """,
                row -> {
                    UUID id = row.id("id");
                    CustomerRow.OpenRow there = atHub.get(id);
                    long left = row.number("left") - (there == null ? 0 : there.paidElsewhere());
                    own.add(id);
                    if (left > 0)
                        open.add(new Account.Open(
                                id,
                                row.text("reference"),
                                "",
                                LocalDate.parse(row.text("day")),
                                LocalDate.parse(row.text("due_on")),
                                Money.mxn(row.number("amount")),
                                Money.mxn(left)));
                    return id;
                },
                customer);
        for (CustomerRow.OpenRow row : atHub.values()) {
            if (own.contains(row.id()) || row.mine() && known(session, row.id())) continue;
            long here = Math.max(row.paidHere(), applied(session, row.id()));
            long left = row.amount() - row.paidElsewhere() - here;
            if (left > 0)
                open.add(new Account.Open(
                        row.id(),
                        row.folio(),
                        row.mine() ? "" : row.store(),
                        row.day(),
                        row.dueOn(),
                        Money.mxn(row.amount()),
                        Money.mxn(left)));
        }
        open.sort(Comparator.comparing(Account.Open::day).thenComparing(Account.Open::id));
        return open;
    }

    private static boolean known(Session session, UUID entry) throws SQLException {
        return session.exists("select 1 from account_entry where id = ?", entry);
    }

    private static long applied(Session session, UUID charge) throws SQLException {
        return session.first("""
                select coalesce(sum(amount), 0) as amount
                from account_applied
                where charge_id = ?
                """, row -> row.number("amount"), charge).orElse(0L);
    }

    private static List<Account.Entry> entries(Session session, UUID customer) throws SQLException {
        return session.all(
                """
                select id, kind, amount, at, day, reference, tender, bounced_at
                from account_entry
                where customer_id = ?
                order by at desc
                limit ?
                """,
                row -> new Account.Entry(
                        row.id("id"),
                        Account.Kind.valueOf(row.text("kind")),
                        Money.mxn(row.number("amount")),
                        row.instant("at"),
                        LocalDate.parse(row.text("day")),
                        row.text("reference"),
                        row.textOrNull("tender") == null ? null : Tender.Kind.valueOf(row.text("tender")),
                        row.instantOrNull("bounced_at")),
                customer,
                SHOWN);
    }

    // --- sales

    /**
     * Whether the ticket may be settled so, as far as its buyer's account is concerned; what of it goes to an account is frozen with the buyer.
     *
     * @param rounding of what is paid back in cash beside the account
     * @return the buyer as the sale carries it; null for nobody
     */
    public Outcome<Settling> settling(
            Session session,
            Ticket ticket,
            Payment payment,
            CashRounding rounding,
            LocalDate today,
            Person who,
            @Nullable Person approver)
            throws SQLException {
        Money zero = Money.mxn(0);
        Buyer buyer = ticket.buyer();
        Money total = ticket.totals().total();
        Money offered = payment.offers().stream()
                .filter(offer -> offer.kind() == Tender.Kind.ON_ACCOUNT)
                .map(Payment.Offer::given)
                .reduce(zero, Money::plus);
        // Whoever's goods come back, it is that one's account: also where the ticket costs something in the end.
        for (UUID customer : accountsOf(session, ticket).values())
            if (buyer == null || !customer.equals(buyer.id()))
                return Outcome.refused(
                        "return-other-customer",
                        customers
                                .customer(session, customer)
                                .map(Customer::name)
                                .orElse(""));
        if (total.isNegative()) return giveBack(session, ticket, payment, rounding, offered);
        if (offered.isZero()) return Outcome.done(new Settling(buyer, payment));
        if (buyer == null) return Outcome.refused("account-without-customer");
        Account account = account(session, buyer.id()).orElse(null);
        if (account == null) return Outcome.refused("customer-unknown");
        CreditLine line = account.line();
        if (line == null) return Outcome.refused("account-none", buyer.name());
        if (line.held()) return Outcome.refused("account-held", buyer.name());
        Person answers = null;
        if (offered.compareTo(account.left()) > 0) {
            answers = isManager(who) ? who : approver;
            if (answers == null)
                return Outcome.refused("account-needs-approval", account.left().text());
            if (!isManager(answers)) return Outcome.refused("account-needs-manager", answers.name());
        }
        return Outcome.done(new Settling(
                new Buyer(
                        buyer.id(),
                        buyer.name(),
                        today.plusDays(line.days()),
                        answers == null ? null : answers.id().value(),
                        answers == null ? null : answers.name(),
                        List.of()),
                payment));
    }

    /** @param payment with what goes back to the account, where nobody said how it is paid back */
    public record Settling(@Nullable Buyer buyer, Payment payment) {}

    /** What would be paid back where nobody says how: to the account what is open of the returned tickets, the rest in cash. */
    public Outcome<Payment> givenBack(Session session, Ticket ticket, CashRounding rounding) throws SQLException {
        return switch (giveBack(session, ticket, new Payment(List.of()), rounding, Money.mxn(0))) {
            case Outcome.Refused<Settling>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Settling>(Settling settling) -> Outcome.done(settling.payment());
        };
    }

    private Outcome<Settling> giveBack(
            Session session, Ticket ticket, Payment payment, CashRounding rounding, Money offered) throws SQLException {
        Buyer buyer = ticket.buyer();
        Money owed = ticket.totals().total().negated();
        Map<UUID, UUID> sales = accountsOf(session, ticket);
        for (UUID customer : sales.values())
            if (buyer == null || !customer.equals(buyer.id()))
                return Outcome.refused(
                        "return-other-customer",
                        customers
                                .customer(session, customer)
                                .map(Customer::name)
                                .orElse(""));
        if (buyer == null)
            return offered.isZero()
                    ? Outcome.done(new Settling(null, payment))
                    : Outcome.refused("account-without-customer");
        Account account = account(session, buyer.id()).orElse(null);
        if (account == null) return Outcome.refused("customer-unknown");
        List<Account.Open> returned = account.open().stream()
                .filter(open -> sales.containsKey(open.id()))
                .toList();
        Money first = returned.stream().map(Account.Open::left).reduce(Money.mxn(0), Money::plus);
        if (first.compareTo(owed) > 0) first = owed;
        Payment all = payment;
        Money back = offered;
        if (payment.offers().isEmpty() && !first.isZero()) {
            List<Payment.Offer> offers = new ArrayList<>();
            offers.add(new Payment.Offer(Tender.Kind.ON_ACCOUNT, first, ""));
            Money rest = rounding.round(owed.minus(first));
            if (!rest.isZero()) offers.add(new Payment.Offer(Tender.Kind.CASH, rest, ""));
            all = new Payment(offers);
            back = first;
        }
        if (back.compareTo(first) < 0) return Outcome.refused("return-to-account-first", first.text());
        if (back.isZero()) return Outcome.done(new Settling(buyer, all));
        Money open = account.open().stream().map(Account.Open::left).reduce(Money.mxn(0), Money::plus);
        if (back.compareTo(open) > 0) return Outcome.refused("account-over", open.text());
        return Outcome.done(new Settling(
                new Buyer(buyer.id(), buyer.name(), null, null, null, laid(account.open(), sales.keySet(), back)),
                all));
    }

    /** On these first, then on the oldest of the others. */
    static List<Settled> laid(List<Account.Open> open, Set<UUID> first, Money amount) {
        List<Settled> laid = new ArrayList<>(Account.oldestFirst(
                open.stream().filter(one -> first.contains(one.id())).toList(), amount));
        Money rest = laid.stream().map(Settled::amount).reduce(amount, Money::minus);
        laid.addAll(Account.oldestFirst(
                open.stream().filter(one -> !first.contains(one.id())).toList(), rest));
        return laid;
    }

    /** The sales that lines of the ticket bring back and that were sold on account, each with whose account. */
    private static Map<UUID, UUID> accountsOf(Session session, Ticket ticket) throws SQLException {
        Map<UUID, UUID> accounts = new HashMap<>();
        for (TicketLine line : ticket.lines()) {
            if (line.returnOf() == null || line.returnOf().sale() == null) continue;
            UUID sale = line.returnOf().sale();
            session.first("""
                    select customer_id
                    from account_entry
                    where id = ? and kind = 'CHARGE'
                    union
                    select account
                    from proven_ticket
                    where id = ? and account is not null
                    """, row -> row.id("customer_id"), sale, sale)
                    .ifPresent(customer -> accounts.put(sale, customer));
        }
        return accounts;
    }

    static boolean isManager(Person person) {
        return person.role() == Role.MANAGER || person.role() == Role.ADMIN;
    }

    /** What a sale does to its buyer's account. Nothing if it is there already. */
    public static void sale(Session session, Sale sale, long documentSequence) throws SQLException {
        Buyer buyer = sale.buyer();
        Money amount = sale.onAccount();
        if (buyer == null || amount.isZero()) return;
        LocalDate due = buyer.dueOn();
        boolean fresh = insert(
                session,
                sale.id(),
                buyer.id(),
                amount.isNegative() ? Account.Kind.CREDIT : Account.Kind.CHARGE,
                amount,
                sale.soldAt(),
                sale.businessDay(),
                amount.isNegative() ? null : due == null ? sale.businessDay() : due,
                sale.folio().text(),
                null,
                "",
                documentSequence);
        if (fresh)
            for (Settled settled : buyer.settled())
                apply(session, sale.id(), settled.charge(), settled.amount().minor());
    }

    // --- payments

    /** A payment as its document says it. */
    void payment(Session session, AccountPaymentBody body, long documentSequence) throws SQLException {
        payment(session, json, body, documentSequence);
    }

    static void payment(Session session, JsonMapper json, AccountPaymentBody body, long documentSequence)
            throws SQLException {
        boolean fresh = insert(
                session,
                body.id(),
                body.customer(),
                Account.Kind.PAYMENT,
                Money.mxn(-body.amount()),
                body.at(),
                body.businessDay(),
                null,
                body.number(),
                body.kind(),
                json.writeValueAsString(body),
                documentSequence);
        if (fresh)
            for (AccountPaymentBody.AppliedBody applied : body.applied())
                apply(session, body.id(), applied.charge(), applied.amount());
    }

    Optional<AccountPaymentBody> payment(Session session, UUID id) throws SQLException {
        return session.first("""
                select body
                from account_entry
                where id = ? and kind = 'PAYMENT'
                """, row -> json.readValue(row.text("body"), AccountPaymentBody.class), id);
    }

    /** A bounced cheque as its document says it: what the payment had paid is open again. */
    static void bounced(Session session, ChequeBouncedBody body, long documentSequence) throws SQLException {
        boolean fresh = insert(
                session,
                body.id(),
                body.customer(),
                Account.Kind.BOUNCED,
                Money.mxn(body.amount()),
                body.at(),
                body.businessDay(),
                null,
                body.number(),
                null,
                body.note(),
                documentSequence);
        if (!fresh) return;
        session.update("""
                insert into account_applied (entry_id, charge_id, amount)
                select ?, charge_id, -amount
                from account_applied
                where entry_id = ?
                """, body.id(), body.payment());
        session.update("""
                update account_entry
                set bounced_at = ?
                where id = ?
                """, body.at(), body.payment());
        if (body.feeCharge() != null && body.fee() > 0)
            insert(
                    session,
                    body.feeCharge(),
                    body.customer(),
                    Account.Kind.FEE,
                    Money.mxn(body.fee()),
                    body.at(),
                    body.businessDay(),
                    body.businessDay(),
                    body.number(),
                    null,
                    body.note(),
                    documentSequence);
    }

    boolean bouncedAlready(Session session, UUID payment) throws SQLException {
        return session.exists("select 1 from account_entry where id = ? and bounced_at is not null", payment);
    }

    boolean knows(Session session, UUID entry) throws SQLException {
        return known(session, entry);
    }

    /** Documents of charges written here that the hub must know before what pays them. */
    static List<UUID> documentsOf(Session session, List<Settled> settled) throws SQLException {
        List<UUID> documents = new ArrayList<>();
        for (Settled one : settled)
            session.first("""
                    select outbox.id
                    from account_entry
                    join outbox on outbox.sequence = account_entry.document_sequence
                    where account_entry.id = ?
                    and outbox.sequence > coalesce((select sequence from acknowledged), 0)
                    """, row -> row.id("id"), one.charge()).ifPresent(documents::add);
        return documents;
    }

    private static boolean insert(
            Session session,
            UUID id,
            UUID customer,
            Account.Kind kind,
            Money amount,
            Instant at,
            LocalDate day,
            @Nullable LocalDate due,
            String reference,
            @Nullable String tender,
            String body,
            long documentSequence)
            throws SQLException {
        int fresh = session.update(
                """
                insert into account_entry (id, customer_id, kind, amount, at, day, due_on, reference, tender, body, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do nothing
                """, id, customer, kind, amount.minor(), at, day, due, reference, tender, body, documentSequence);
        if (fresh == 0) return false;
        session.updateOne("""
                insert into account_balance (customer_id, balance)
                values (?, ?)
                on conflict (customer_id) do update set balance = balance + excluded.balance
                """, customer, amount.minor());
        return true;
    }

    private static void apply(Session session, UUID entry, UUID charge, long amount) throws SQLException {
        session.updateOne("""
                insert into account_applied (entry_id, charge_id, amount)
                values (?, ?, ?)
                """, entry, charge, amount);
    }
}
