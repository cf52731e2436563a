package mx.refahub.domain.outside;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What adapters get: connections that a person has made and switched on, with their secrets. Screens use {@link ConnectionDesk}. */
public interface Connections {
    /**
     * Those of a kind that are switched on, oldest first.
     *
     * @throws mx.refahub.domain.Failure {@code REJECTED} if the address of one leads where it must not by now
     */
    List<Connection> of(String kind);

    /** Switched on or not; empty if it is gone. Throws as {@link #of}. */
    Optional<Connection> find(UUID id);

    /** Replaces these secrets, which the outside system itself gave, as tokens that it renews; others stay. Nothing if the connection is gone. */
    void keep(UUID id, Map<String, String> secrets);
}
