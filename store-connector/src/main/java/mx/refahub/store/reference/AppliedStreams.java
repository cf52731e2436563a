package mx.refahub.store.reference;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.store.sqlite.SqliteFile;

/** Which version of each stream stands here. Changed only after the transaction that applied it. */
public final class AppliedStreams implements StreamVersions {
    private final Map<Stream, Long> versions = new EnumMap<>(Stream.class);
    private final Map<Stream, Instant> times = new EnumMap<>(Stream.class);
    private final AtomicLong generation = new AtomicLong();
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

    /** Goes up with each application of anything; what was read under an older number may be stale. */
    public long generation() {
        return generation.get();
    }

    public void onApplied(Consumer<Stream> listener) {
        listeners.add(listener);
    }

    public void applied(Stream stream, long version, Instant at) {
        synchronized (this) {
            versions.put(stream, version);
            times.put(stream, at);
            generation.incrementAndGet();
        }
        listeners.forEach(listener -> listener.accept(stream));
    }
}
