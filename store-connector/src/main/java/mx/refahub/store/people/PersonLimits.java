package mx.refahub.store.people;

import java.math.BigDecimal;
import mx.refahub.domain.sale.DiscountLimits;
import mx.refahub.domain.store.Person;
import mx.refahub.store.sqlite.SqliteFile;

/** A person's own limit, as the hub sent it; else the role's. */
public final class PersonLimits implements DiscountLimits {
    private final SqliteFile reference;
    private final DiscountLimits byRole;

    public PersonLimits(SqliteFile reference, DiscountLimits byRole) {
        this.reference = reference;
        this.byRole = byRole;
    }

    @Override
    public BigDecimal of(Person person) {
        return reference
                .read(session -> session.first(
                        """
                        select discount_limit
                        from person
                        where id = ? and discount_limit is not null
                        """,
                        row -> new BigDecimal(row.text("discount_limit")),
                        person.id().value()))
                .orElseGet(() -> byRole.of(person));
    }
}
