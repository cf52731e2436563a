package mx.refahub.domain.hub;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess.OneTimeCode;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who works here. People of a store stand at its tills and travel to it; administrators and accountants sign in to the console by e-mail. Every change
 * is audited and raises the user stream.
 *
 * <p>Refusals: {@code user-unknown}, {@code user-exists}, {@code user-name-invalid}, {@code email-invalid}, {@code name-missing}, {@code store-unknown}, {@code role-needs-store}, {@code role-without-store} (a
 * console role with a store), {@code role-other-kind} (from a till to the console or back), {@code limit-invalid}, {@code last-administrator}, {@code own-account}.
 */
public interface Staff {
    /** Those who left too, last. */
    List<Member> all();

    /** @return the member with a one-time code for the first sign-in */
    Outcome<Hired> hire(Hiring hiring, Person by);

    Outcome<Member> change(UserId id, Change change, Person by);

    /** Signs nobody in from now on; what they did keeps their name. */
    Outcome<Member> remove(UserId id, Person by);

    Outcome<Member> bringBack(UserId id, Person by);

    /**
     * @param user account name at the till, or e-mail at the console
     * @param discountLimit percent that may be let off without asking; null for the role's
     * @param ready has chosen a PIN or a password
     * @param secondFactor is asked for a code besides the password
     */
    record Member(
            UserId id,
            String user,
            String name,
            Role role,
            @Nullable StoreId store,
            @Nullable String storeName,
            @Nullable BigDecimal discountLimit,
            boolean ready,
            boolean secondFactor,
            Instant createdAt,
            @Nullable Instant removedAt) {}

    record Hired(Member member, OneTimeCode code) {}

    /** @param store null for a role of the console */
    record Hiring(
            String user,
            String name,
            Role role,
            @Nullable StoreId store,
            @Nullable BigDecimal discountLimit) {}

    record Change(String name, Role role, @Nullable BigDecimal discountLimit) {}

    static boolean worksAtTheConsole(Role role) {
        return role == Role.ADMIN || role == Role.ACCOUNTANT;
    }
}
