package mx.refahub.domain.device;

import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/**
 * Prints labels; they wait on disk while no label printer works.
 *
 * <p>Refusals: {@code label-printer-missing}, {@code label-copies}.
 */
public interface Labels {
    int MOST_COPIES = 500;

    /** @return how many wait to be printed, these among them */
    Outcome<Integer> print(Label label, int copies, Person who);
}
