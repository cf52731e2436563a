package mx.refahub.store.printing;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.store.Paper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the simulated receipt printers have printed, as sheets to look at. */
public final class PaperTray implements Paper {
    private static final Logger LOG = LoggerFactory.getLogger(PaperTray.class);
    private static final int SHEETS_KEPT = 100;

    private final IdSource ids;
    private final Clock clock;
    private final Deque<Sheet> sheets = new ArrayDeque<>();
    private final List<Consumer<Sheet>> listeners = new CopyOnWriteArrayList<>();

    public PaperTray(IdSource ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Sheet> sheets(int limit) {
        synchronized (sheets) {
            List<Sheet> newest = new ArrayList<>();
            for (Sheet sheet : sheets) {
                if (newest.size() >= limit) break;
                newest.add(sheet);
            }
            return List.copyOf(newest);
        }
    }

    @Override
    public AutoCloseable subscribe(Consumer<Sheet> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void keep(int columns, EscPosDecoder.Printed printed) {
        Sheet sheet = new Sheet(ids.next(), clock.instant(), columns, printed.lines(), printed.drawerKicked());
        synchronized (sheets) {
            sheets.addFirst(sheet);
            if (sheets.size() > SHEETS_KEPT) sheets.removeLast();
        }
        for (Consumer<Sheet> listener : listeners) {
            try {
                listener.accept(sheet);
            } catch (RuntimeException e) {
                LOG.warn("a watcher of the paper failed", e);
            }
        }
    }
}
