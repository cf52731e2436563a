package mx.refahub.batch.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.SupplierMappings;
import org.jspecify.annotations.Nullable;

/**
 * What a file calls our columns, and what holds for all of its rows. A column that is not named here is called as we call it.
 *
 * @param theirs by our name
 * @param fixed values by our name
 */
record Wording(Map<String, String> theirs, Map<String, String> fixed) {
    static final Wording OURS = new Wording(Map.of(), Map.of());

    Wording {
        theirs = Map.copyOf(theirs);
        fixed = Map.copyOf(fixed);
    }

    static Wording of(List<SupplierMappings.Column> columns, String file) {
        Map<String, String> theirs = new HashMap<>();
        Map<String, String> fixed = new HashMap<>();
        for (SupplierMappings.Column column : columns) {
            if (!column.file().equals(file)) continue;
            if (column.theirs() != null) theirs.put(column.ours(), column.theirs());
            if (column.fixed() != null) fixed.put(column.ours(), column.fixed());
        }
        return new Wording(theirs, fixed);
    }

    /** The name that the file has for it. */
    String shown(String ours) {
        return theirs.getOrDefault(ours, ours);
    }

    @Nullable
    String fixed(String ours) {
        return fixed.get(ours);
    }

    /** As texts one after the other, for a column of an array: ours, which of the two, theirs or the value. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        theirs.forEach((ours, name) -> told.addAll(List.of(ours, "theirs", name)));
        fixed.forEach((ours, value) -> told.addAll(List.of(ours, "fixed", value)));
        return told;
    }

    static Wording of(List<String> told) {
        Map<String, String> theirs = new HashMap<>();
        Map<String, String> fixed = new HashMap<>();
        for (int i = 0; i + 2 < told.size(); i += 3)
            (told.get(i + 1).equals("fixed") ? fixed : theirs).put(told.get(i), told.get(i + 2));
        return new Wording(theirs, fixed);
    }
}
