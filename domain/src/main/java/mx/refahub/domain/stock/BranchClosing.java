package mx.refahub.domain.stock;

import java.time.Instant;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** Closing a branch for good: only when nothing is left there. From then on nothing goes to it, and its tills take in and send nothing. */
public interface BranchClosing {
    enum Step {
        /** Goods on the way to it or from it. */
        TRANSIT,
        /** Promises that it made or waits for. */
        LEASES,
        /** Orders that suppliers have got for it. */
        ORDERS,
        /** Drawers that are not counted. */
        CASH,
        /** Layaways and special orders: their deposits are this branch's to apply or to give back. */
        PROMISES,
        /** What stands on its shelves, or is missing there. */
        STOCK,
        /** Documents that have not come up or are not applied. */
        DOCUMENTS
    }

    /**
     * @param count how many are left; 0: done
     * @param examples up to five of them in words
     */
    record Left(Step step, long count, List<String> examples) {
        public Left {
            examples = List.copyOf(examples);
        }
    }

    /** @param heardAt when the branch was heard of last */
    record State(
            StoreId store,
            String code,
            String name,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            String reason,
            @Nullable Instant heardAt,
            List<Left> left) {
        public State {
            left = List.copyOf(left);
        }

        public boolean mayClose() {
            return closedAt == null && left.stream().allMatch(step -> step.count() == 0);
        }
    }

    /** @return refused: {@code store-unknown} */
    Outcome<State> state(StoreId store);

    /** @return refused: {@code branch-not-empty} with what is left, {@code reason-needed}; a branch that is closed answers as it is */
    Outcome<State> close(StoreId store, String reason, Person who);

    /** It opens again as it was left. */
    Outcome<State> reopen(StoreId store, String reason, Person who);
}
