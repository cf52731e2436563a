package mx.refahub.domain.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Outcome;

/**
 * Stations without a drawer (<i>mostrador</i>): browsers on the shop's network at which salespeople write notes and quotes, for a till to collect. A manager
 * asks for a code, the browser that it is typed into is the station from then on. Works with no network.
 */
public interface Stations {
    int MAX_NAME = 40;
    /** As many as a branch has at once. */
    int MOST = 50;

    Duration CODE_LIFE = Duration.ofMinutes(10);
    /** So many wrong codes, and every open one is void. */
    int MOST_TRIES = 5;

    /** @param id its tickets and quotes are written under it, as under a till's */
    record Station(RegisterId id, String name, String prefix, Instant pairedAt, String pairedBy) {}

    /** @param code eight digits, good for one browser */
    record Invitation(String code, String name, Instant expiresAt) {
        /** Never shows the code. */
        @Override
        public String toString() {
            return "Invitation[" + name + "]";
        }
    }

    /** @param token what the browser keeps and shows at every call; told once */
    record Paired(Station station, String token) {
        /** Never shows the token. */
        @Override
        public String toString() {
            return "Paired[" + station + "]";
        }
    }

    /** Refused: {@code station-name} without one or one too long, {@code station-name-taken} by a till or a station, {@code station-most}. */
    Outcome<Invitation> invite(String name, Person who);

    /** Refused: {@code store-not-ready}, {@code station-code-wrong}, {@code station-code-void} after too many wrong ones. */
    Outcome<Paired> pair(String code, Person who);

    /** Whose browser this is; empty for a token that nobody has any more. */
    Optional<Station> of(String token);

    /** By name. */
    List<Station> all();

    /** Its browser is none any more; a ticket that it has in hand waits with the others. Repeated, it answers the same. Refused: {@code station-unknown}. */
    Outcome<List<Station>> revoke(RegisterId station, Person who);
}
