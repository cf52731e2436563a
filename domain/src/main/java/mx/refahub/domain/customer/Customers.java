package mx.refahub.domain.customer;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** The customers at the counter. Implemented by the store connector over SQLite; works with no network. Every call may be repeated. */
public interface Customers {
    int MOST_FOUND = 50;

    /** Those of which each word typed begins a word: name, phone, RFC, plate, e-mail. By name; none for an empty text. */
    List<Customer> search(String text, int limit);

    /** Refused: {@code customer-unknown}. */
    Outcome<Customer> customer(UUID id);

    /**
     * A new customer, here at once and for the hub as a document.
     *
     * @param id minted by the screen: the same id again is the same customer
     * @param fields as typed; refused as {@link CustomerField#typed} says
     */
    Outcome<Customer> make(UUID id, Map<CustomerField, String> fields, Person who);

    /**
     * Mends the fields that are given and differ. Refused: {@code customer-unknown}, and as {@link CustomerField#typed} says.
     *
     * @param act minted by the screen; the same act again changes nothing
     */
    Outcome<Customer> mend(UUID act, UUID customer, Map<CustomerField, String> fields, Person who);
}
