package mx.refahub.store.stock;

import java.util.List;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.sqlite.SqliteFile;
import tools.jackson.databind.json.JsonMapper;

/** Whether the hub has closed this branch: the settings list the open ones, this one among them. */
final class ClosedBranch {
    private ClosedBranch() {}

    static boolean is(SqliteFile reference, JsonMapper json, Identity identity) {
        return reference
                .read(session -> session.first("""
                        select body
                        from settings
                        where only_row = 1
                        """, row -> json.readValue(row.text("body"), SettingsRow.class)))
                .map(SettingsRow::branches)
                .filter(listed -> without(listed, identity))
                .isPresent();
    }

    private static boolean without(List<SettingsRow.BranchRow> listed, Identity identity) {
        // A list of nothing comes from a hub that has never listed any.
        return !listed.isEmpty()
                && listed.stream()
                        .noneMatch(branch -> branch.id().equals(identity.store().value()));
    }
}
