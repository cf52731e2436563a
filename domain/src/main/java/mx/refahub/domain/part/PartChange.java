package mx.refahub.domain.part;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one person changed of a part at one time.
 *
 * @param undoes the change that this one takes back
 * @param undone whether another change has taken this one back
 */
public record PartChange(
        UUID id,
        Instant at,
        String who,
        Kind kind,
        List<Difference> differences,
        @Nullable UUID undoes,
        boolean undone) {
    public enum Kind {
        ADDED,
        MENDED,
        REMOVED,
        RESTORED,
        UNDONE
    }

    /** @param before null if it came; {@code after} null if it went; never both */
    public record Difference(
            PartField field,
            @Nullable String before,
            @Nullable String after) {
        public Difference {
            if (before == null && after == null) throw new IllegalArgumentException("no difference");
        }
    }

    public PartChange {
        differences = List.copyOf(differences);
    }

    /** Value by value, in the order of the fields. */
    public static List<Difference> between(Map<PartField, Set<String>> before, Map<PartField, Set<String>> after) {
        List<Difference> differences = new ArrayList<>();
        for (PartField field : PartField.values()) {
            Set<String> gone = new LinkedHashSet<>(before.getOrDefault(field, Set.of()));
            Set<String> come = new LinkedHashSet<>(after.getOrDefault(field, Set.of()));
            gone.removeAll(after.getOrDefault(field, Set.of()));
            come.removeAll(before.getOrDefault(field, Set.of()));
            Iterator<String> news = come.iterator();
            if (!field.isList() && !gone.isEmpty()) {
                differences.add(new Difference(field, gone.iterator().next(), news.hasNext() ? news.next() : null));
                continue;
            }
            gone.forEach(value -> differences.add(new Difference(field, value, null)));
            news.forEachRemaining(value -> differences.add(new Difference(field, null, value)));
        }
        return differences;
    }

    /**
     * Takes these differences back out of what stands there now, whatever else has changed since.
     *
     * @return the field that stands in the way, because it was changed again; empty if {@code values} are now as they were
     */
    public static Optional<PartField> takeBack(List<Difference> differences, Map<PartField, Set<String>> values) {
        for (Difference each : differences) {
            Set<String> present = values.computeIfAbsent(each.field(), field -> new LinkedHashSet<>());
            String after = each.after();
            if (after != null && !present.remove(after)) return Optional.of(each.field());
            String before = each.before();
            if (before == null) continue;
            if (!each.field().isList() && !present.isEmpty()) return Optional.of(each.field());
            if (!present.add(before)) return Optional.of(each.field());
        }
        return Optional.empty();
    }
}
