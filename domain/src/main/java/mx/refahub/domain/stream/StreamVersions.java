package mx.refahub.domain.stream;

import java.util.Map;

/** The present version of every stream at this side: the hub's published ones, or what a store has applied. */
public interface StreamVersions {
    Map<Stream, Long> current();
}
