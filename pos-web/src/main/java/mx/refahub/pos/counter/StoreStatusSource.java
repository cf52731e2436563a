package mx.refahub.pos.counter;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.pos.web.StatusSource;

/** Health of a store in its own words. */
final class StoreStatusSource implements StatusSource {
    /** From here on figures of different machines no longer fit together (docs/reliability.md). */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    private final StoreStatus status;
    private final PartSearch search;
    private final Shelves shelves;
    private final Clock clock;

    StoreStatusSource(StoreStatus status, PartSearch search, Shelves shelves, Clock clock) {
        this.status = status;
        this.search = search;
        this.shelves = shelves;
        this.clock = clock;
    }

    @Override
    public StatusView status() {
        return StatusView.of(status.now(), search.version().index(), clock.instant())
                .with(shelves.figures());
    }

    @Override
    public List<String> troubles() {
        StoreStatus.Snapshot now = status.now();
        List<String> troubles = new ArrayList<>();
        if (search.version().index() == 0) troubles.add("search-empty");
        if (now.registered() && !now.linked()) troubles.add("hub-unlinked");
        if (now.registered() && now.relay() == RelayState.DOWN) troubles.add("relay-down");
        if (now.halted() != null) troubles.add("documents-halted");
        if (now.printer() == PrinterState.FAILING) troubles.add("printer-failing");
        if (Math.abs(now.clockOffsetMillis()) > CLOCK_TOLERANCE.toMillis()) troubles.add("clock-off");
        StoreStatus.Care care = now.care();
        if (care.clock() == StoreStatus.ClockState.WRONG && !troubles.contains("clock-off")) troubles.add("clock-off");
        if (care.disk() != StoreStatus.DiskState.AMPLE) troubles.add("disk-low");
        if (care.backupTrouble() != null) troubles.add("backup-failing");
        if (care.locked() != null) troubles.add("store-locked");
        return troubles;
    }
}
