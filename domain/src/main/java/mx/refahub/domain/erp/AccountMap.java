package mx.refahub.domain.erp;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** Which account each role goes to in each target's chart. One row may hold for one branch; without it the row of all branches does. */
public interface AccountMap {
    /**
     * @param store null: all branches without a row of their own
     * @param satGroup SAT's código agrupador, which the electronic accounting asks for; else may be empty
     */
    record Row(AccountRole role, String kind, @Nullable StoreId store, String account, String name, String satGroup) {
        public static final int LONGEST_ACCOUNT = 30;
        public static final int LONGEST_NAME = 100;

        public Row {
            kind = kind.strip();
            account = account.strip();
            name = name.strip();
            satGroup = satGroup.strip();
        }
    }

    /** @param costCenter of the branch, as the target names it; may be empty */
    record Branch(StoreId store, String code, String name, String costCenter) {}

    /** Roles and kinds that tickets of the ledger have so far, and those of a counter that has not sold them yet, without an account or with one. */
    record Mapping(ErpTarget target, List<Row> rows, List<Needed> needed, List<Branch> branches) {
        public Mapping {
            rows = List.copyOf(rows);
            needed = List.copyOf(needed);
            branches = List.copyOf(branches);
        }
    }

    record Needed(AccountRole role, String kind) {}

    Mapping of(ErpTarget target);

    /**
     * Replaces the target's rows and cost centres as a whole; entries that were made keep their accounts. Rows without an account are left out.
     *
     * <p>Refusals: {@code account-invalid}: longer than 30 characters or with control characters; {@code account-name-invalid};
     * {@code account-twice}: two rows for one role, kind and branch; {@code account-group-invalid}: not like SAT's {@code 101.01};
     * {@code branch-unknown}.
     */
    Outcome<Mapping> put(ErpTarget target, List<Row> rows, List<Branch> branches, Person by);
}
