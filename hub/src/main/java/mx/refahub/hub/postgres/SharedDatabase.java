package mx.refahub.hub.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.StartRefused;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A hub's database, for a process that is none: it neither runs the server nor changes the schema. It waits a while for a hub that is just starting. */
@Configuration(proxyBeanMethods = false)
public class SharedDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(SharedDatabase.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** A slice, a beat, and what is asked in between. */
    private static final int CONNECTIONS = 5;

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(HubSettings settings) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        while (true) {
            StartRefused why;
            try {
                return opened(settings);
            } catch (NotYet e) {
                why = new StartRefused(String.valueOf(e.getMessage()));
            }
            if (System.nanoTime() > until) throw why;
            if (!said) LOG.info("worker waits for the hub reason={}", why.getMessage());
            said = true;
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private static final class NotYet extends Exception {
        private static final long serialVersionUID = 1;

        NotYet(String message) {
            super(message);
        }
    }

    private static HikariDataSource opened(HubSettings settings) throws NotYet {
        HubSettings.Database database = settings.database();
        HikariDataSource pool = null;
        boolean good = false;
        try {
            pool = database.isEmbedded()
                    ? Database.pool(
                            EmbeddedServer.runningUrl(settings.data()),
                            EmbeddedServer.USER,
                            EmbeddedServer.knownPassword(settings.data()),
                            CONNECTIONS)
                    : Database.pool(database.url(), database.username(), database.password(), CONNECTIONS);
            check(pool);
            good = true;
            return pool;
        } catch (IOException e) {
            throw new NotYet(
                    "No hub runs on " + settings.data().toAbsolutePath().normalize()
                            + ": start the hub first, or name its PostgreSQL with refahub.hub.database.url.");
        } catch (StartRefused | NotYet e) {
            throw e;
        } catch (RuntimeException e) {
            throw new NotYet("The hub's database does not answer: " + e.getMessage());
        } finally {
            if (!good && pool != null) pool.close();
        }
    }

    /** Slices are staged by the program that knows their tables. */
    private static void check(HikariDataSource pool) throws NotYet {
        MigrationInfoService info = Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/hub")
                .load()
                .info();
        for (MigrationInfo each : info.all())
            if (!each.getState().isResolved())
                throw new StartRefused("The hub's database is of a later version (" + each.getVersion()
                        + ") than this worker: start the worker from the hub's program.");
        if (info.pending().length > 0)
            throw new NotYet("The hub's database is of an earlier version than this worker: start the hub first.");
    }
}
