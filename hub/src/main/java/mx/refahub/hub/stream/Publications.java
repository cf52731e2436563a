package mx.refahub.hub.stream;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;

/** The counters of the streams at the hub. */
public final class Publications implements StreamVersions {
    private final StreamTable table;
    private final Clock clock;

    Publications(StreamTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Map<Stream, Long> current() {
        Map<Stream, Long> versions = new EnumMap<>(Stream.class);
        table.versions().forEach(row -> versions.put(Stream.ofWireName(row.stream()), row.version()));
        return versions;
    }

    /**
     * Raises a stream inside the caller's transaction and returns the version for the rows that change with it. The counter's row stays
     * locked until the end of that transaction: whoever sees version n sees all rows up to n.
     */
    public long raise(Stream stream) {
        return table.raise(stream.wireName(), clock.instant());
    }
}
