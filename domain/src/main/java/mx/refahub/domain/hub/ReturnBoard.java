package mx.refahub.domain.hub;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.store.Person;

/** How parts may come back, as the company sets it, and what is to be looked at of what did. Implemented by the hub over PostgreSQL. */
public interface ReturnBoard {
    /** @param value the part's id, the category's path, the brand; empty for all */
    record Rule(ReturnPolicy.Target target, String value, String name, ReturnPolicy policy, String by, Instant at) {}

    List<Rule> rules();

    /**
     * Sets a policy in place of an earlier one; stores have it with the next download. Refused: {@code part-unknown}, {@code return-target} (nothing named, or longer than 200).
     *
     * @param value of a part its id, or its line code and number
     */
    Outcome<List<Rule>> set(ReturnPolicy.Target target, String value, ReturnPolicy policy, Person who);

    /** Takes it back; one that is not there changes nothing. */
    List<Rule> withdraw(ReturnPolicy.Target target, String value, Person who);

    /**
     * A returned line that somebody should look at.
     *
     * @param store code of the branch that took it back; it bears what is too much
     * @param about why it is here
     * @param of folio of the ticket that it was sold on; empty without one
     * @param by who answers for it
     */
    record Case(
            UUID line,
            About about,
            String store,
            String folio,
            Instant at,
            String part,
            String description,
            Quantity quantity,
            Money amount,
            String of,
            String by,
            String reason,
            String waived) {}

    enum About {
        /** More came back than was sold, over all branches. */
        TOO_MUCH,
        NO_TICKET,
        /** The policy was not held to. */
        WAIVED,
        /** Another branch's ticket whose proof does not hold. */
        FALSE_PROOF
    }

    /** What is too much and false proofs first, then the newest. */
    List<Case> cases(int limit);

    /** @param covered the vehicle is one that the catalogue says the part fits */
    record Misfit(
            UUID part,
            String number,
            String name,
            ReturnTerms.Vehicle vehicle,
            long times,
            Instant last,
            boolean covered) {}

    /** The most frequent first. */
    List<Misfit> misfits(int limit);
}
