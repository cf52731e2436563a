package mx.refahub.hub.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.batch.backup.BackupSettings;
import mx.refahub.batch.backup.Restoring;
import mx.refahub.batch.backup.SealKey;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.StartRefused;
import mx.refahub.hub.postgres.Database;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code restore COPY [--refahub.hub.data=FOLDER] [--refahub.backup.passphrase-file=FILE] …}: a sealed copy into a hub that has nothing yet, with the settings of that hub.
 * The database gets the version that the copy was made of; the next start of the hub brings it up to date.
 */
public final class RestoreCommand {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USE = 64;
    private static final List<String> OF_THE_HUB = List.of("keys", "images", "invoices");

    private RestoreCommand() {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties({HubSettings.class, BackupSettings.class})
    @Import(Database.class)
    static class Rooms {}

    /** @return exit status */
    public static int run(String[] arguments, PrintStream out) {
        List<String> copies = Arrays.stream(arguments)
                .filter(one -> !one.startsWith("--"))
                .toList();
        if (copies.size() != 1) {
            out.println(
                    "Usage: restore COPY [--refahub.hub.data=FOLDER] [--refahub.backup.passphrase-file=FILE] [--SETTING=VALUE …]");
            return WRONG_USE;
        }
        Path copy = Path.of(copies.getFirst());
        if (!Files.isReadable(copy)) {
            out.println("There is no file " + copy + " that can be read.");
            return FAILED;
        }
        String[] settings =
                Arrays.stream(arguments).filter(one -> one.startsWith("--")).toArray(String[]::new);
        try (ConfigurableApplicationContext rooms = new SpringApplicationBuilder(Rooms.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(settings)) {
            BackupSettings backup = rooms.getBean(BackupSettings.class);
            if (backup.passphraseFile().isBlank()) {
                out.println("Say with refahub.backup.passphrase-file which file has the passphrase of the copy.");
                return FAILED;
            }
            Restoring.Proof proof = restore(
                    rooms.getBean(DataSource.class),
                    copy,
                    SealKey.in(Path.of(backup.passphraseFile())),
                    rooms.getBean(HubSettings.class).data());
            out.printf(
                    "Restored: %d tables with %,d rows and %,d files, with the same counts and sums as when it was made. Start the hub.%n",
                    proof.tables(), proof.rows(), proof.files());
            return DONE;
        } catch (IOException | SQLException | StartRefused e) {
            out.println("Not restored: " + e.getMessage());
            return FAILED;
        }
    }

    static Restoring.Proof restore(DataSource dataSource, Path copy, SealKey key, Path data)
            throws IOException, SQLException {
        String version;
        try (InputStream sealed = Files.newInputStream(copy)) {
            version = Restoring.schema(sealed, key);
        }
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/hub")
                .target(version)
                .load()
                .migrate();
        if (isLivedIn(dataSource))
            throw new IOException("this hub has people or stores already; take another folder or database");
        Path received = data.resolve("restored");
        Restoring.Proof proof;
        try (InputStream sealed = Files.newInputStream(copy);
                Connection connection = dataSource.getConnection()) {
            proof = Restoring.restored(sealed, key, connection, received);
        }
        // What has no place of its own, the settings, stays below 'restored' and is put where it belongs by a person.
        for (String name : OF_THE_HUB) {
            Path from = received.resolve(name);
            if (Files.isDirectory(from) && !Files.exists(data.resolve(name))) Files.move(from, data.resolve(name));
        }
        return proof;
    }

    private static boolean isLivedIn(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql("""
                select exists (select from person) or exists (select from store)
                """)
                .query(Boolean.class)
                .single();
    }
}
