package mx.refahub.hub.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works through ZIPs of pictures, one after another. What became of a file is written down when it is done: after a crash the rest is done, and
 * a picture that was placed but not written down is known already.
 */
final class PictureBatches implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PictureBatches.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final String SUFFIX = ".zip";

    private final ImageTable table;
    private final PostgresGallery gallery;
    private final Path folder;
    private final Clock clock;
    private final Semaphore wakes = new Semaphore(1);
    private @Nullable Thread thread;

    PictureBatches(ImageTable table, PostgresGallery gallery, Path folder, Clock clock) {
        this.table = table;
        this.gallery = gallery;
        this.folder = folder;
        this.clock = clock;
    }

    static String file(UUID batch) {
        return batch + SUFFIX;
    }

    @Override
    public synchronized void start() {
        if (thread != null) return;
        gallery.onReceived(wakes::release);
        thread = Thread.ofPlatform().daemon().name("picture batches").start(this::work);
    }

    private void work() {
        try {
            sweep();
            while (!Thread.currentThread().isInterrupted()) {
                wakes.acquire();
                wakes.drainPermits();
                while (!tried()) wakes.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            gallery.sweep();
            if (!Files.isDirectory(folder)) return;
            Set<String> wanted = new HashSet<>();
            table.open().forEach(id -> wanted.add(file(id)));
            List<Path> left;
            try (Stream<Path> all = Files.list(folder)) {
                left = all.filter(each -> !wanted.contains(each.getFileName().toString()))
                        // One that has just come may not have its row yet.
                        .filter(each -> each.toFile().lastModified()
                                < System.currentTimeMillis()
                                        - Duration.ofHours(1).toMillis())
                        .toList();
            }
            for (Path each : left) Files.deleteIfExists(each);
        } catch (IOException | RuntimeException e) {
            LOG.warn("pictures without a part are not swept this time", e);
        }
    }

    /** @return false if something has to be tried again */
    private boolean tried() throws InterruptedException {
        try {
            for (UUID id : table.open()) {
                process(id);
                if (Thread.interrupted()) throw new InterruptedException();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            LOG.warn("a ZIP of pictures is not done yet, again in {} s", AGAIN.toSeconds(), e);
            return false;
        }
    }

    private record Planned(String name, UUID part, int position) {}

    private void process(UUID id) throws IOException, InterruptedException {
        ImageTable.BatchRow batch = table.batch(id).orElseThrow();
        Person by = new Person(new UserId(batch.receivedBy()), batch.receivedByName(), Role.ADMIN);
        Path file = folder.resolve(file(id));
        if (!Files.exists(file)) {
            finish(id, Refusal.of("zip-lost"));
            return;
        }
        try (PictureZip zip = new PictureZip(file)) {
            table.counted(id, zip.names().size());
            Set<String> done = new HashSet<>(table.done(id));
            Map<String, Refusal> refused = new LinkedHashMap<>();
            List<Planned> plan = plan(zip, refused);
            refused.forEach((name, refusal) -> {
                if (!done.contains(name)) note(id, name, null, "REFUSED", refusal);
            });
            for (Planned each : plan) {
                if (done.contains(each.name())) continue;
                if (Thread.interrupted()) throw new InterruptedException();
                place(id, zip, each, by);
            }
            finish(id, null);
        } catch (PictureZip.TooMuch e) {
            finish(id, Refusal.of("zip-too-much"));
        } catch (java.util.zip.ZipException e) {
            LOG.info("ZIP of pictures unreadable batch={} cause={}", id, e.getMessage());
            finish(id, Refusal.of("zip-broken"));
        }
        Files.deleteIfExists(file);
    }

    private void place(UUID batch, PictureZip zip, Planned planned, Person by) throws IOException {
        byte[] content;
        try {
            content = zip.content(planned.name());
        } catch (PictureZip.TooMuch e) {
            throw e;
        } catch (IOException e) {
            note(batch, planned.name(), planned.part(), "REFUSED", Refusal.of("image-broken"));
            return;
        }
        switch (gallery.placed(new PartId(planned.part()), content, planned.position(), by, false)) {
            case Outcome.Done<PostgresGallery.Placed>(PostgresGallery.Placed placed) ->
                note(batch, planned.name(), planned.part(), placed.fresh() ? "STORED" : "KNOWN", null);
            case Outcome.Refused<PostgresGallery.Placed>(Refusal refusal) ->
                note(batch, planned.name(), planned.part(), "REFUSED", refusal);
        }
    }

    private void note(UUID batch, String name, @Nullable UUID part, String outcome, @Nullable Refusal refusal) {
        table.insertFile(
                batch,
                name,
                part,
                outcome,
                refusal == null ? null : refusal.code(),
                refusal == null ? null : refusal.arguments().toArray(String[]::new),
                clock.instant());
    }

    private void finish(UUID id, @Nullable Refusal refusal) {
        table.finish(
                id,
                clock.instant(),
                refusal == null ? null : refusal.code(),
                refusal == null ? null : refusal.arguments().toArray(String[]::new));
        LOG.info("ZIP of pictures done batch={} refusal={}", id, refusal == null ? "-" : refusal.code());
    }

    /** Which file goes where, a part's pictures together and in their order; what goes nowhere, with its reason. */
    private List<Planned> plan(PictureZip zip, Map<String, Refusal> refused) throws IOException {
        Map<String, PictureName> named = new LinkedHashMap<>();
        Optional<List<PictureZip.Listed>> list = zip.list();
        if (list.isPresent()) named.putAll(byList(zip.names(), list.get(), refused));
        else
            for (String name : zip.names())
                PictureName.of(name)
                        .ifPresentOrElse(
                                meant -> named.put(name, meant),
                                () -> refused.put(name, Refusal.of("image-name-unclear")));
        Map<String, List<ImageTable.NamedPart>> parts = parts(named.values());
        List<Planned> plan = new ArrayList<>();
        named.forEach((name, meant) -> plan(name, meant, parts, plan, refused));
        plan.sort(Comparator.comparing(Planned::part)
                .thenComparing(Planned::position)
                .thenComparing(Planned::name));
        return plan;
    }

    private static Map<String, PictureName> byList(
            List<String> names, List<PictureZip.Listed> list, Map<String, Refusal> refused) {
        Map<String, String> byBase = new HashMap<>();
        for (String name : names) byBase.putIfAbsent(PictureZip.base(name).toLowerCase(Locale.ROOT), name);
        Map<String, PictureName> named = new LinkedHashMap<>();
        for (PictureZip.Listed each : list) {
            String name = byBase.get(each.file().toLowerCase(Locale.ROOT));
            String normal = PartNumber.normal(each.number());
            if (name == null) {
                if (!each.file().isEmpty()) refused.put(each.file(), Refusal.of("image-not-in-zip"));
            } else if (normal.isEmpty()) {
                refused.put(name, Refusal.of("image-name-unclear"));
            } else {
                int position =
                        each.position().matches("[1-9][0-9]?") ? Integer.parseInt(each.position()) : Integer.MAX_VALUE;
                named.putIfAbsent(
                        name,
                        new PictureName(
                                each.lineCode(), List.of(new PictureName.Meaning(each.number(), normal, position))));
            }
        }
        for (String name : names)
            if (!named.containsKey(name)) refused.putIfAbsent(name, Refusal.of("image-not-listed"));
        return named;
    }

    private Map<String, List<ImageTable.NamedPart>> parts(Iterable<PictureName> names) {
        List<String> lines = new ArrayList<>();
        List<String> normals = new ArrayList<>();
        for (PictureName name : names)
            for (PictureName.Meaning meaning : name.meanings()) {
                lines.add(name.lineCode());
                normals.add(meaning.normal());
            }
        Map<String, List<ImageTable.NamedPart>> found = new HashMap<>();
        for (ImageTable.NamedPart part : table.named(lines.toArray(String[]::new), normals.toArray(String[]::new)))
            found.computeIfAbsent(part.lineCode() + " " + part.normalNumber(), key -> new ArrayList<>())
                    .add(part);
        return found;
    }

    private static void plan(
            String name,
            PictureName meant,
            Map<String, List<ImageTable.NamedPart>> parts,
            List<Planned> plan,
            Map<String, Refusal> refused) {
        for (PictureName.Meaning meaning : meant.meanings()) {
            List<ImageTable.NamedPart> found = parts.getOrDefault(meant.lineCode() + " " + meaning.normal(), List.of());
            Optional<ImageTable.NamedPart> exact = found.stream()
                    .filter(part -> part.partNumber().equals(meaning.number()))
                    .findFirst();
            if (found.size() > 1 && exact.isEmpty()) {
                refused.put(name, Refusal.of("image-part-ambiguous", meant.lineCode() + " " + meaning.number()));
                return;
            }
            if (found.isEmpty()) continue;
            plan.add(new Planned(name, exact.orElse(found.getFirst()).id(), meaning.position()));
            return;
        }
        refused.put(
                name,
                Refusal.of(
                        "image-part-unknown",
                        meant.lineCode() + " " + meant.meanings().getFirst().number()));
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running == null) return;
        thread = null;
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
