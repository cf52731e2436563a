package mx.refahub.domain.erp;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The targets that this process can reach.
 *
 * @param sending null if nothing is called over the network
 * @param zone whose yesterday an export ends with unless told otherwise
 */
public record ErpDoors(ExportBooks books, List<JournalFiles> files, @Nullable JournalSending sending, ZoneId zone) {
    public ErpDoors {
        files = List.copyOf(files);
    }

    public Optional<JournalFiles> files(ErpTarget target) {
        return files.stream().filter(each -> each.target() == target).findFirst();
    }

    /** In the order of a screen. */
    public List<ErpTarget> targets() {
        return List.of(ErpTarget.values()).stream().filter(this::isReady).toList();
    }

    private boolean isReady(ErpTarget target) {
        JournalSending sender = sending;
        return target.isWire() ? sender != null && sender.isReady(target) : files(target).isPresent();
    }
}
