package mx.refahub.batch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;

/** The jobs backup and backup-verify. See README.md beside this file. */
public final class Backup {
    static final String NAME = "name";
    private static final Pattern NAMES = Pattern.compile("refahub-[0-9]{8}T[0-9]{6}Z-[0-9]{1,19}\\.rfhb");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Backup() {}

    // @formatter:off
    public static JobDefinition definition(Workshop workshop, BackupSettings settings) {
        BackupTarget target = target(settings);
        return new JobDefinition(
                workshop.job("backup")
                        .start(workshop.step("write", new TellingTrouble(new WriteBackup(workshop, settings, target))))
                        .next(workshop.step("prune", new TellingTrouble(new PruneBackups(workshop, settings, target))))
                        .build(),
                List.of(),
                false);
    }

    public static JobDefinition verify(Workshop workshop, BackupSettings settings) {
        return new JobDefinition(
                workshop.job("backup-verify")
                        .start(workshop.step("restore", new TellingTrouble(new VerifyBackup(workshop, settings, target(settings)))))
                        .build(),
                List.of(new Parameter(NAME, Parameter.Kind.TEXT, false)),
                false);
    }
    // @formatter:on

    private static BackupTarget target(BackupSettings settings) {
        return settings.s3().bucket().isBlank() ? new FolderTarget(settings.folder()) : new S3Target(settings.s3());
    }

    static boolean isName(String name) {
        return NAMES.matcher(name).matches();
    }

    /** One for each run, however often it is taken up. */
    static String name(Instant started, long run) {
        return "refahub-" + TIME.format(started) + "-" + run + ".rfhb";
    }

    static Instant time(String name) {
        return TIME.parse(name.substring(8, 24), Instant::from);
    }

    static SealKey key(BackupSettings settings) {
        if (settings.passphraseFile().isBlank())
            throw new RunRefused(
                    "No hay con qué sellar el respaldo: escribe una frase larga en un archivo y pon su ruta en refahub.backup.passphrase-file.");
        Path file = Path.of(settings.passphraseFile());
        if (!Files.isReadable(file))
            throw new RunRefused(
                    "No se puede leer la frase del respaldo: " + file + " (refahub.backup.passphrase-file).");
        try {
            return SealKey.in(file);
        } catch (IOException e) {
            throw new RunRefused(
                    "La frase del respaldo no sirve: " + e.getMessage() + " (refahub.backup.passphrase-file).");
        }
    }

    static OffsetDateTime now(Clock clock) {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
