package mx.refahub.domain.hub;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/**
 * The second proof beside the password: six figures of an authenticator (TOTP, RFC 6238: SHA-1, 30 seconds, six digits), or a recovery code in its place. Each
 * is worth something once. Implemented at the hub.
 */
public interface SecondFactors {
    /**
     * @param secret Base32 without padding, to be typed where no picture can be read
     * @param uri {@code otpauth://totp/…}, for a QR code
     */
    record Enrolment(String secret, String uri) {
        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Enrolment";
        }
    }

    /** @param recoveryCodes that are left */
    record State(boolean on, int recoveryCodes) {}

    State state(Person who);

    /** A new secret, which counts only once a code of it was typed. Refused: {@code second-factor-on}. */
    Outcome<Enrolment> begin(Person who);

    /**
     * @return recovery codes, shown this once; each signs in once where the telephone is not at hand
     *     <p>Refused: {@code second-factor-wrong}, {@code second-factor-not-begun}, {@code second-factor-on}, {@code sign-in-locked}
     */
    Outcome<List<String>> confirm(Person who, String code);

    /** Takes the own one off. Refused: {@code second-factor-wrong}, {@code second-factor-off}, {@code sign-in-locked}. */
    Outcome<State> takeOff(Person who, String code);

    /** Takes somebody else's off, whose telephone is lost. Refused: {@code user-unknown}, {@code second-factor-off}. */
    Outcome<State> reset(String user, Person by);
}
