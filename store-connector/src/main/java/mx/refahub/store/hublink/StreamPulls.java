package mx.refahub.store.hublink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.stream.Stream;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.reference.StreamFile;
import mx.refahub.store.reference.StreamTables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings each stream to the version that the hub has announced: one pull at a time per stream, announcements in between coalesced, failures tried again
 * ever more slowly until the next announcement or heartbeat.
 */
public final class StreamPulls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPulls.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final HubHttp hub;
    private final Identities identities;
    private final AppliedStreams applied;
    private final StreamTables tables;
    private final IndexReplica index;
    private final JsonMapper json;
    private final Path incoming;
    private final RandomGenerator random;
    private final ScheduledExecutorService pulling;
    private final Map<Stream, Progress> progress = new EnumMap<>(Stream.class);
    /** An index is here whose parts are not: it is swapped in behind them. */
    private volatile boolean indexHeld;

    /** Guarded by itself. */
    private static final class Progress {
        private long announced;
        private boolean running;
        private boolean again;
        private int failures;
        private @Nullable ScheduledFuture<?> retry;
    }

    public StreamPulls(
            HubHttp hub,
            Identities identities,
            AppliedStreams applied,
            StreamTables tables,
            IndexReplica index,
            JsonMapper json,
            Path incoming,
            RandomGenerator random) {
        this.hub = hub;
        this.identities = identities;
        this.applied = applied;
        this.tables = tables;
        this.index = index;
        this.json = json;
        this.incoming = incoming;
        this.random = random;
        for (Stream stream : Stream.values()) progress.put(stream, new Progress());
        // A large catalogue must not keep a price or a new cashier waiting: a thread for each.
        this.pulling = Executors.newScheduledThreadPool(
                Stream.values().length,
                Thread.ofPlatform().daemon().name("pull ", 0).factory());
    }

    /** The hub has this version. Returns at once. */
    public void announced(Stream stream, long version) {
        Progress state = progress.get(stream);
        if (state == null) return;
        synchronized (state) {
            state.announced = version;
            if (version != applied.version(stream)) request(stream, state);
        }
    }

    /** Asks for what is new of this stream, announced or not. Returns at once. */
    public void ask(Stream stream) {
        Progress state = progress.get(stream);
        if (state == null) return;
        synchronized (state) {
            request(stream, state);
        }
    }

    /** Asks for whatever is new, announced or not. */
    public void all() {
        progress.forEach((stream, state) -> {
            synchronized (state) {
                request(stream, state);
            }
        });
    }

    private void request(Stream stream, Progress state) {
        boolean waiting = state.retry != null && state.retry.cancel(false);
        if (state.running && !waiting) {
            state.again = true;
            return;
        }
        state.running = true;
        submit(stream, state, Duration.ZERO);
    }

    private void submit(Stream stream, Progress state, Duration in) {
        if (pulling.isShutdown()) return;
        ScheduledFuture<?> next = pulling.schedule(() -> run(stream), in.toMillis(), TimeUnit.MILLISECONDS);
        // Only a pause after a failure may be cut short; a pull that is due is left alone.
        state.retry = in.isZero() ? null : next;
    }

    private void run(Stream stream) {
        Identity identity = identities.current().orElse(null);
        Progress state = Objects.requireNonNull(progress.get(stream));
        long announced;
        synchronized (state) {
            if (identity == null) {
                state.running = false;
                return;
            }
            state.again = false;
            state.retry = null;
            announced = state.announced;
        }
        boolean well = false;
        try {
            if (stream == Stream.INDEX) pullIndex(identity, announced);
            else pull(identity, stream, announced);
            well = true;
            if (stream == Stream.CATALOGUE && indexHeld) ask(Stream.INDEX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.info("stream not pulled stream={} reason={}", stream.wireName(), said(e));
        } catch (RuntimeException e) {
            LOG.error("stream cannot be applied stream={}", stream.wireName(), e);
        }
        synchronized (state) {
            state.failures = well ? 0 : state.failures + 1;
            if (!well) submit(stream, state, pause(state.failures));
            else if (state.again) submit(stream, state, Duration.ZERO);
            else state.running = false;
        }
    }

    /** Doubling, with up to half of it at random, so that a thousand stores do not come back at once. */
    private Duration pause(int failures) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
        long capped = Math.min(doubled, LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
    }

    private void pull(Identity identity, Stream stream, long announced) throws IOException, InterruptedException {
        long here = applied.version(stream);
        // A hub that stands behind us was restored from a backup: what it has now is the truth, whole.
        long since = announced > 0 && announced < here ? 0 : here;
        Optional<InputStream> download = hub.stream(identity, stream, since);
        if (download.isEmpty()) return;
        Files.createDirectories(incoming);
        Path file = incoming.resolve(stream.wireName() + ".ndjson.gz");
        try (InputStream in = download.get()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            StreamFile checked = StreamFile.check(file, stream, json);
            Failpoint.STREAM_RECEIVED_NOT_APPLIED.pass();
            if (!tables.apply(stream, checked))
                throw new IOException(
                        "rows start after version " + checked.header().from() + ", here is " + applied.version(stream));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void pullIndex(Identity identity, long announced) throws IOException, InterruptedException {
        Optional<IndexManifest> newest = hub.index(identity);
        if (newest.isEmpty()) return;
        IndexManifest manifest = newest.get();
        for (IndexReplica.Missing missing : index.missing(manifest)) {
            // All bytes are here but were not checked before the process ended: there is nothing to ask the hub for.
            boolean whole = missing.have() >= missing.file().size();
            try (InputStream in = whole
                    ? InputStream.nullInputStream()
                    : hub.indexFile(identity, manifest.version(), missing.file().name(), missing.have())) {
                index.receive(manifest, missing.file(), in);
            }
        }
        if (waitsForItsParts(manifest)) return;
        index.swap(manifest);
        long version = Math.max(announced, manifest.version());
        if (version != applied.version(Stream.INDEX)) tables.applied(Stream.INDEX, version);
    }

    /** An index ahead of the catalogue would put parts on top that cannot be shown yet, and hide those that can. */
    private boolean waitsForItsParts(IndexManifest manifest) {
        // Before the look at the version: a catalogue that comes between the two asks again.
        indexHeld = true;
        long here = applied.version(Stream.CATALOGUE);
        if (here >= manifest.catalogueVersion()) indexHeld = false;
        else
            LOG.info(
                    "index waits for its parts version={} catalogue={} here={}",
                    manifest.version(),
                    manifest.catalogueVersion(),
                    here);
        return indexHeld;
    }

    private static String said(IOException e) {
        String message = e.getMessage();
        String type = e.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return message == null ? type : message;
    }

    @Override
    public void close() {
        pulling.shutdownNow();
        try {
            if (!pulling.awaitTermination(10, TimeUnit.SECONDS)) LOG.warn("a pull did not end in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
