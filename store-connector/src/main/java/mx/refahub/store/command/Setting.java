package mx.refahub.store.command;

import java.nio.file.Path;
import mx.refahub.store.backup.BackupSettings;

/** Where the connector's data lies and how it is backed up, as the connector itself would read it. */
public record Setting(Path data, BackupSettings backup, String version) {}
