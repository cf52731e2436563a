package mx.refahub.batch.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sealed copies.
 *
 * @param passphraseFile its first line seals and opens them; empty: none are made
 * @param folder where they go if no bucket is set
 * @param keep how many stay, the newest
 * @param keepFor how long one stays at most; the newest, and the newest that was proven, stay anyway
 * @param include folders and files that are copied beside the database, by a name of their own; what is not there is left out
 */
@ConfigurationProperties("refahub.backup")
public record BackupSettings(
        @DefaultValue("") String passphraseFile,
        @DefaultValue("data/backups") Path folder,
        @DefaultValue("14") int keep,
        @DefaultValue("90d") Duration keepFor,
        @DefaultValue Map<String, Path> include,
        @DefaultValue S3 s3) {
    public BackupSettings {
        include = Map.copyOf(include);
        if (keep < 1) throw new IllegalArgumentException("refahub.backup.keep is " + keep + ", not positive");
        if (keepFor.compareTo(Duration.ofDays(1)) < 0)
            throw new IllegalArgumentException("refahub.backup.keep-for is " + keepFor + ", less than a day");
        for (String name : include.keySet())
            if (!name.matches("[a-z0-9-]{1,40}"))
                throw new IllegalArgumentException("refahub.backup.include has the name '" + name + "'");
    }

    /**
     * @param endpoint of a store that speaks S3; empty: Amazon's own
     * @param bucket empty: copies go to the folder
     * @param prefix in front of each name in the bucket
     * @param partSize of an upload; a copy has ten thousand parts at most
     */
    public record S3(
            @DefaultValue("") String endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("") String bucket,
            @DefaultValue("refahub/") String prefix,
            @DefaultValue("") String accessKey,
            @DefaultValue("") String secretKey,
            @DefaultValue("16MB") DataSize partSize) {
        private static final DataSize SMALLEST = DataSize.ofMegabytes(5);

        public S3 {
            if (partSize.compareTo(SMALLEST) < 0)
                throw new IllegalArgumentException("refahub.backup.s3.part-size is " + partSize + ", less than 5MB");
        }

        /** Never the secret. */
        @Override
        public String toString() {
            return "S3[" + (bucket.isEmpty() ? "off" : endpoint + "/" + bucket + "/" + prefix) + "]";
        }
    }
}
