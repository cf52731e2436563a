package mx.refahub.store.promise;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.cash.CashJournal;
import mx.refahub.store.credit.CreditRows;
import mx.refahub.store.customer.CustomerRows;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Promises over sales.db. An act is one transaction: ledger, cash journal, paper and documents stand or fall together. */
public final class SqlitePromises implements Promises {
    private static final Logger LOG = LoggerFactory.getLogger(SqlitePromises.class);

    /** What is given back of a deposit as money: pesos, as they are. */
    private static final Set<Tender.Kind> PESOS = EnumSet.of(
            Tender.Kind.CASH,
            Tender.Kind.CREDIT_CARD,
            Tender.Kind.DEBIT_CARD,
            Tender.Kind.TRANSFER,
            Tender.Kind.CHEQUE);

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final PromiseLedger ledger;
    private final PromiseTickets tickets;
    private final CustomerRows customers;
    private final OutboxWriter outbox;
    private final PrintQueue printing;
    private final PromiseSettings settings;
    private final DepositTenders tenders;
    private final IdSource ids;
    private final Clock clock;
    private final Runnable queued;

    /** @param queued called after a commit that queued a page; only sets a flag and returns */
    public SqlitePromises(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            PromiseLedger ledger,
            PromiseTickets tickets,
            CustomerRows customers,
            OutboxWriter outbox,
            PrintQueue printing,
            PromiseSettings settings,
            DepositTenders tenders,
            IdSource ids,
            Clock clock,
            Runnable queued) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.ledger = ledger;
        this.tickets = tickets;
        this.customers = customers;
        this.outbox = outbox;
        this.printing = printing;
        this.settings = settings;
        this.tenders = tenders;
        this.ids = ids;
        this.clock = clock;
        this.queued = queued;
    }

    @Override
    public Rules rules() {
        return settings.rules();
    }

    @Override
    public @Nullable ExchangeRate dollar() {
        return branches.current()
                .map(branch -> tenders.terms(branch, clock.instant()).dollar())
                .orElse(null);
    }

    private record Kept<T>(Outcome<T> outcome, boolean fresh) {
        static <T> Kept<T> not(String code, String... arguments) {
            return new Kept<>(Outcome.refused(code, arguments), false);
        }

        static <T> Kept<T> not(Refusal refusal) {
            return new Kept<>(new Outcome.Refused<>(refusal), false);
        }
    }

    private record Place(Identity identity, Branch branch) {}

    @FunctionalInterface
    private interface Work {
        Kept<Promise> in(Session session, Place place) throws SQLException;
    }

    private Outcome<Promise> act(String what, UUID promise, Person who, Work work) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        Kept<Promise> kept = sales.write(session -> {
            Kept<Promise> result = work.in(session, new Place(identity, branch));
            if (result.fresh()) Failpoint.C1_INSIDE_STORE_TRANSACTION.pass();
            return result;
        });
        if (kept.fresh()) {
            Failpoint.C2_COMMITTED_NOT_ANSWERED.pass();
            outbox.ring();
            queued.run();
            LOG.info("promise {} promise={} user={}", what, promise, who.id());
        }
        return kept.outcome();
    }

    private static LocalDate day(OutboxWriter.Slot slot, Branch branch) {
        return slot.at().atZone(branch.zone()).toLocalDate();
    }

    private LocalDate today(Branch branch) {
        return clock.instant().atZone(branch.zone()).toLocalDate();
    }

    // --- making

    @Override
    public Outcome<Promise> make(UUID act, UUID ticket, Making making, Person who) {
        return act("made", act, who, (session, place) -> {
            Promise earlier = ledger.promise(session, act).orElse(null);
            if (earlier != null)
                return PromiseLedger.ticketOf(session, act).orElseThrow().equals(ticket)
                                && earlier.kind() == making.kind()
                        ? new Kept<>(Outcome.done(earlier), false)
                        : Kept.not("promise-act-differs", earlier.number());
            return switch (tickets.toPromise(session, ticket, place.branch())) {
                case Outcome.Refused<Ticket>(Refusal refusal) -> Kept.not(refusal);
                case Outcome.Done<Ticket>(Ticket present) -> make(session, place, act, present, making, who);
            };
        });
    }

    private Kept<Promise> make(Session session, Place place, UUID act, Ticket ticket, Making making, Person who)
            throws SQLException {
        Buyer buyer = ticket.buyer();
        if (buyer == null && making.kind().holdsDeposit()) return Kept.not("promise-without-customer");
        if (making.note().length() > Promise.MAX_NOTE)
            return Kept.not("note-too-long", Integer.toString(Promise.MAX_NOTE));
        LocalDate today = today(place.branch());
        LocalDate due = dueOn(making, today);
        if (due.isBefore(today) || due.isAfter(today.plusDays(PromiseSettings.LONGEST)))
            return Kept.not(
                    "promise-day", today.plusDays(PromiseSettings.LONGEST).toString());
        if (making.payments() < 0
                || making.payments() > MOST_PAYMENTS
                || making.payments() > 0 && making.kind() != Promise.Kind.LAYAWAY)
            return Kept.not("promise-plan", Integer.toString(MOST_PAYMENTS));
        Money total = ticket.totals().total();
        Deposit offered = making.deposit();
        Taken deposit = null;
        if (offered != null) {
            if (!making.kind().holdsDeposit()) return Kept.not("promise-holds-none");
            switch (taken(session, place, offered)) {
                case Outcome.Refused<Taken>(Refusal refusal) -> {
                    return Kept.not(refusal);
                }
                case Outcome.Done<Taken>(Taken checked) -> deposit = checked;
            }
        }
        Money first = deposit == null ? Money.mxn(0) : deposit.amount();
        if (making.kind().holdsDeposit()) {
            Money least = Promise.penalty(
                    total, making.kind() == Promise.Kind.LAYAWAY ? settings.firstPercent() : settings.orderPercent());
            if (first.compareTo(least) < 0) return Kept.not("promise-first", least.text());
        }
        UUID cashSession = null;
        if (deposit != null) {
            if (first.compareTo(total) > 0) return Kept.not("promise-over", total.text());
            cashSession = openCashSession(session, ticket.register()).orElse(null);
            if (cashSession == null) return Kept.not("cash-session-closed");
            if (PromiseLedger.act(session, deposit.act()).isPresent()) return Kept.not("promise-act-differs", "");
        }
        Customer customer =
                buyer == null ? null : customers.customer(session, buyer.id()).orElse(null);
        OutboxWriter.Slot slot = outbox.next(session);
        LocalDate day = day(slot, place.branch());
        PromiseMadeBody body = new PromiseMadeBody(
                act,
                place.identity().store().value(),
                making.kind().name(),
                PromiseLedger.nextNumber(session, ticket.register().value(), making.kind()),
                ticket.register().value(),
                ticket.id(),
                buyer == null ? null : buyer.id(),
                buyer == null ? "" : buyer.name(),
                customer == null ? "" : customer.text(CustomerField.PHONE),
                total.currency().getCurrencyCode(),
                ticket.lines().stream()
                        .map(TicketLine::frozen)
                        .map(SaleBody::line)
                        .toList(),
                new SaleBody.TotalsBody(
                        ticket.totals().net().minor(),
                        ticket.totals().discount().minor(),
                        ticket.totals().tax().minor(),
                        ticket.totals().cores().minor(),
                        total.minor(),
                        ticket.totals().savings().minor()),
                day,
                due,
                Promise.plan(total.minus(first), making.payments(), day, due).stream()
                        .map(one -> new PromiseMadeBody.InstallmentBody(
                                one.on(), one.amount().minor()))
                        .toList(),
                making.note(),
                slot.at(),
                who.id().value(),
                who.name());
        outbox.append(
                session,
                slot,
                place.identity(),
                act.toString(),
                DocumentType.PROMISE_MADE,
                DocumentType.PROMISE_MADE_SCHEMA,
                buyer == null ? List.of() : CustomerRows.documentsWaiting(session, buyer.id()),
                body);
        ledger.made(session, body, slot.sequence());
        if (deposit != null && cashSession != null)
            take(session, place, act, ticket.register(), cashSession, deposit, Money.mxn(0), who);
        tickets.gone(session, ticket.id());
        Promise promise = ledger.promise(session, act).orElseThrow();
        printing.append(session, ticket.register(), PromisePaper.page(promise, place.branch(), day, Optional.empty()));
        return new Kept<>(Outcome.done(promise), true);
    }

    private LocalDate dueOn(Making making, LocalDate today) {
        LocalDate chosen = making.dueOn();
        if (chosen != null) return chosen;
        return switch (making.kind()) {
            case QUOTE -> today.plusDays(settings.quoteDays());
            case LAYAWAY -> today.plusDays(settings.layawayDays());
            case ORDER -> today;
        };
    }

    /**
     * A deposit that may be taken.
     *
     * @param amount in pesos
     * @param foreign the dollars that it is paid in
     * @param slip that pays it
     */
    private record Taken(
            UUID act,
            Tender.Kind tender,
            Money amount,
            String reference,
            Tender.@Nullable Foreign foreign,
            Tender.@Nullable Credit slip) {}

    private Outcome<Taken> taken(Session session, Place place, Deposit offered) throws SQLException {
        Tender.Kind tender = offered.tender();
        if (offered.amount().minor() <= 0) return Outcome.refused("promise-amount");
        if (tender.isSlip()) {
            Payment payment = new Payment(List.of(new Payment.Offer(tender, offered.amount(), offered.reference())));
            return switch (CreditRows.proven(session, place.branch(), tenders.elsewhere(), payment)) {
                case Outcome.Refused<Payment>(Refusal refusal) -> new Outcome.Refused<>(refusal);
                case Outcome.Done<Payment>(Payment proven) -> {
                    Payment.Offer by = proven.offers().getFirst();
                    yield Outcome.done(
                            new Taken(offered.act(), by.kind(), by.given(), by.reference(), null, by.credit()));
                }
            };
        }
        if (tender == Tender.Kind.CASH_USD) {
            Payment.Terms terms = tenders.terms(place.branch(), clock.instant());
            ExchangeRate rate = terms.dollar();
            if (rate == null) return new Outcome.Refused<>(terms.noDollar());
            Tender.Foreign foreign = new Tender.Foreign(offered.amount(), rate.pesos());
            if (foreign.worth().isZero()) return Outcome.refused("promise-amount");
            return Outcome.done(new Taken(offered.act(), tender, foreign.worth(), "", foreign, null));
        }
        Optional<Refusal> no = refused(tender, offered.amount(), offered.reference());
        return no.isPresent()
                ? new Outcome.Refused<>(no.get())
                : Outcome.done(new Taken(offered.act(), tender, offered.amount(), offered.reference(), null, null));
    }

    private static Optional<Refusal> refused(Tender.Kind tender, Money amount, String reference) {
        if (!PESOS.contains(tender)) return Optional.of(Refusal.of("account-tender"));
        if (amount.compareTo(Money.mxn(0)) <= 0) return Optional.of(Refusal.of("promise-amount"));
        if (reference.length() > MAX_REFERENCE || tender != Tender.Kind.CASH && reference.isEmpty())
            return Optional.of(Refusal.of("account-reference", Integer.toString(MAX_REFERENCE)));
        return Optional.empty();
    }

    /** Document, ledger and journal of a deposit that was checked. */
    private void take(
            Session session,
            Place place,
            UUID promise,
            RegisterId register,
            UUID cashSession,
            Taken deposit,
            Money before,
            Person who)
            throws SQLException {
        OutboxWriter.Slot slot = outbox.next(session);
        String number = PromiseLedger.nextReceipt(session, register.value());
        Tender.Foreign foreign = deposit.foreign();
        Tender.Credit credit = deposit.slip();
        PromisePaymentBody body = new PromisePaymentBody(
                deposit.act(),
                place.identity().store().value(),
                promise,
                register.value(),
                cashSession,
                number,
                deposit.tender().name(),
                deposit.tender().satPaymentForm(),
                deposit.amount().currency().getCurrencyCode(),
                deposit.amount().minor(),
                deposit.reference(),
                before.minor(),
                slot.at(),
                day(slot, place.branch()),
                who.id().value(),
                who.name(),
                foreign == null
                        ? null
                        : new PromisePaymentBody.ForeignBody(
                                foreign.given().currency().getCurrencyCode(),
                                foreign.given().minor(),
                                foreign.rate().toPlainString()),
                credit == null ? null : new PromisePaymentBody.SlipBody(credit.id(), credit.proof()));
        outbox.append(
                session,
                slot,
                place.identity(),
                promise.toString(),
                DocumentType.PROMISE_PAYMENT,
                DocumentType.PROMISE_PAYMENT_SCHEMA,
                body);
        PromiseLedger.paid(session, body, slot.sequence());
        CashJournal.deposit(
                session,
                cashSession,
                slot.at(),
                who,
                deposit.act(),
                deposit.tender(),
                deposit.amount(),
                foreign == null ? null : foreign.given(),
                number);
    }

    @Override
    public Outcome<Promise> pay(UUID promise, RegisterId register, Deposit offered, Person who) {
        return act("paid", promise, who, (session, place) -> {
            Promise present = ledger.promise(session, promise).orElse(null);
            if (present == null) return Kept.not("promise-unknown");
            PromiseLedger.Act earlier =
                    PromiseLedger.act(session, offered.act()).orElse(null);
            if (earlier != null)
                return earlier.is(promise, offered)
                        ? new Kept<>(Outcome.done(present), false)
                        : Kept.not("promise-act-differs", present.number());
            if (!present.kind().holdsDeposit()) return Kept.not("promise-holds-none");
            if (present.isClosed()) return Kept.not("promise-closed", present.number());
            Taken deposit;
            switch (taken(session, place, offered)) {
                case Outcome.Refused<Taken>(Refusal refusal) -> {
                    return Kept.not(refusal);
                }
                case Outcome.Done<Taken>(Taken checked) -> deposit = checked;
            }
            if (deposit.amount().compareTo(present.left()) > 0)
                return Kept.not("promise-over", present.left().text());
            UUID cashSession = openCashSession(session, register).orElse(null);
            if (cashSession == null) return Kept.not("cash-session-closed");
            take(session, place, promise, register, cashSession, deposit, present.deposit(), who);
            Promise after = ledger.promise(session, promise).orElseThrow();
            printing.append(
                    session,
                    register,
                    PromisePaper.receipt(after, after.entries().getLast(), deposit.reference(), place.branch()));
            return new Kept<>(Outcome.done(after), true);
        });
    }

    // --- selling, noting, ending

    @Override
    public Outcome<Loaded> load(UUID promise, RegisterId register, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        PromiseTickets.Today today = sales.read(session -> ledger.promise(session, promise))
                .filter(one -> one.kind() == Promise.Kind.QUOTE && one.isExpired(today(branch)))
                .map(tickets::today)
                .orElse(null);
        return sales.write(session -> {
            Promise present = ledger.promise(session, promise).orElse(null);
            if (present == null) return Outcome.refused("promise-unknown");
            if (present.isClosed()) return Outcome.refused("promise-closed", present.number());
            if (present.kind() == Promise.Kind.ORDER && present.marks().arrivedAt() == null)
                return Outcome.refused("promise-not-arrived", present.number());
            return switch (tickets.load(session, present, register, today, branch, who)) {
                case Outcome.Refused<PromiseTickets.Loaded>(Refusal refusal) -> new Outcome.Refused<>(refusal);
                case Outcome.Done<PromiseTickets.Loaded>(PromiseTickets.Loaded loaded) ->
                    Outcome.done(new Loaded(loaded.ticket(), present.totals().total(), loaded.left()));
            };
        });
    }

    @Override
    public Outcome<Promise> note(UUID act, UUID promise, Note note, Person who) {
        return act("noted", promise, who, (session, place) -> {
            Promise present = ledger.promise(session, promise).orElse(null);
            if (present == null) return Kept.not("promise-unknown");
            boolean done = note == Note.ARRIVED
                    ? present.marks().arrivedAt() != null
                    : present.marks().toldAt() != null;
            if (done) return new Kept<>(Outcome.done(present), false);
            if (present.isClosed()) return Kept.not("promise-closed", present.number());
            if (present.kind() != Promise.Kind.ORDER
                    || note == Note.TOLD && present.marks().arrivedAt() == null) return Kept.not("promise-note");
            change(session, place, act, promise, note.name(), "", null, who, null);
            return new Kept<>(Outcome.done(ledger.promise(session, promise).orElseThrow()), true);
        });
    }

    private void change(
            Session session,
            Place place,
            UUID act,
            UUID promise,
            String change,
            String note,
            PromiseChangedBody.@Nullable BackBody back,
            Person who,
            @Nullable Person approver)
            throws SQLException {
        OutboxWriter.Slot slot = outbox.next(session);
        PromiseChangedBody body = new PromiseChangedBody(
                act,
                place.identity().store().value(),
                promise,
                change,
                note,
                back,
                slot.at(),
                day(slot, place.branch()),
                who.id().value(),
                who.name(),
                approver == null ? null : approver.id().value(),
                approver == null ? null : approver.name());
        outbox.append(
                session,
                slot,
                place.identity(),
                promise.toString(),
                DocumentType.PROMISE_CHANGED,
                DocumentType.PROMISE_CHANGED_SCHEMA,
                body);
        PromiseLedger.changed(session, body, slot.sequence());
        PromiseChangedBody.SlipBody credit = back == null ? null : back.slip();
        if (back != null && credit != null)
            CashJournal.depositBack(
                    session,
                    back.cashSession(),
                    slot.at(),
                    who,
                    act,
                    Tender.Kind.STORE_CREDIT,
                    Money.mxn(credit.amount()),
                    back.number());
        if (back != null && back.returned() != 0)
            CashJournal.depositBack(
                    session,
                    back.cashSession(),
                    slot.at(),
                    who,
                    act,
                    Tender.Kind.valueOf(back.kind()),
                    Money.mxn(back.returned()),
                    back.number());
    }

    @Override
    public Outcome<Promise> cancel(UUID act, UUID promise, Cancelling cancelling, Person who) {
        return act("cancelled", promise, who, (session, place) -> {
            Promise present = ledger.promise(session, promise).orElse(null);
            if (present == null) return Kept.not("promise-unknown");
            PromiseLedger.Change earlier = PromiseLedger.change(session, act).orElse(null);
            if (earlier != null)
                return earlier.promise().equals(promise) && earlier.change().equals(PromiseLedger.CANCELLED)
                        ? new Kept<>(Outcome.done(present), false)
                        : Kept.not("promise-act-differs", present.number());
            if (present.isClosed()) return Kept.not("promise-closed", present.number());
            if (PromiseTickets.holds(session, promise)) return Kept.not("promise-on-ticket", present.number());
            if (cancelling.reason().isEmpty()) return Kept.not("reason-missing");
            if (cancelling.reason().length() > Promise.MAX_NOTE)
                return Kept.not("reason-too-long", Integer.toString(Promise.MAX_NOTE));
            Money held = present.deposit();
            PromiseChangedBody.BackBody back = null;
            Person answers = null;
            if (!held.isZero()) {
                answers = isManager(who) ? who : cancelling.approver();
                if (answers == null || !isManager(answers)) return Kept.not("promise-needs-manager", who.name());
                if (cancelling.tender() == Tender.Kind.CASH_USD) return Kept.not("refund-in-pesos");
                if (cancelling.tender() == Tender.Kind.GIFT_VOUCHER) return Kept.not("refund-by-credit");
                Promise.Back sums =
                        present.back(settings.penaltyPercent(), cancelling.tender() == Tender.Kind.STORE_CREDIT);
                boolean money = !sums.money().isZero();
                Tender.Kind tender = money ? cancelling.tender() : Tender.Kind.CASH;
                Optional<Refusal> no = money ? refused(tender, sums.money(), cancelling.reference()) : Optional.empty();
                if (no.isPresent()) return Kept.not(no.get());
                UUID cashSession =
                        openCashSession(session, cancelling.register()).orElse(null);
                if (cashSession == null) return Kept.not("cash-session-closed");
                back = new PromiseChangedBody.BackBody(
                        ids.next(),
                        cancelling.register().value(),
                        cashSession,
                        PromiseLedger.nextReceipt(session, cancelling.register().value()),
                        tender.name(),
                        tender.satPaymentForm(),
                        held.currency().getCurrencyCode(),
                        sums.money().minor(),
                        sums.kept().minor(),
                        money ? cancelling.reference() : "",
                        sums.credit().isZero() ? null : slip(place, sums.credit()));
            }
            change(
                    session,
                    place,
                    act,
                    promise,
                    PromiseLedger.CANCELLED,
                    cancelling.reason(),
                    back,
                    who,
                    answers == null || answers.id().equals(who.id()) ? null : answers);
            Promise after = ledger.promise(session, promise).orElseThrow();
            if (back != null)
                printing.append(
                        session,
                        cancelling.register(),
                        PromisePaper.page(
                                after, place.branch(), today(place.branch()), PromiseLedger.slip(session, promise)));
            return new Kept<>(Outcome.done(after), true);
        });
    }

    private PromiseChangedBody.SlipBody slip(Place place, Money amount) {
        Tender.Credit credit = CreditRows.credit(place.identity(), ids.next(), amount, today(place.branch()));
        return new PromiseChangedBody.SlipBody(credit.id(), amount.minor(), credit.proof());
    }

    private static boolean isManager(Person person) {
        return person.role() == Role.MANAGER || person.role() == Role.ADMIN;
    }

    /** Not one that has been counted: what is taken after the count would be nobody's. */
    private static Optional<UUID> openCashSession(Session session, RegisterId register) throws SQLException {
        return session.first("""
                select id
                from cash_session
                where register_id = ? and closed_at is null and counted_at is null
                """, row -> row.id("id"), register.value());
    }

    // --- reading

    @Override
    public Outcome<Promise> promise(UUID id) {
        return sales.read(session -> ledger.promise(session, id))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused("promise-unknown"));
    }

    @Override
    public List<Promise> find(String text) {
        String typed = text.strip();
        return sales.read(session -> {
            if (typed.isEmpty()) return ledger.open(session);
            Optional<UUID> number = ledger.byNumber(session, typed.toUpperCase(Locale.ROOT));
            if (number.isPresent())
                return List.of(ledger.promise(session, number.get()).orElseThrow());
            Set<String> words = new LinkedHashSet<>(Customer.words(typed));
            return words.isEmpty() ? List.of() : ledger.found(session, typed, new ArrayList<>(words));
        });
    }

    @Override
    public List<Promise> toTell() {
        return sales.read(ledger::toTell);
    }

    @Override
    public Outcome<Promise> print(UUID promise, RegisterId register, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Outcome<Promise> outcome = sales.write(session -> {
            Promise present = ledger.promise(session, promise).orElse(null);
            if (present == null) return Outcome.refused("promise-unknown");
            printing.append(
                    session,
                    register,
                    PromisePaper.page(present, branch, today(branch), PromiseLedger.slip(session, promise)));
            return Outcome.done(present);
        });
        if (outcome instanceof Outcome.Done<Promise>) queued.run();
        return outcome;
    }

    @Override
    public Outcome<byte[]> pdf(UUID promise) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.read(session -> ledger.promise(session, promise))
                .map(present -> Outcome.done(PromisePdf.of(present, branch, today(branch))))
                .orElseGet(() -> Outcome.refused("promise-unknown"));
    }

    @Override
    public Outcome<String> message(UUID promise) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.read(session -> ledger.promise(session, promise))
                .map(present -> Outcome.done(PromisePaper.message(present, branch, today(branch))))
                .orElseGet(() -> Outcome.refused("promise-unknown"));
    }

    @Override
    public long reserved(UUID part) {
        return sales.read(session -> PromiseLedger.reserved(session, part));
    }
}
