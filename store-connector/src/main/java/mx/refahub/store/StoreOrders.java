package mx.refahub.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.store.StoreStatus.ClockState;
import mx.refahub.domain.store.StoreStatus.DiskState;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.store.backup.Backup;
import mx.refahub.store.backup.BackupSchedule;
import mx.refahub.store.command.Answer;
import mx.refahub.store.command.CommandAnswers;
import mx.refahub.store.command.Order;
import mx.refahub.store.hublink.Heartbeats;
import mx.refahub.store.hublink.StreamPulls;
import mx.refahub.store.reconcile.Reconciliation;
import mx.refahub.store.relay.RelaySupervisor;
import mx.refahub.store.status.StatusBoard;
import org.springframework.beans.factory.ObjectProvider;

/** What the running connector does when it is told to: by the command line on this machine, or by the console over the broker. */
final class StoreOrders {
    /** Time for the child to confirm the command that ends it. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private static final int SHOWN = 50;

    private final StatusBoard board;
    private final StreamPulls pulls;
    private final Heartbeats heartbeats;
    private final ObjectProvider<RelaySupervisor> relay;
    private final BackupSchedule backups;
    private final Reconciliation reconciliation;
    private final Inspection inspection;

    StoreOrders(
            StatusBoard board,
            StreamPulls pulls,
            Heartbeats heartbeats,
            ObjectProvider<RelaySupervisor> relay,
            BackupSchedule backups,
            Reconciliation reconciliation,
            Inspection inspection) {
        this.board = board;
        this.pulls = pulls;
        this.heartbeats = heartbeats;
        this.relay = relay;
        this.backups = backups;
        this.reconciliation = reconciliation;
        this.inspection = inspection;
    }

    Answer carryOut(Order order) {
        return switch (order) {
            case STATUS -> status(board.now());
            case FORCE_SYNC -> {
                forceSync();
                yield Answer.done("pedido: se trae todo del hub y se le avisa cómo está la tienda");
            }
            case RESTART_SERVICES -> restartRelay();
            case BACKUP -> backup();
            case RECONCILE -> reconcile();
        };
    }

    /** An order of the console. What it says goes back to who ordered it. */
    CommandAnswers.Done carryOut(Command.Kind order) {
        return switch (order) {
            case STATUS -> {
                heartbeats.now();
                yield CommandAnswers.Done.of(carryOut(Order.STATUS));
            }
            case FORCE_SYNC -> CommandAnswers.Done.of(carryOut(Order.FORCE_SYNC));
            case BACKUP -> CommandAnswers.Done.of(carryOut(Order.BACKUP));
            case RESTART_SERVICES -> {
                restartRelaySoon();
                yield CommandAnswers.Done.of(
                        Answer.done("el proceso de entrega se reinicia en unos segundos; la venta sigue"));
            }
            case RECONCILE -> {
                try {
                    yield CommandAnswers.Done.of(told(reconciliation.run(Report.Cause.CONSOLE)));
                } catch (Failure e) {
                    yield CommandAnswers.Done.of(Answer.failed("no se pudo conciliar: " + e.getMessage()));
                }
            }
            case TEST_HARDWARE -> CommandAnswers.Done.of(inspection.hardware());
            case VERIFY -> CommandAnswers.Done.of(inspection.verify());
            case BACKUPS -> CommandAnswers.Done.of(inspection.backups());
            case SUPPORT_BUNDLE -> inspection.bundle(status(board.now()));
        };
    }

    private void forceSync() {
        pulls.all();
        heartbeats.now();
    }

    /** After a while, so that the child can confirm the command that told us; else it would be told again, and again. */
    private void restartRelaySoon() {
        Executor later = CompletableFuture.delayedExecutor(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(this::restartRelay);
    }

    private Answer restartRelay() {
        return relay.getObject()
                .child()
                .filter(ProcessHandle::destroy)
                .map(child -> Answer.done(
                        "el proceso de entrega (pid " + child.pid() + ") se detuvo; arranca otra vez por sí solo"))
                .orElseGet(() -> Answer.failed("no hay proceso de entrega que reiniciar"));
    }

    private Answer reconcile() {
        try {
            return told(reconciliation.run(Report.Cause.COMMAND));
        } catch (Failure e) {
            return Answer.failed("no se pudo conciliar: " + e.getMessage());
        }
    }

    /** What was compared and what became of it, line by line. */
    static Answer told(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("comparados " + report.documents() + " documentos, del " + report.first() + " al " + report.last()
                + ", en " + report.cells().size() + " días y tipos");
        if (report.sentAgain() > 0) lines.add("faltaban en el hub y se enviaron otra vez: " + report.sentAgain());
        if (report.mended() > 0) lines.add("estaban dañados en el hub y se repararon: " + report.mended());
        long waiting = report.findings().size() - Reconciliation.differing(report.findings());
        if (waiting > 0) lines.add("llegaron y todavía no están en los libros del hub: " + waiting);
        report.findings().stream()
                .filter(finding -> finding.kind() != Finding.Kind.NOT_BOOKED)
                .limit(SHOWN)
                .map(finding -> "ATENCIÓN: " + finding.cell().day().date() + " "
                        + finding.cell().type() + " documento " + finding.sequence() + ": "
                        + difference(finding.kind()))
                .forEach(lines::add);
        if (report.incomplete())
            lines.add("ATENCIÓN: hay más diferencias de las que se pueden enumerar: llama a soporte");
        boolean right = Reconciliation.differing(report.findings()) == 0 && !report.incomplete();
        lines.add(
                right
                        ? "tienda y hub dicen lo mismo"
                        : "lo que difiere se resuelve en la consola: Tiendas, Conciliación");
        return new Answer(right ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    private static String difference(Finding.Kind kind) {
        return switch (kind) {
            case MISSING_AT_HUB -> "falta en el hub y no lo aceptó";
            case MISSING_AT_STORE -> "el hub lo tiene y aquí falta";
            case DIFFERS -> "no es el mismo aquí y en el hub";
            case NOT_BOOKED -> "llegó y espera";
            case BOOKED_DIFFERENTLY -> "otro importe en los libros del hub";
        };
    }

    private Answer backup() {
        try {
            Backup taken = backups.now();
            return Answer.done("respaldo hecho y revisado: " + taken.folder() + " (" + taken.bytes() / 1024
                    + " KiB, hasta el documento " + taken.lastSequence() + ")");
        } catch (Failure e) {
            return Answer.failed("no se pudo respaldar: " + e.getMessage());
        }
    }

    static Answer status(StoreStatus.Snapshot now) {
        List<String> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        StoreStatus.Care care = now.care();
        lines.add("tienda: " + (now.registered() ? now.storeName() : "sin registrar") + ", versión " + now.version());
        lines.add("hub: " + (now.linked() ? "en línea" : "sin enlace") + seen(now.hubSeenAt()));
        lines.add("documentos: " + now.outboxLast() + " escritos, " + now.acknowledged() + " confirmados por el hub, "
                + (now.outboxLast() - now.acknowledged()) + " por entregar");
        lines.add("entrega: " + relay(now.relay()) + (now.halted() == null ? "" : ", DETENIDA (" + now.halted() + ")"));
        lines.add("impresora: " + printer(now.printer()));
        lines.add(String.format(Locale.ROOT, "reloj: %+.1f s respecto al hub", -now.clockOffsetMillis() / 1000.0));
        lines.add(
                care.diskFreeBytes() < 0
                        ? "disco: sin revisar todavía"
                        : "disco: " + care.diskFreeBytes() / (1024 * 1024) + " MB libres");
        lines.add("respaldo: " + (care.backupAt() == null ? "ninguno todavía" : moment(care.backupAt())));
        if (now.registered() && !now.linked()) wrong.add("no hay enlace con el hub; se vende normal");
        if (now.registered() && now.relay() != RelayState.RUNNING) wrong.add("el proceso de entrega no está en marcha");
        if (now.halted() != null) wrong.add("la entrega está detenida: llama a soporte");
        if (now.printer() == StoreStatus.PrinterState.FAILING)
            wrong.add("la impresora no responde: revisa que esté encendida, con papel y conectada");
        if (care.disk() != DiskState.AMPLE) wrong.add("queda poco disco: borra o mueve archivos");
        if (care.clock() != ClockState.RIGHT) wrong.add("el reloj de esta máquina está mal: ponlo en hora");
        if (care.backupTrouble() != null) wrong.add("respaldo: " + care.backupTrouble());
        if (care.locked() != null) wrong.add("no se vende: " + shut(care.locked()));
        wrong.forEach(line -> lines.add("ATENCIÓN: " + line));
        return new Answer(wrong.isEmpty() ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    private static String seen(@org.jspecify.annotations.Nullable Instant at) {
        return at == null ? ", nunca contestó" : ", contestó " + moment(at);
    }

    /** To the second, and saying of which zone: a log beside it is in UTC, too. */
    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    private static String relay(RelayState state) {
        return switch (state) {
            case STARTING -> "arrancando";
            case RUNNING -> "en marcha";
            case DOWN -> "caída, arranca otra vez por sí sola";
        };
    }

    private static String printer(StoreStatus.PrinterState state) {
        return switch (state) {
            case READY -> "lista";
            case FAILING -> "no responde";
            case SIMULATED -> "ninguna, el papel sale en pantalla";
        };
    }

    /** What shuts the till, by the codes of its page; one that is not known here is said as it is. */
    private static String shut(String code) {
        return switch (code) {
            case "store-replaced" ->
                "otro equipo ocupa el lugar de este; usa el otro, o pide un código de reemplazo en la consola";
            case "store-copied" ->
                "otro equipo con estos datos está en línea; autoriza el bueno en la consola: Tiendas, la tienda";
            case "store-behind-hub" ->
                "el hub tiene documentos que aquí faltan; autoriza este equipo en la consola: Tiendas, la tienda";
            case "store-restored" -> "se rehízo de un respaldo y abre sola cuando el hub conteste; revisa la red";
            default -> code + "; llama a soporte";
        };
    }
}
