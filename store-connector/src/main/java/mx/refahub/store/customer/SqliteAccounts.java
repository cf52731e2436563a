package mx.refahub.store.customer;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Settled;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.cash.CashJournal;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments on account over sales.db. A payment is one transaction: ledger, cash journal, receipt and document stand or fall together. */
public final class SqliteAccounts implements Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteAccounts.class);

    /** What an account is paid with: pesos, as they are. */
    private static final Set<Tender.Kind> TAKEN = EnumSet.of(
            Tender.Kind.CASH,
            Tender.Kind.CREDIT_CARD,
            Tender.Kind.DEBIT_CARD,
            Tender.Kind.TRANSFER,
            Tender.Kind.CHEQUE);

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final AccountLedger ledger;
    private final OutboxWriter outbox;
    private final PrintQueue printing;
    private final IdSource ids;
    private final Clock clock;
    private final Runnable queued;

    /** @param queued called after a commit that queued a page; only sets a flag and returns */
    public SqliteAccounts(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AccountLedger ledger,
            OutboxWriter outbox,
            PrintQueue printing,
            IdSource ids,
            Clock clock,
            Runnable queued) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.ledger = ledger;
        this.outbox = outbox;
        this.printing = printing;
        this.ids = ids;
        this.clock = clock;
        this.queued = queued;
    }

    @Override
    public Outcome<Account> account(UUID customer) {
        return sales.read(session -> ledger.account(session, customer))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused("customer-unknown"));
    }

    private record Kept<T>(Outcome<T> outcome, boolean fresh) {
        static <T> Kept<T> not(String code, String... arguments) {
            return new Kept<>(Outcome.refused(code, arguments), false);
        }
    }

    @Override
    public Outcome<Taken> take(UUID act, UUID customer, RegisterId register, Payment payment, Person who) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        if (!TAKEN.contains(payment.tender())) return Outcome.refused("account-tender");
        if (payment.amount().compareTo(Money.mxn(0)) <= 0) return Outcome.refused("account-amount");
        if (payment.reference().length() > MAX_REFERENCE
                || payment.tender() != Tender.Kind.CASH && payment.reference().isEmpty())
            return Outcome.refused("account-reference", Integer.toString(MAX_REFERENCE));
        Kept<Taken> kept =
                sales.write(session -> keep(session, identity, branch, act, customer, register, payment, who));
        if (kept.fresh()) {
            outbox.ring();
            queued.run();
            LOG.info("account payment taken payment={} customer={} user={}", act, customer, who.id());
        }
        return kept.outcome();
    }

    private Kept<Taken> keep(
            Session session,
            Identity identity,
            Branch branch,
            UUID act,
            UUID customer,
            RegisterId register,
            Payment payment,
            Person who)
            throws SQLException {
        AccountPaymentBody earlier = ledger.payment(session, act).orElse(null);
        if (earlier != null)
            return earlier.customer().equals(customer)
                            && earlier.amount() == payment.amount().minor()
                            && earlier.kind().equals(payment.tender().name())
                    ? new Kept<>(Outcome.done(taken(earlier, payment)), false)
                    : Kept.not("account-act-differs", earlier.number());
        Account account = ledger.account(session, customer).orElse(null);
        if (account == null) return Kept.not("customer-unknown");
        UUID cashSession =
                session.first("""
                select id
                from cash_session
                where register_id = ? and closed_at is null and counted_at is null
                """, row -> row.id("id"), register.value()).orElse(null);
        if (cashSession == null) return Kept.not("cash-session-closed");
        Money open = account.open().stream().map(Account.Open::left).reduce(Money.mxn(0), Money::plus);
        // What is in favour lowers what can be paid.
        if (account.balance().compareTo(open) < 0) open = account.balance();
        if (open.isNegative()) open = Money.mxn(0);
        if (payment.amount().compareTo(open) > 0) return Kept.not("account-over", open.text());
        Set<UUID> known = new HashSet<>();
        account.open().forEach(one -> known.add(one.id()));
        if (!known.containsAll(payment.tickets())) return Kept.not("account-ticket-unknown");
        List<Settled> applied = inOrder(account.open(), payment);
        OutboxWriter.Slot slot = outbox.next(session);
        LocalDate day = slot.at().atZone(branch.zone()).toLocalDate();
        String number = nextReceipt(session, register);
        AccountPaymentBody body = new AccountPaymentBody(
                act,
                identity.store().value(),
                customer,
                account.customer().name(),
                register.value(),
                cashSession,
                number,
                payment.tender().name(),
                payment.tender().satPaymentForm(),
                payment.amount().currency().getCurrencyCode(),
                payment.amount().minor(),
                payment.reference(),
                applied.stream()
                        .map(one -> new AccountPaymentBody.AppliedBody(
                                one.charge(), one.folio(), one.amount().minor()))
                        .toList(),
                account.balance().minor(),
                slot.at(),
                day,
                who.id().value(),
                who.name());
        Set<UUID> after = new LinkedHashSet<>(CustomerRows.documentsWaiting(session, customer));
        after.addAll(AccountLedger.documentsOf(session, applied));
        outbox.append(
                session,
                slot,
                identity,
                customer.toString(),
                DocumentType.ACCOUNT_PAYMENT,
                DocumentType.ACCOUNT_PAYMENT_SCHEMA,
                List.copyOf(after),
                body);
        ledger.payment(session, body, slot.sequence());
        CashJournal.accountPayment(
                session, cashSession, slot.at(), who, act, payment.tender(), payment.amount(), number);
        Taken taken = taken(body, payment);
        printing.append(session, register, AccountPaper.receipt(taken, account.customer(), branch));
        return new Kept<>(Outcome.done(taken), true);
    }

    /** The chosen tickets in the order in which they were chosen, then the oldest of the others. */
    private static List<Settled> inOrder(List<Account.Open> open, Payment payment) {
        List<Settled> laid = new ArrayList<>();
        Money rest = payment.amount();
        for (UUID chosen : new LinkedHashSet<>(payment.tickets())) {
            List<Settled> one = Account.oldestFirst(
                    open.stream().filter(o -> o.id().equals(chosen)).toList(), rest);
            laid.addAll(one);
            rest = one.stream().map(Settled::amount).reduce(rest, Money::minus);
        }
        laid.addAll(Account.oldestFirst(
                open.stream().filter(o -> !payment.tickets().contains(o.id())).toList(), rest));
        return laid;
    }

    private static Taken taken(AccountPaymentBody body, Payment payment) {
        Money before = Money.mxn(body.balanceBefore());
        return new Taken(
                body.id(),
                body.customer(),
                body.number(),
                payment,
                body.applied().stream()
                        .map(one -> new Settled(one.charge(), one.folio(), Money.mxn(one.amount())))
                        .toList(),
                before,
                before.minus(Money.mxn(body.amount())),
                body.at(),
                body.businessDay(),
                body.byName());
    }

    /** From the register's row, in the payment's own transaction: one that rolls back gives its number back. */
    private static String nextReceipt(Session session, RegisterId register) throws SQLException {
        return session.first(
                        """
                update register
                set next_receipt = next_receipt + 1
                where id = ?
                returning prefix, next_receipt - 1 as number
                """,
                        row -> String.format(Locale.ROOT, "%s-A%06d", row.text("prefix"), row.number("number")),
                        register.value())
                .orElseThrow(() -> new IllegalStateException("register " + register + " is gone"));
    }

    @Override
    public Outcome<Account> bounce(UUID act, UUID payment, Money fee, String note, Person who) {
        Identity identity = identities.current().orElse(null);
        Branch branch = branches.current().orElse(null);
        if (identity == null || branch == null) return Outcome.refused("store-not-ready");
        if (!AccountLedger.isManager(who)) return Outcome.refused("account-needs-manager", who.name());
        Kept<Account> kept = sales.write(session -> {
            AccountPaymentBody paid = ledger.payment(session, payment).orElse(null);
            if (paid == null) return Kept.not("payment-unknown");
            if (ledger.knows(session, act))
                return new Kept<>(
                        Outcome.done(ledger.account(session, paid.customer()).orElseThrow()), false);
            if (!paid.kind().equals(Tender.Kind.CHEQUE.name())) return Kept.not("payment-no-cheque");
            if (ledger.bouncedAlready(session, payment)) return Kept.not("cheque-bounced-already", paid.number());
            if (fee.isNegative() || fee.minor() > paid.amount())
                return Kept.not("account-fee", Money.mxn(paid.amount()).text());
            OutboxWriter.Slot slot = outbox.next(session);
            ChequeBouncedBody body = new ChequeBouncedBody(
                    act,
                    identity.store().value(),
                    paid.customer(),
                    paid.customerName(),
                    payment,
                    paid.number(),
                    paid.currency(),
                    paid.amount(),
                    fee.isZero() ? null : ids.next(),
                    fee.minor(),
                    note.strip(),
                    slot.at(),
                    slot.at().atZone(branch.zone()).toLocalDate(),
                    who.id().value(),
                    who.name());
            outbox.append(
                    session,
                    slot,
                    identity,
                    paid.customer().toString(),
                    DocumentType.CHEQUE_BOUNCED,
                    DocumentType.CHEQUE_BOUNCED_SCHEMA,
                    body);
            AccountLedger.bounced(session, body, slot.sequence());
            return new Kept<>(
                    Outcome.done(ledger.account(session, paid.customer()).orElseThrow()), true);
        });
        if (kept.fresh()) {
            outbox.ring();
            LOG.info("cheque bounced act={} payment={} user={}", act, payment, who.id());
        }
        return kept.outcome();
    }

    @Override
    public Outcome<Account> printStatement(UUID customer, RegisterId register, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Outcome<Account> outcome = sales.write(session -> {
            Account account = ledger.account(session, customer).orElse(null);
            if (account == null) return Outcome.refused("customer-unknown");
            printing.append(session, register, AccountPaper.statement(account, branch, clock.instant()));
            return Outcome.done(account);
        });
        if (outcome instanceof Outcome.Done<Account>) queued.run();
        return outcome;
    }
}
