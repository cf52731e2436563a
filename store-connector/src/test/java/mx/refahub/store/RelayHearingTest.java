package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.delivery.Command;
import mx.refahub.store.backup.BackupSchedule;
import mx.refahub.store.backup.BackupSettings;
import mx.refahub.store.backup.Backups;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.status.StatusBoard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RelayHearingTest {
    @Test
    void a_command_that_is_told_again_is_obeyed_once(@TempDir Path folder) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(RelayHearing.class);
        try (TestStore store = TestStore.open(folder)) {
            Acknowledged acknowledged = new Acknowledged(store.sales, store.identities, store.clock);
            try (StatusBoard board = new StatusBoard(
                    store.sales, store.identities, store.branches, store.streams, acknowledged, "test")) {
                BackupSettings settings = new BackupSettings(Duration.ofHours(1), 24, 14, null, null);
                BackupSchedule backups = new BackupSchedule(
                        new Backups(folder, settings, store.clock, "test"), settings, store.clock, () -> {});
                RelayHearing hearing = new RelayHearing(
                        acknowledged,
                        board,
                        null,
                        null,
                        new StoreOrders(board, null, null, null, backups, null, null),
                        (command, order) -> {});
                log.start();
                // Another test of this run may have asked for silence.
                logger.setLevel(Level.INFO);
                logger.addAppender(log);

                hearing.received(new Command(new UUID(1, 1), Command.Kind.BACKUP));
                hearing.received(new Command(new UUID(1, 1), Command.Kind.BACKUP));
                hearing.received(new Command(new UUID(1, 2), Command.Kind.BACKUP));
            }
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list.stream().filter(line -> line.getMessage().startsWith("command received")))
                .hasSize(2);
    }
}
