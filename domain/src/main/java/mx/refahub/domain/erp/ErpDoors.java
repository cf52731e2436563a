package mx.refahub.domain.erp;

import java.time.ZoneId;
import java.util.List;

/**
 * The targets that this process can reach, in the order of a screen.
 *
 * @param zone whose yesterday an export ends with unless told otherwise
 */
public record ErpDoors(ExportBooks books, List<JournalFiles> files, ZoneId zone) {
    public ErpDoors {
        files = List.copyOf(files);
    }

    public List<ErpTarget> targets() {
        return files.stream().map(JournalFiles::target).toList();
    }

    /** @throws IllegalArgumentException if there is no door to it */
    public JournalFiles files(ErpTarget target) {
        return files.stream()
                .filter(each -> each.target() == target)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no door to " + target));
    }
}
