package mx.refahub.domain.promise;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * Quotes, layaways and special orders at the counter. Implemented by the store connector over SQLite; works with no network. Every act is one transaction with its documents, and may be
 * repeated under its own id: it then changes nothing and answers as before; the same id for another act is {@code promise-act-differs}.
 */
public interface Promises {
    int MAX_REFERENCE = 60;
    int MOST_PAYMENTS = 24;

    /**
     * The company's rules.
     *
     * @param firstPercent what of a layaway's total is paid at once, at least
     * @param orderPercent the same of a special order
     * @param penaltyPercent what of a layaway's deposit is kept when it is cancelled; 0 for nothing
     */
    record Rules(int quoteDays, int layawayDays, int firstPercent, int orderPercent, int penaltyPercent) {}

    Rules rules();

    /** What a dollar is worth today; null where none is taken. */
    @Nullable
    ExchangeRate dollar();

    /**
     * @param tender cash in pesos or dollars, a card, a transfer, a cheque, a store credit or a gift voucher
     * @param amount in pesos; of {@code CASH_USD} in dollars. All of it is the deposit: there is no change
     * @param reference authorisation, transfer or cheque number, code or QR of a slip; empty for cash
     */
    record Deposit(UUID act, Tender.Kind tender, Money amount, String reference) {
        public Deposit {
            reference = reference.strip();
            if ((tender == Tender.Kind.CASH_USD) == amount.currency().equals(Money.MXN))
                throw new IllegalArgumentException(tender + " in " + amount.currency());
        }
    }

    /**
     * @param dueOn null: by the rules
     * @param payments how many after the first one; only of a layaway
     * @param deposit null where nothing is paid now
     */
    record Making(
            Promise.Kind kind,
            @Nullable LocalDate dueOn,
            int payments,
            String note,
            @Nullable Deposit deposit) {
        public Making {
            note = note.strip();
        }
    }

    /**
     * Promises what stands on the ticket in hand, at its prices; the ticket is then gone. Refused: {@code ticket-unknown}, {@code ticket-finished}, {@code ticket-parked}, {@code ticket-empty},
     * {@code card-charge-on-ticket}, {@code promise-lines} (something comes back, or was promised before), {@code promise-without-customer}, {@code promise-day} (in the past, or too far off),
     * {@code promise-plan}, {@code promise-first} (naming the least that is paid at once), {@code promise-over} (naming the most), {@code cash-session-closed} and those of {@link #pay}.
     *
     * @param act the promise's id
     */
    Outcome<Promise> make(UUID act, UUID ticket, Making making, Person who);

    /** Refused: {@code promise-unknown}. */
    Outcome<Promise> promise(UUID id);

    /** What {@code text} finds: a number, a customer's name or phone; without text those that are open, quotes left out, the earliest day first. */
    List<Promise> find(String text);

    /** Special orders that have arrived and whose customers do not know it. */
    List<Promise> toTell();

    /**
     * Takes a payment into the register's drawer. Refused: {@code promise-unknown}, {@code promise-closed}, {@code promise-holds-none} (a quote), {@code promise-amount}, {@code promise-over} (naming what is
     * left), {@code account-tender}, {@code account-reference}, {@code cash-session-closed}, {@code rate-unknown}, {@code rate-too-old}, and of a slip as
     * {@link mx.refahub.domain.credit.Credits#look} and {@code credit-short}.
     */
    Outcome<Promise> pay(UUID promise, RegisterId register, Deposit deposit, Person who);

    /**
     * @param quoted what the promise came to
     * @param left lines that could not be priced today
     */
    record Loaded(Ticket ticket, Money quoted, List<String> left) {
        public Loaded {
            left = List.copyOf(left);
        }
    }

    /**
     * Puts the promise on the register's ticket in hand, at the agreed prices; a quote that is over at today's. What stood there waits. Refused: {@code promise-unknown}, {@code promise-closed},
     * {@code promise-elsewhere} (naming the register that has it in hand), {@code promise-not-arrived}, {@code cash-session-closed}.
     */
    Outcome<Loaded> load(UUID promise, RegisterId register, Person who);

    enum Note {
        ARRIVED,
        TOLD
    }

    /** Notes that a special order's pieces are here, or that its customer knows. Refused: {@code promise-unknown}, {@code promise-closed}, {@code promise-note} (no order, or not arrived yet). */
    Outcome<Promise> note(UUID act, UUID promise, Note note, Person who);

    /**
     * @param tender how the money goes back: cash, a card, a transfer; {@code STORE_CREDIT} for all of it as a slip. What slips paid goes back as a slip anyhow ({@link Promise#back})
     * @param approver somebody whose PIN was just checked; null if nobody was asked
     */
    record Cancelling(
            RegisterId register,
            Tender.Kind tender,
            String reference,
            String reason,
            @Nullable Person approver) {
        public Cancelling {
            reference = reference.strip();
            reason = reason.strip();
        }
    }

    /**
     * Ends it without a sale: the deposit goes back out of the register's drawer, less what the company keeps of a layaway. Refused: {@code promise-unknown}, {@code promise-closed}, {@code promise-on-ticket} (it
     * stands on a ticket), {@code promise-needs-manager}, {@code reason-missing}, {@code refund-in-pesos}, {@code refund-by-credit}, {@code account-tender}, {@code account-reference}, {@code cash-session-closed}.
     */
    Outcome<Promise> cancel(UUID act, UUID promise, Cancelling cancelling, Person who);

    /** Prints it with its statement at a register. Refused: {@code promise-unknown}. */
    Outcome<Promise> print(UUID promise, RegisterId register, Person who);

    /** Refused: {@code promise-unknown}. */
    Outcome<byte[]> pdf(UUID promise);

    /** As a message for the customer, in Spanish. Refused: {@code promise-unknown}. */
    Outcome<String> message(UUID promise);

    /** Pieces of each part, in thousandths, that stand apart for open layaways and arrived orders. */
    long reserved(UUID part);
}
