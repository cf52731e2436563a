package mx.refahub.store.device;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.Devices.From;
import mx.refahub.domain.device.Devices.Watched;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.printing.Printers;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The devices: what the settings file names, over it what people set up; how each was found last; and whose turn it is to speak to one. */
public final class DeviceBook implements Printers {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceBook.class);
    private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
    private static final Comparator<Device> ORDER =
            Comparator.comparing(Device::kind).thenComparing(Device::rank).thenComparing(Device::id);

    private final SqliteFile sales;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<String, Device> file = new LinkedHashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();
    private final Map<String, Lock> lines = new ConcurrentHashMap<>();
    private final List<Consumer<Watched>> watchers = new CopyOnWriteArrayList<>();
    private volatile Map<String, Entry> entries = Map.of();

    private record Found(DeviceState state, Instant at) {}

    private record Entry(Device device, From from) {}

    public DeviceBook(SqliteFile sales, List<Device> file, JsonMapper json, Clock clock) {
        this.sales = sales;
        this.json = json;
        this.clock = clock;
        file.forEach(device -> this.file.put(device.id(), device));
        read();
    }

    private void read() {
        Map<String, Entry> all = new HashMap<>();
        file.forEach((id, device) -> all.put(id, new Entry(device, From.FILE)));
        for (Device device : stored())
            all.put(device.id(), new Entry(device, file.containsKey(device.id()) ? From.FILE_CHANGED : From.PERSON));
        entries = Map.copyOf(all);
    }

    private List<Device> stored() {
        record Stored(String id, String kind, String name, String settings) {}
        List<Device> devices = new ArrayList<>();
        for (Stored row : sales.read(session -> session.all(
                """
                select id, kind, name, settings
                from device
                order by id
                """, row -> new Stored(row.text("id"), row.text("kind"), row.text("name"), row.text("settings"))))) {
            try {
                devices.add(new Device(
                        row.id(),
                        DeviceKind.valueOf(row.kind()),
                        row.name(),
                        json.readValue(row.settings(), SETTINGS)));
            } catch (IllegalArgumentException | JacksonException e) {
                LOG.warn("device cannot be read and is left out device={} reason={}", row.id(), e.getMessage());
            }
        }
        return devices;
    }

    List<Watched> all() {
        return entries.values().stream()
                .sorted(Comparator.comparing(Entry::device, ORDER))
                .map(this::watched)
                .toList();
    }

    Optional<Watched> watched(String id) {
        return Optional.ofNullable(entries.get(id)).map(this::watched);
    }

    public Optional<Device> device(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::device);
    }

    private Watched watched(Entry entry) {
        Found last = found.get(entry.device().id());
        return new Watched(
                entry.device(),
                entry.from(),
                last == null ? DeviceState.UNKNOWN : last.state(),
                last == null ? Instant.EPOCH : last.at());
    }

    void save(Device device, Person who) {
        save(device, who.id().toString());
    }

    void save(Device device, String who) {
        sales.change(session -> session.update(
                """
                insert into device (id, kind, name, settings, changed_at, changed_by)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                set kind = excluded.kind, name = excluded.name, settings = excluded.settings,
                    changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """,
                device.id(),
                device.kind(),
                device.name(),
                json.writeValueAsString(device.settings()),
                clock.instant(),
                who));
        read();
        found.remove(device.id());
        LOG.info("device set up device={} kind={} user={}", device.id(), device.kind(), who);
    }

    void remove(String id, Person who) {
        sales.change(session -> session.update("""
                delete from device
                where id = ?
                """, id));
        read();
        found.remove(id);
        LOG.info("device removed device={} user={}", id, who.id());
    }

    @Override
    public List<Device> group(DeviceKind kind, Optional<RegisterId> register) {
        return entries.values().stream()
                .map(Entry::device)
                .filter(device -> device.kind() == kind)
                .filter(device ->
                        device.register().isEmpty() || device.register().equals(register))
                .sorted(Comparator.comparing(
                                (Device device) -> device.register().isEmpty())
                        .thenComparing(ORDER))
                .toList();
    }

    @Override
    public Lock line(Device device) {
        return lines.computeIfAbsent(device.id(), id -> new ReentrantLock());
    }

    @Override
    public void found(Device device, DeviceState state) {
        if (!entries.containsKey(device.id())) return;
        Found before = found.put(device.id(), new Found(state, clock.instant()));
        if (before != null && before.state().equals(state)) return;
        if (state.condition() == DeviceState.Condition.AWAY || state.condition() == DeviceState.Condition.STOPPED)
            LOG.warn("device does not work device={} cause={}", device.id(), state.cause());
        else if (before != null) LOG.info("device works device={} {}", device.id(), state.cause());
        Entry entry = entries.get(device.id());
        if (entry == null) return;
        Watched now = watched(entry);
        for (Consumer<Watched> watcher : watchers) {
            try {
                watcher.accept(now);
            } catch (RuntimeException e) {
                LOG.warn("a watcher of the devices failed", e);
            }
        }
    }

    /** Called on each change of a state, from any thread; returns soon. */
    public AutoCloseable watch(Consumer<Watched> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
