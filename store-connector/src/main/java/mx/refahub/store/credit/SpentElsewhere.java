package mx.refahub.store.credit;

import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.store.sqlite.SqliteFile;

/** What the hub last told of a credit's spending at other branches. Late by nature: what it does not know yet, the hub catches afterwards. */
@FunctionalInterface
public interface SpentElsewhere {
    SpentElsewhere UNKNOWN = credit -> Money.mxn(0);

    Money of(UUID credit);

    static SpentElsewhere in(SqliteFile reference) {
        return credit -> reference
                .read(session -> session.first("""
                        select spent
                        from credit_elsewhere
                        where credit_id = ?
                        """, row -> Money.mxn(row.number("spent")), credit))
                .orElse(Money.mxn(0));
    }
}
