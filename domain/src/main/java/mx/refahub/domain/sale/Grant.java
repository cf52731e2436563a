package mx.refahub.domain.sale;

import mx.refahub.domain.store.UserId;

/**
 * Who let something go that needs a reason: a discount, a return. Stands on the finished line for whoever looks later.
 *
 * @param reason in the clerk's words
 * @param by who answers for it: the clerk within the own limit, else the supervisor
 */
public record Grant(String reason, UserId by, String byName) {
    public static final int MAX_REASON = 120;

    public Grant {
        reason = reason.strip();
        if (reason.length() > MAX_REASON)
            throw new IllegalArgumentException("reason of " + reason.length() + " characters");
    }
}
