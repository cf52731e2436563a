package mx.refahub.store.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.part.PartImages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures on the store's disk, fetched from the hub when somebody looks at a part and kept while there is room. Few threads fetch and few
 * wait: a slow hub costs pictures, never the till. What lies on the disk is believed only if its content has the hash of its name.
 */
public final class ImageCache implements PartImages, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCache.class);
    private static final int FETCHERS = 3;
    private static final int MOST_WAITING = 60;
    /** Room that a file takes on the disk at least. */
    private static final long BLOCK = 4096;
    /** Looks are written down this seldom. */
    private static final Duration TOUCH = Duration.ofHours(1);

    private static final int LARGEST = 5_000_000;
    private static final String PICTURE = ".webp";
    private static final String LIST = ".list";

    /** The hub's side of it. */
    public interface Hub {
        List<PartImage> images(PartId part) throws IOException, InterruptedException;

        byte[] image(String hash) throws IOException, InterruptedException;
    }

    private final Hub hub;
    private final BooleanSupplier linked;
    private final Path folder;
    private final ImageSettings settings;
    private final Clock clock;
    private final ThreadPoolExecutor fetchers;
    private final Map<String, CompletableFuture<byte[]>> coming = new ConcurrentHashMap<>();
    /** File names with the room they take, the one not looked at for longest first. Guarded by itself. */
    private final Map<String, Long> kept = new LinkedHashMap<>(1024, 0.75f, true);

    private long bytes;

    public ImageCache(Hub hub, BooleanSupplier linked, Path folder, ImageSettings settings, Clock clock) {
        this.hub = hub;
        this.linked = linked;
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
        fetchers = new ThreadPoolExecutor(
                FETCHERS,
                FETCHERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("pictures ", 0).factory());
        fetchers.allowCoreThreadTimeOut(true);
        look();
    }

    private record Seen(String name, long size, long at) {}

    /** What an earlier process left here. */
    private void look() {
        List<Seen> seen = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.walk(folder, 2)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".part")) Files.deleteIfExists(file);
                    else if (name.endsWith(PICTURE) || name.endsWith(LIST))
                        seen.add(new Seen(
                                name,
                                Files.size(file),
                                Files.getLastModifiedTime(file).toMillis()));
                }
            }
        } catch (IOException e) {
            LOG.warn("the kept pictures cannot be read; they are fetched again", e);
        }
        seen.sort(Comparator.comparingLong(Seen::at));
        seen.forEach(each -> count(each.name(), each.size()));
    }

    /** Of 256, by the name: a hash begins as any other, an id ends so. */
    private Path folderOf(String name) {
        int end = name.indexOf('.');
        return folder.resolve(name.endsWith(LIST) ? name.substring(end - 2, end) : name.substring(0, 2));
    }

    private Path path(String name) {
        return folderOf(name).resolve(name);
    }

    @Override
    public List<PartImage> of(PartId part) {
        String name = part + LIST;
        @Nullable Listed listed = list(name);
        if (listed != null && listed.at().plus(settings.fresh()).isAfter(clock.instant())) return listed.images();
        Optional<byte[]> fresh = brought(name, () -> {
            byte[] text = text(hub.images(part)).getBytes(StandardCharsets.UTF_8);
            keep(name, text);
            return text;
        });
        if (fresh.isPresent()) return parsed(new String(fresh.get(), StandardCharsets.UTF_8));
        return listed == null ? List.of() : listed.images();
    }

    private record Listed(Instant at, List<PartImage> images) {}

    private @Nullable Listed list(String name) {
        try {
            List<PartImage> images = parsed(Files.readString(path(name)));
            looked(name);
            return new Listed(Files.getLastModifiedTime(path(name)).toInstant(), images);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("list of pictures {} is damaged", name, e);
            forget(name);
            return null;
        }
    }

    private static String text(List<PartImage> images) {
        StringBuilder out = new StringBuilder();
        for (PartImage image : images)
            out.append(image.hash())
                    .append(' ')
                    .append(image.smallHash())
                    .append(' ')
                    .append(image.width())
                    .append(' ')
                    .append(image.height())
                    .append('\n');
        return out.toString();
    }

    private static List<PartImage> parsed(String text) {
        return text.lines()
                .map(line -> line.split(" ", -1))
                .map(fields -> {
                    if (fields.length != 4) throw new IllegalArgumentException("a line of " + fields.length);
                    return new PartImage(
                            fields[0], fields[1], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
                })
                .toList();
    }

    @Override
    public Optional<byte[]> file(String hash) {
        if (!PartImage.isHash(hash)) return Optional.empty();
        String name = hash + PICTURE;
        try {
            byte[] content = Files.readAllBytes(path(name));
            if (hash(content).equals(hash)) {
                looked(name);
                touch(name);
                return Optional.of(content);
            }
            LOG.warn("a kept picture is damaged and fetched again image={}", hash);
            forget(name);
        } catch (NoSuchFileException e) {
            LOG.trace("picture {} is not here", hash);
        } catch (IOException e) {
            LOG.warn("a kept picture cannot be read image={}", hash, e);
        }
        return brought(name, () -> {
            byte[] content = hub.image(hash);
            if (content.length > LARGEST || !hash(content).equals(hash))
                throw new IOException("the hub's picture is not " + hash);
            keep(name, content);
            return content;
        });
    }

    /** Waits a moment for what one of the fetchers brings; two that want the same wait for the same. */
    private Optional<byte[]> brought(String name, Callable<byte[]> fetch) {
        if (!linked.getAsBoolean()) return Optional.empty();
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> other = coming.putIfAbsent(name, mine);
        CompletableFuture<byte[]> future = other == null ? mine : other;
        if (other == null) {
            try {
                fetchers.execute(() -> {
                    try {
                        byte[] brought = fetch.call();
                        // Out of the way before anybody is told: who asks behind that is answered anew.
                        coming.remove(name, mine);
                        mine.complete(brought);
                    } catch (Exception e) {
                        coming.remove(name, mine);
                        mine.completeExceptionally(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                coming.remove(name, mine);
                mine.completeExceptionally(e);
            }
        }
        try {
            return Optional.of(future.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.debug("picture {} did not come: {}", name, String.valueOf(e.getCause()));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void keep(String name, byte[] content) throws IOException {
        Path target = path(name);
        Files.createDirectories(folderOf(name));
        Path fresh = target.resolveSibling(UUID.randomUUID() + ".part");
        try {
            Files.write(fresh, content);
            Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        count(name, content.length);
    }

    private void count(String name, long size) {
        List<String> leave = new ArrayList<>();
        synchronized (kept) {
            long room = Math.max(BLOCK, size);
            Long before = kept.put(name, room);
            bytes += room - (before == null ? 0 : before);
            Iterator<Map.Entry<String, Long>> oldest = kept.entrySet().iterator();
            while (bytes > settings.cache().toBytes() && oldest.hasNext()) {
                Map.Entry<String, Long> each = oldest.next();
                bytes -= each.getValue();
                leave.add(each.getKey());
                oldest.remove();
            }
        }
        leave.forEach(this::delete);
    }

    private void looked(String name) {
        synchronized (kept) {
            kept.get(name);
        }
    }

    /** So that the order outlives the process. */
    private void touch(String name) throws IOException {
        Path path = path(name);
        Instant now = clock.instant();
        if (Files.getLastModifiedTime(path).toInstant().plus(TOUCH).isBefore(now))
            Files.setLastModifiedTime(path, FileTime.from(now));
    }

    private void forget(String name) {
        synchronized (kept) {
            Long room = kept.remove(name);
            if (room != null) bytes -= room;
        }
        delete(name);
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            LOG.debug("picture {} stays for now", name, e);
        }
    }

    /** Room taken, in bytes. */
    long taken() {
        synchronized (kept) {
            return bytes;
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        fetchers.shutdownNow();
    }
}
