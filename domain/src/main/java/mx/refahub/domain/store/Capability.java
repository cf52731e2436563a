package mx.refahub.domain.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mx.refahub.domain.store.StoreStatus.ClockState;
import mx.refahub.domain.store.StoreStatus.DiskState;
import mx.refahub.domain.store.StoreStatus.RelayState;

/**
 * One thing that a store does, and how well it does it now: the board that cashier and centre see.
 *
 * @param reason a word for the screen; empty when it is ready
 */
public record Capability(Kind kind, Level level, String reason) {
    public enum Kind {
        SELL,
        /** Documents go up. */
        DELIVER,
        /** Prices, people and orders come down. */
        CENTRE,
        PRINT,
        DEVICES,
        CATALOGUE,
        CLOCK,
        DISK,
        BACKUP
    }

    /** From well to not at all. */
    public enum Level {
        READY,
        /** Somebody has decided that it goes on so: a clock that was confirmed, a printer that is simulated. */
        OVERRIDE,
        DEGRADED,
        BLOCKED
    }

    public static List<Capability> of(StoreStatus.Snapshot now) {
        StoreStatus.Care care = now.care();
        StoreStatus.Watch watch = now.watch();
        List<Capability> board = new ArrayList<>();
        board.add(sell(now));
        board.add(
                now.halted() != null
                        ? blocked(Kind.DELIVER, "halted")
                        : care.disk() == DiskState.CRITICAL
                                ? blocked(Kind.DELIVER, "disk-full")
                                : watch.newer() > 0
                                        ? degraded(Kind.DELIVER, "hub-older")
                                        : now.relay() != RelayState.RUNNING
                                                ? degraded(Kind.DELIVER, "relay-down")
                                                : ready(Kind.DELIVER));
        board.add(now.linked() ? ready(Kind.CENTRE) : degraded(Kind.CENTRE, "no-link"));
        board.add(
                switch (now.printer()) {
                    case READY -> ready(Kind.PRINT);
                    case FAILING -> degraded(Kind.PRINT, "printer-failing");
                    case SIMULATED -> new Capability(Kind.PRINT, Level.OVERRIDE, "paper-on-screen");
                });
        board.add(watch.devicesFailing() > 0 ? degraded(Kind.DEVICES, "device-failing") : ready(Kind.DEVICES));
        board.add(now.catalogueAt() == null ? degraded(Kind.CATALOGUE, "no-catalogue") : ready(Kind.CATALOGUE));
        board.add(
                care.clock() == ClockState.WRONG
                        ? blocked(Kind.CLOCK, "clock-wrong")
                        : watch.clockAccepted()
                                ? new Capability(Kind.CLOCK, Level.OVERRIDE, "clock-accepted")
                                : care.clock() == ClockState.OFF
                                        ? degraded(Kind.CLOCK, "clock-off")
                                        : ready(Kind.CLOCK));
        board.add(
                switch (care.disk()) {
                    case AMPLE -> ready(Kind.DISK);
                    case LOW, SHORT -> degraded(Kind.DISK, "disk-low");
                    case CRITICAL -> degraded(Kind.DISK, "disk-full");
                });
        board.add(
                care.backupTrouble() != null
                        ? degraded(Kind.BACKUP, "backup-failing")
                        : care.backupAt() == null ? degraded(Kind.BACKUP, "backup-none") : ready(Kind.BACKUP));
        return List.copyOf(board);
    }

    private static Capability sell(StoreStatus.Snapshot now) {
        if (!now.registered()) return blocked(Kind.SELL, "not-registered");
        String locked = now.care().locked();
        return locked == null ? ready(Kind.SELL) : blocked(Kind.SELL, locked);
    }

    private static Capability ready(Kind kind) {
        return new Capability(kind, Level.READY, "");
    }

    private static Capability degraded(Kind kind, String reason) {
        return new Capability(kind, Level.DEGRADED, reason);
    }

    private static Capability blocked(Kind kind, String reason) {
        return new Capability(kind, Level.BLOCKED, reason);
    }

    public static Level worst(List<Capability> board) {
        return board.stream()
                .map(Capability::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.READY);
    }
}
