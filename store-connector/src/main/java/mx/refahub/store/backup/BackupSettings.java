package mx.refahub.store.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.care.backup.*}.
 *
 * @param every between two backups
 * @param hourly for how many of the latest hours one backup stays
 * @param daily for how many of the latest days one stays
 * @param folder where they lie; better on another disk. Null: {@code backups} in the data folder
 * @param keyFolder where the copy of the key file lies that they need; never inside {@code folder}. Null: {@code backup-keys} in the data folder
 */
public record BackupSettings(
        @DefaultValue("1h") Duration every,
        @DefaultValue("24") int hourly,
        @DefaultValue("14") int daily,
        @Nullable Path folder,
        @Nullable Path keyFolder) {
    public BackupSettings {
        if (every.toMinutes() < 1)
            throw new IllegalArgumentException("refahub.care.backup.every is " + every + ", less than 1m");
        if (hourly < 1) throw new IllegalArgumentException("refahub.care.backup.hourly is " + hourly);
        if (daily < 0) throw new IllegalArgumentException("refahub.care.backup.daily is " + daily);
        if (folder != null && keyFolder != null && absolute(keyFolder).startsWith(absolute(folder)))
            throw new IllegalArgumentException("refahub.care.backup.key-folder " + keyFolder
                    + " is inside refahub.care.backup.folder: who carries one away would have both");
    }

    public Path folderIn(Path data) {
        return folder == null ? data.resolve("backups") : folder;
    }

    public Path keyFolderIn(Path data) {
        return keyFolder == null ? data.resolve("backup-keys") : keyFolder;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
