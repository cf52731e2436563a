package mx.refahub.store.branch;

import java.util.Optional;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The present branch; read again when a newer version of the settings stream has been applied. Empty before the first. */
public final class BranchSettings {
    private final SqliteFile reference;
    private final JsonMapper json;
    private volatile @Nullable Branch current;

    public BranchSettings(SqliteFile reference, AppliedStreams streams, JsonMapper json) {
        this.reference = reference;
        this.json = json;
        this.current = read();
        streams.onApplied(stream -> {
            if (stream == Stream.SETTINGS) current = read();
        });
    }

    public Optional<Branch> current() {
        return Optional.ofNullable(current);
    }

    private @Nullable Branch read() {
        return reference
                .read(session -> session.first("""
                        select body
                        from settings
                        where only_row = 1
                        """, row -> Branch.of(json.readValue(row.text("body"), SettingsRow.class))))
                .orElse(null);
    }
}
