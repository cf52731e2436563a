package mx.refahub.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts a copy back for trial, the newest or the one that is named, and says whether everything is there. */
final class VerifyBackup implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyBackup.class);

    private final Workshop workshop;
    private final BackupSettings settings;
    private final BackupTarget target;
    private final JdbcClient jdbc;
    private final TransactionTemplate apart;

    VerifyBackup(Workshop workshop, BackupSettings settings, BackupTarget target) {
        this.workshop = workshop;
        this.settings = settings;
        this.target = target;
        jdbc = JdbcClient.create(workshop.dataSource());
        apart = new TransactionTemplate(new JdbcTransactionManager(workshop.dataSource()));
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException, SQLException {
        long run = Workshop.run(contribution.getStepExecution());
        SealKey key = Backup.key(settings);
        String name = chosen(contribution.getStepExecution().getJobParameters().getString(Backup.NAME));
        try (InputStream sealed = target.read(name);
                Connection connection = workshop.dataSource().getConnection()) {
            Restoring.Proof proof = Restoring.tried(sealed, key, connection);
            tell(name, null);
            contribution.incrementReadCount();
            workshop.runs()
                    .note(
                            run,
                            String.format(
                                    Locale.ROOT,
                                    "El respaldo %s se restauró completo a prueba: %d tablas, %,d filas y %,d archivos, con las mismas cuentas y sumas.",
                                    name,
                                    proof.tables(),
                                    proof.rows(),
                                    proof.files()));
            LOG.info("backup proven run={} name={} rows={}", run, name, proof.rows());
            return RepeatStatus.FINISHED;
        } catch (Restoring.Unfit e) {
            throw refused(name, "El respaldo " + name + " no sirve: " + e.getMessage() + ".", e);
        } catch (SealKey.Broken | ZipException e) {
            throw refused(
                    name,
                    "El respaldo " + name
                            + " no se pudo abrir: el archivo está dañado o se selló con otra frase. Corre «Respaldar» para tener uno bueno.",
                    e);
        } catch (Restoring.OtherVersion e) {
            // Neither proven nor bad.
            throw new RunRefused("El respaldo " + name + " no se puede probar aquí: " + e.getMessage() + ".");
        } catch (SQLException e) {
            // Of any other reason, as of one on the way here, the copy knows nothing: the run fails and is taken up.
            if (!isOfTheRows(e)) throw e;
            throw refused(name, "El respaldo " + name + " no se pudo restaurar: " + e.getMessage() + ".", e);
        }
    }

    /** Data that cannot be read, or that breaks a constraint. */
    private static boolean isOfTheRows(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private String chosen(@Nullable String asked) {
        try {
            List<String> there = target.list();
            if (asked != null && !asked.isBlank()) {
                if (!there.contains(asked.strip())) throw new RunRefused("No hay un respaldo «" + asked.strip() + "».");
                return asked.strip();
            }
            if (there.isEmpty()) throw new RunRefused("Todavía no hay ningún respaldo en " + target.name() + ".");
            return there.getLast();
        } catch (IOException e) {
            throw new UncheckedIOException("backups in " + target.name(), e);
        }
    }

    /** Written down though the step is rolled back. */
    private RunRefused refused(String name, String sentence, Exception cause) {
        LOG.error("backup cannot be put back name={}", name, cause);
        apart.executeWithoutResult(status -> tell(name, sentence));
        return new RunRefused(sentence);
    }

    private void tell(String name, @Nullable String problem) {
        jdbc.sql("""
                update backup
                set verified_at = :now, problem = :problem
                where name = :name
                """)
                .param("name", name)
                .param("problem", problem)
                .param("now", Backup.now(workshop.clock()))
                .update();
    }
}
