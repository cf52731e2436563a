package mx.refahub.store.branch;

import java.time.ZoneId;
import java.util.Optional;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The present branch; read again when a newer version of the settings stream has been applied. Empty before the first. Tills that the hub added go to sales.db here,
 * also at start, should the process have ended between the two files.
 */
public final class BranchSettings {
    private static final ZoneId MEXICO_CITY = ZoneId.of("America/Mexico_City");

    private final SqliteFile reference;
    private final Identities identities;
    private final JsonMapper json;
    private volatile @Nullable Branch current;

    public BranchSettings(SqliteFile reference, AppliedStreams streams, Identities identities, JsonMapper json) {
        this.reference = reference;
        this.identities = identities;
        this.json = json;
        refresh();
        streams.onApplied(stream -> {
            if (stream == Stream.SETTINGS) refresh();
        });
    }

    public Optional<Branch> current() {
        return Optional.ofNullable(current);
    }

    /** By whose clock the branch lives; Mexico City's until there is one. */
    public ZoneId zone() {
        Branch known = current;
        return known == null ? MEXICO_CITY : known.zone();
    }

    private void refresh() {
        Optional<SettingsRow> settings = reference.read(
                session -> session.first("""
                select body
                from settings
                where only_row = 1
                """, row -> json.readValue(row.text("body"), SettingsRow.class)));
        if (settings.isEmpty()) return;
        SettingsRow row = settings.get();
        if (identities.current().isPresent())
            identities.registersChanged(row.registers().stream()
                    .map(register ->
                            new Identities.Register(new RegisterId(register.id()), register.name(), register.prefix()))
                    .toList());
        current = Branch.of(row);
    }
}
