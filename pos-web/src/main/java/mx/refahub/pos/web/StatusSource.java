package mx.refahub.pos.web;

import java.util.List;

/** What {@code GET /api/status} and {@code GET /api/v1/health} say of this process. Supplied by the door or by the process. */
public interface StatusSource {
    /** Written as JSON to anyone who asks: liveness and versions, no secrets. */
    Object status();

    /** Why the process is degraded, as message keys under {@code health.}; empty when all is well. */
    List<String> troubles();

    /** Whether it cannot do its work at all: then health is answered with 503. */
    default boolean isDown() {
        return false;
    }
}
