package mx.refahub.domain.outside;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What adapters get: connections that a person has made and switched on, with their secrets. Screens use {@link ConnectionDesk}. */
public interface Connections {
    /** Those of a kind that are switched on, oldest first; one whose address leads where it must not by now is left out. */
    List<Connection> of(String kind);

    /**
     * Switched on or not; empty if it is gone.
     *
     * @throws mx.refahub.domain.Failure {@code REJECTED} if its address leads where it must not by now
     */
    Optional<Connection> find(UUID id);
}
