package mx.refahub.pos.counter;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;

/** A supervisor who answers for an act on the spot, by name and PIN. Tries are counted as at sign-in. */
final class Approvals {
    private final PinAccess access;

    Approvals(PinAccess access) {
        this.access = access;
    }

    /** @param user the supervisor's; never kept, and not shown by {@code toString} */
    record Approval(
            @NotNull @Size(min = 1, max = 60) String user,
            @NotNull @Size(min = 1, max = 60) String pin) {
        @Override
        public String toString() {
            return "Approval[" + user + "]";
        }
    }

    /** @return null if nobody was asked */
    @Nullable
    Person approver(@Nullable Approval approval) {
        return approval == null ? null : ActRefused.unlessDone(access.signIn(approval.user(), approval.pin()));
    }
}
