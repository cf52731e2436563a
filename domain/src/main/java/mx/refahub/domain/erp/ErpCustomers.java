package mx.refahub.domain.erp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.CustomerBoard.Mended;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Customers that an ERP tells of, as proposals: a person takes them over field by field, or leaves them. Nothing is changed by itself. */
public interface ErpCustomers {
    /**
     * @param code the ERP's
     * @param customer ours with the same RFC, or the one it was taken for before; null: there is none, it would be new
     * @param several more than one of ours has the RFC: it cannot be taken before they are sorted out
     * @param fields what would change, each with what it holds now
     */
    record Proposal(
            String code,
            String name,
            String rfc,
            @Nullable UUID customer,
            String customerName,
            boolean several,
            Map<CustomerField, Mended> fields,
            Instant heardAt) {
        public Proposal {
            fields = Map.copyOf(fields);
        }
    }

    /** By name; those that say what is known already are left out, as are those without an RFC or with that of the general public. */
    List<Proposal> proposals(ErpTarget target, int most);

    /**
     * Takes these fields over, of a customer that is new all of them. Goes to the stores, and stands in the customer's timeline. Audited. Refusals: {@code
     * erp-customer-unknown}: it is not there, decided, or says what is known; {@code erp-customer-several}; {@code erp-customer-fields}: none of them.
     */
    Outcome<UUID> take(ErpTarget target, String code, Set<CustomerField> fields, Person by);

    /** Not asked again until the ERP says something else of it. Audited. Refusal: {@code erp-customer-unknown}. */
    Outcome<String> leave(ErpTarget target, String code, Person by);
}
