package mx.refahub.domain.cash;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Runs open drawers and closes them. Implemented by the store connector; works with no network. Each act carries an id minted by the screen: the same
 * act again changes nothing and answers as before, the same id with another content is refused as {@code cash-act-differs}. Each act is one transaction that
 * writes the journal and, except for a count, a document; it is on disk before the call returns.
 *
 * <p>Refusals: {@code cash-session-unknown}, {@code cash-session-ended} (it has its Z), {@code cash-session-counted} (it waits for its Z),
 * {@code cash-not-counted}, {@code cash-over-limit}, {@code cash-reference-missing}, {@code cash-note-missing}, {@code cash-reason-missing} (naming the tenders),
 * {@code cash-session-open} (what is open cannot be opened again), {@code cash-session-not-last} (the register has had a later one), {@code cash-act-differs},
 * {@code cash-z-unknown}, {@code store-not-ready}.
 */
public interface CashSessions {
    /** @param limits that hold now */
    record Standing(CashSession session, String registerName, CashLimits limits) {}

    Outcome<Standing> standing(UUID session);

    /** Whoever has signed in takes the drawer over; the one who has it already changes nothing. */
    Outcome<CashSession> takeOver(UUID act, UUID session, Person who);

    /** @param approver who allowed it on the spot by PIN; above the limit it takes a manager, here or signed in */
    Outcome<CashMovement.Recorded> move(UUID session, CashMovement movement, Person who, @Nullable Person approver);

    /** The figures so far, at any time. */
    Outcome<CashReport> x(UUID session);

    /** @param withExpected whether what should be in the drawer is on the paper, too */
    Outcome<CashReport> printX(UUID session, boolean withExpected, Person who);

    /** Takes the count down for good. From then on nothing moves in the drawer but towards its Z. The answer is what the count comes to. */
    Outcome<CashReport> count(UUID act, UUID session, CashCount count, Person who);

    /** What the count came to. */
    Outcome<CashReport> counted(UUID session);

    record Why(Tender.Kind tender, Currency currency, String reason) {}

    /** Writes the Z under the register's next number and prints it. */
    Outcome<CashReport> close(UUID act, UUID session, List<Why> reasons, Person who);

    /** Opens a closed session again; its next Z supersedes this one. Whether somebody may is decided before. */
    Outcome<CashSession> reopen(UUID act, UUID session, String reason, Person who);

    /** @param superseded whether a later Z of the same session counts instead */
    record ZHead(
            UUID id,
            UUID session,
            RegisterId register,
            String registerName,
            long number,
            long supersedes,
            boolean superseded,
            boolean sessionOpen,
            UserId cashier,
            String cashierName,
            Instant closedAt) {}

    /**
     * Newest first.
     *
     * @param cashier only what this person closed or stood at; null for everybody's
     */
    List<ZHead> zs(@Nullable UserId cashier, int limit);

    Outcome<CashReport> z(UUID id);

    /** Prints the Z again, marked. */
    Outcome<CashReport> reprint(UUID z, Person who);

    /** <i>Corte general</i>: all registers. */
    Outcome<CashDay> day(LocalDate day);

    /** The day by the branch's clock. */
    Outcome<LocalDate> today();

    Outcome<CashDay> printDay(LocalDate day, Person who);

    /** Whether the session's journal is as it was written. */
    Outcome<CashChain.Verdict> verify(UUID session);
}
