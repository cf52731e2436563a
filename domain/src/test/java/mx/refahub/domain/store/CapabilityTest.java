package mx.refahub.domain.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import mx.refahub.domain.store.Capability.Kind;
import mx.refahub.domain.store.Capability.Level;
import mx.refahub.domain.store.StoreStatus.Care;
import mx.refahub.domain.store.StoreStatus.ClockState;
import mx.refahub.domain.store.StoreStatus.DiskState;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.domain.store.StoreStatus.Watch;
import mx.refahub.domain.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapabilityTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Care WELL = new Care(DiskState.AMPLE, 9_000_000_000L, ClockState.RIGHT, NOW, null, null);

    private static StoreStatus.Snapshot store(
            boolean linked, @Nullable String halted, PrinterState printer, Care care, Watch watch) {
        return new StoreStatus.Snapshot(
                true,
                "Centro",
                linked,
                NOW,
                0,
                10,
                10,
                Map.of(),
                Map.of(Stream.CATALOGUE, NOW),
                RelayState.RUNNING,
                halted,
                printer,
                "1",
                care,
                watch);
    }

    private static Level level(StoreStatus.Snapshot store, Kind kind) {
        return Capability.of(store).stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow()
                .level();
    }

    @Test
    void a_store_with_nothing_wrong_is_ready_for_everything() {
        assertThat(Capability.worst(Capability.of(store(true, null, PrinterState.READY, WELL, Watch.NOTHING))))
                .isEqualTo(Level.READY);
    }

    @Test
    void a_full_disk_stops_the_delivery_and_not_the_sale() {
        Care full = new Care(DiskState.CRITICAL, 1, ClockState.RIGHT, NOW, null, null);
        StoreStatus.Snapshot store = store(true, null, PrinterState.READY, full, Watch.NOTHING);

        assertThat(level(store, Kind.SELL)).isEqualTo(Level.READY);
        assertThat(level(store, Kind.DELIVER)).isEqualTo(Level.BLOCKED);
    }

    @Test
    void no_network_is_a_store_that_sells_alone() {
        StoreStatus.Snapshot store = store(false, null, PrinterState.READY, WELL, Watch.NOTHING);

        assertThat(level(store, Kind.SELL)).isEqualTo(Level.READY);
        assertThat(level(store, Kind.CENTRE)).isEqualTo(Level.DEGRADED);
    }

    @Test
    void what_somebody_has_decided_is_shown_as_decided() {
        StoreStatus.Snapshot store = store(true, null, PrinterState.SIMULATED, WELL, new Watch(0, true, 0));

        assertThat(level(store, Kind.PRINT)).isEqualTo(Level.OVERRIDE);
        assertThat(level(store, Kind.CLOCK)).isEqualTo(Level.OVERRIDE);
        assertThat(Capability.worst(Capability.of(store))).isEqualTo(Level.OVERRIDE);
    }

    @Test
    void a_hub_that_is_older_than_the_store_and_devices_that_do_not_work_are_trouble() {
        StoreStatus.Snapshot store = store(true, null, PrinterState.READY, WELL, new Watch(2, false, 7));

        assertThat(Capability.of(store))
                .contains(
                        new Capability(Kind.DELIVER, Level.DEGRADED, "hub-older"),
                        new Capability(Kind.DEVICES, Level.DEGRADED, "device-failing"));
        assertThat(level(store(true, "CHAIN_DIFFERS 7", PrinterState.READY, WELL, Watch.NOTHING), Kind.DELIVER))
                .isEqualTo(Level.BLOCKED);
    }

    @Test
    void a_locked_till_says_why() {
        Care locked = new Care(DiskState.AMPLE, 1, ClockState.WRONG, null, "no space", "clock-wrong");
        StoreStatus.Snapshot store = store(true, null, PrinterState.READY, locked, Watch.NOTHING);

        assertThat(Capability.of(store))
                .contains(
                        new Capability(Kind.SELL, Level.BLOCKED, "clock-wrong"),
                        new Capability(Kind.CLOCK, Level.BLOCKED, "clock-wrong"),
                        new Capability(Kind.BACKUP, Level.DEGRADED, "backup-failing"));
    }
}
