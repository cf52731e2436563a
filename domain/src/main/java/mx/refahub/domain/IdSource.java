package mx.refahub.domain;

import java.util.UUID;

/** Mints ids where the thing is made. Every id is a UUID of version 7 (RFC 9562, section 5.7), so ids sort by time. */
@FunctionalInterface
public interface IdSource {
    UUID next();
}
