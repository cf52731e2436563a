package mx.refahub.pos.web;

import java.util.EnumSet;
import java.util.Set;
import mx.refahub.domain.store.Role;
import org.springframework.http.HttpMethod;

/**
 * Who may make one call. What no row names is refused to everyone.
 *
 * @param pattern as in a controller's mapping; a more special pattern wins over a more general one
 * @param whom the kind of caller
 * @param roles those that may, when a person must have signed in
 * @param beforeSetup whether it is answered while the process still waits for its first-run setup
 * @param csrf whether a browser must prove that its own page sent it. Only a call that carries its own one-time secret does without
 */
public record AccessRow(
        HttpMethod method, String pattern, Whom whom, Set<Role> roles, boolean beforeSetup, boolean csrf) {
    public enum Whom {
        ANYONE,
        /** This machine only, and not on behalf of another. */
        LOOPBACK,
        PERSON
    }

    public AccessRow {
        roles = Set.copyOf(roles);
        if ((whom == Whom.PERSON) == roles.isEmpty())
            throw new IllegalArgumentException("roles go with persons: " + method + " " + pattern);
    }

    public static AccessRow open(HttpMethod method, String pattern) {
        return new AccessRow(method, pattern, Whom.ANYONE, Set.of(), false, true);
    }

    public static AccessRow loopback(HttpMethod method, String pattern) {
        return new AccessRow(method, pattern, Whom.LOOPBACK, Set.of(), true, true);
    }

    public static AccessRow roles(HttpMethod method, String pattern, Set<Role> roles) {
        return new AccessRow(method, pattern, Whom.PERSON, roles, false, true);
    }

    public static AccessRow signedIn(HttpMethod method, String pattern) {
        return roles(method, pattern, EnumSet.allOf(Role.class));
    }

    public AccessRow alsoBeforeSetup() {
        return new AccessRow(method, pattern, whom, roles, true, csrf);
    }

    /** For a call that proves itself by a one-time code in its body, so that scripts can make it. */
    public AccessRow withoutCsrf() {
        return new AccessRow(method, pattern, whom, roles, beforeSetup, false);
    }
}
