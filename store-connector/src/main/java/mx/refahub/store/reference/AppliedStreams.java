package mx.refahub.store.reference;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.store.sqlite.SqliteFile;

/** Which version of each stream stands here. Changed only after the transaction that applied it. */
public final class AppliedStreams implements StreamVersions {
    private final Map<Stream, Long> versions = new EnumMap<>(Stream.class);
    private final Map<Stream, Instant> times = new EnumMap<>(Stream.class);
    private final List<Consumer<Stream>> listeners = new CopyOnWriteArrayList<>();

    public AppliedStreams(SqliteFile reference) {
        for (Stream stream : Stream.values()) versions.put(stream, 0L);
        reference.read(session -> session.all("""
                select stream, version, applied_at
                from stream_version
                """, row -> {
            Stream stream = Stream.ofWireName(row.text("stream"));
            versions.put(stream, row.number("version"));
            times.put(stream, row.instant("applied_at"));
            return stream;
        }));
    }

    @Override
    public synchronized Map<Stream, Long> current() {
        return Map.copyOf(versions);
    }

    public synchronized long version(Stream stream) {
        return versions.getOrDefault(stream, 0L);
    }

    public synchronized Optional<Instant> appliedAt(Stream stream) {
        return Optional.ofNullable(times.get(stream));
    }

    /** When each last brought something, without those that never did. */
    public synchronized Map<Stream, Instant> times() {
        return Map.copyOf(times);
    }

    public void onApplied(Consumer<Stream> listener) {
        listeners.add(listener);
    }

    public void applied(Stream stream, long version, Instant at) {
        synchronized (this) {
            versions.put(stream, version);
            times.put(stream, at);
        }
        listeners.forEach(listener -> listener.accept(stream));
    }
}
