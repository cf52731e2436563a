package mx.refahub.domain.store;

import java.util.List;
import mx.refahub.domain.Outcome;

/**
 * Who may stand at a till. Checked with no network, against the users the hub has sent.
 *
 * <p>Refusals: {@code sign-in-failed}, {@code sign-in-locked} (naming minutes), {@code code-wrong}, {@code code-expired}, {@code pin-weak} (not 6 to 12 digits, or all
 * alike or in a row).
 */
public interface PinAccess {
    /** Names to choose from on the sign-in screen. */
    List<Name> people();

    /** @param needsCode has no PIN yet: signs in with the one-time code and chooses one */
    record Name(String user, String name, boolean needsCode) {}

    Outcome<Person> signIn(String user, String pin);

    /** Signs in with the one-time code and sets the PIN; the choice travels to the hub as a document. */
    Outcome<Person> redeem(String user, String code, String newPin);
}
