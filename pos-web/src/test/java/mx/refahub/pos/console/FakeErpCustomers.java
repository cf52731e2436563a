package mx.refahub.pos.console;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.erp.ErpCustomers;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.store.Person;

/** Nobody is proposed. */
final class FakeErpCustomers implements ErpCustomers {
    @Override
    public List<Proposal> proposals(ErpTarget target, int most) {
        return List.of();
    }

    @Override
    public Outcome<UUID> take(ErpTarget target, String code, Set<CustomerField> fields, Person by) {
        return Outcome.refused("erp-customer-unknown", code);
    }

    @Override
    public Outcome<String> leave(ErpTarget target, String code, Person by) {
        return Outcome.refused("erp-customer-unknown", code);
    }
}
