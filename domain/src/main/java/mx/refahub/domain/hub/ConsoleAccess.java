package mx.refahub.domain.hub;

import java.time.Instant;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/**
 * Who may enter the console. No default password exists: the first administrator is made with the one-time code in the log.
 *
 * <p>Refusals: {@code sign-in-failed} (never saying what was wrong), {@code sign-in-locked} (naming minutes), {@code code-wrong},
 * {@code code-expired}, {@code setup-done}, {@code password-weak}, {@code email-invalid}, {@code user-exists}, {@code user-unknown}.
 */
public interface ConsoleAccess {
    boolean needsSetup();

    Outcome<Person> setUp(String code, String email, String name, String password);

    /** Without a second factor. */
    default Outcome<Person> signIn(String email, String password) {
        return signIn(email, password, "");
    }

    /**
     * @param factor the code of the authenticator, or a recovery code; empty for none. Also refused: {@code second-factor-needed}, {@code second-factor-wrong}
     */
    Outcome<Person> signIn(String email, String password, String factor);

    /**
     * Signs in with a one-time code and sets the password. The code is spent. Who has a second factor then signs in with both: {@code second-factor-needed}.
     */
    Outcome<Person> redeem(String email, String code, String newPassword);

    /** A fresh one-time code with which a user of the console, or a cashier at a till, signs in the next time and chooses a secret. */
    Outcome<OneTimeCode> issueCode(String user, Person by);

    /** A code with which a new store may register itself, once. */
    Outcome<OneTimeCode> issueActivation(Person by);

    record OneTimeCode(String code, Instant expiresAt) {}
}
