package mx.refahub.domain.erp;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The targets that this process can reach, in the order of a screen: those that are given files, then those that are spoken to.
 *
 * @param zone whose yesterday an export ends with unless told otherwise
 */
public record ErpDoors(ExportBooks books, List<JournalFiles> files, List<ErpGateway> gateways, ZoneId zone) {
    public ErpDoors {
        files = List.copyOf(files);
        gateways = List.copyOf(gateways);
        if (files.stream().anyMatch(each -> each.target().isSpoken())
                || gateways.stream().anyMatch(each -> !each.target().isSpoken()))
            throw new IllegalArgumentException("a door of the wrong kind");
    }

    public ErpDoors(ExportBooks books, List<JournalFiles> files, ZoneId zone) {
        this(books, files, List.of(), zone);
    }

    public List<ErpTarget> targets() {
        return Stream.concat(
                        files.stream().map(JournalFiles::target),
                        gateways.stream().map(ErpGateway::target))
                .toList();
    }

    /** @throws IllegalArgumentException if there is no door to it */
    public JournalFiles files(ErpTarget target) {
        return files.stream()
                .filter(each -> each.target() == target)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no door to " + target));
    }

    /** Of a target that is spoken to. */
    public Optional<ErpGateway> gateway(ErpTarget target) {
        return gateways.stream().filter(each -> each.target() == target).findFirst();
    }
}
