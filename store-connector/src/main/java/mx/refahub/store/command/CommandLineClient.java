package mx.refahub.store.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mx.refahub.domain.Failure;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.backup.Backup;
import mx.refahub.store.backup.Backups;
import mx.refahub.store.backup.Restore;
import mx.refahub.store.backup.Salvage;
import mx.refahub.store.backup.Verification;
import mx.refahub.store.sqlite.RowSalvage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refahub-store-connector.jar COMMAND}: speaks to the running connector at its desk, or works on its files while it is stopped. Exit statuses: {@link Answer}. */
@Command(
        name = "refahub-store-connector",
        description = "Órdenes para el conector de la tienda. Sin orden, arranca el conector.",
        synopsisHeading = "Uso: ",
        synopsisSubcommandLabel = "[ORDEN]",
        optionListHeading = "%nOpciones:%n",
        commandListHeading = "%nÓrdenes (ayuda de cada una: ORDEN --help):%n",
        exitCodeListHeading = "Al terminar:%n",
        exitCodeList = {
            "0:hecho",
            "1:no se pudo",
            "2:hecho, y algo no está bien",
            "3:el conector está en marcha y debe estar detenido, o al revés",
            "64:la orden está mal escrita"
        })
public final class CommandLineClient {
    @Option(
            names = "--data-dir",
            paramLabel = "CARPETA",
            scope = CommandLine.ScopeType.INHERIT,
            description = "carpeta de datos; sin ella, la de la configuración")
    private @Nullable Path dataDir;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "esta ayuda")
    // Read by picocli alone.
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    private final Settings settings;
    private final Lock lock;
    private final Hardware hardware;
    private final Clock clock;
    private final PrintWriter out;

    /** Reads the settings as the connector would. */
    @FunctionalInterface
    public interface Settings {
        /** @param dataDir wins over the settings */
        Setting read(@Nullable Path dataDir);
    }

    /** Takes the folder as the connector does. */
    @FunctionalInterface
    public interface Lock {
        /** Empty if a connector works there. */
        Optional<AutoCloseable> take(Path data);
    }

    /** Looks at the devices beside a connector that may be at work. */
    @FunctionalInterface
    public interface Hardware {
        /** @param only ids; none: all of them */
        Answer test(@Nullable Path dataDir, boolean print, boolean strip, List<String> only);
    }

    private CommandLineClient(Settings settings, Lock lock, Hardware hardware, Clock clock, PrintWriter out) {
        this.settings = settings;
        this.lock = lock;
        this.hardware = hardware;
        this.clock = clock;
        this.out = out;
    }

    /** Whether these arguments are a command, not a start: settings begin with two hyphens, and a mistyped command must not start a connector. */
    public static boolean isCommand(String[] arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("--") || arguments[0].equals("--help"));
    }

    /** @return the exit status of the process */
    public static int run(String[] arguments, Settings settings, Lock lock, Hardware hardware, Clock clock) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(arguments, settings, lock, hardware, clock, out, err);
    }

    static int run(
            String[] arguments,
            Settings settings,
            Lock lock,
            Hardware hardware,
            Clock clock,
            PrintWriter out,
            PrintWriter err) {
        CommandLineClient client = new CommandLineClient(settings, lock, hardware, clock, out);
        CommandLine line = new CommandLine(client)
                .addSubcommand(client.new StatusCommand())
                .addSubcommand(client.new ForceSyncCommand())
                .addSubcommand(client.new RestartServicesCommand())
                .addSubcommand(client.new TestHardwareCommand())
                .addSubcommand(client.new BackupCommand())
                .addSubcommand(client.new BackupsCommand())
                .addSubcommand(client.new ReconcileCommand())
                .addSubcommand(client.new ReplaceCommand())
                .addSubcommand(client.new RestoreCommand())
                .addSubcommand(client.new SalvageCommand())
                .addSubcommand(client.new AdoptCommand())
                .addSubcommand(client.new VerifyCommand())
                .addSubcommand(client.new SupportBundleCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println(failure instanceof Failure ? failure.getMessage() : "inesperado: " + failure);
                    return Answer.FAILED;
                })
                .setParameterExceptionHandler((wrong, given) -> {
                    err.println(sentence(wrong));
                    wrong.getCommandLine().usage(err);
                    return Answer.USAGE;
                });
        for (CommandLine command : line.getSubcommands().values())
            command.getCommandSpec()
                    .usageMessage()
                    .synopsisHeading("Uso: ")
                    .parameterListHeading("%n")
                    .optionListHeading("%nOpciones:%n");
        return line.execute(arguments[0].equals("help") ? asked(arguments) : arguments);
    }

    /** {@code help backup} is {@code backup --help}. */
    private static String[] asked(String[] arguments) {
        return arguments.length == 1 ? new String[] {"--help"} : new String[] {arguments[1], "--help"};
    }

    private static String sentence(CommandLine.ParameterException wrong) {
        return switch (wrong) {
            case CommandLine.UnmatchedArgumentException unknown ->
                "no se conoce " + String.join(" ", unknown.getUnmatched()) + ": revisa cómo está escrito";
            case CommandLine.MissingParameterException missing ->
                "falta "
                        + missing.getMissing().stream()
                                .map(each -> each instanceof CommandLine.Model.OptionSpec option
                                        ? option.longestName() + " " + option.paramLabel()
                                        : each.paramLabel())
                                .collect(Collectors.joining(", "));
            default -> "no se entiende la orden: " + wrong.getMessage();
        };
    }

    private Setting setting() {
        Setting setting = settings.read(dataDir);
        if (!Files.isDirectory(setting.data()))
            throw Failure.rejected("no hay carpeta de datos en "
                    + setting.data().toAbsolutePath().normalize() + ": indícala con --data-dir");
        return setting;
    }

    private int say(Answer answer) {
        answer.lines().forEach(out::println);
        return answer.exit();
    }

    private Backups backups(Setting setting) {
        return new Backups(setting.data(), setting.backup(), clock, setting.version());
    }

    private static Optional<Answer> atDesk(Setting setting, Order order) throws IOException, InterruptedException {
        return DeskClient.tell(setting.data(), order);
    }

    private static Answer notRunning() {
        return Answer.wrongMoment("el conector no está en marcha: arráncalo y repite la orden");
    }

    /** Does this while nobody else has the folder. */
    private int whileStopped(Setting setting, Callable<Integer> work) throws Exception {
        Optional<AutoCloseable> taken = lock.take(setting.data());
        if (taken.isEmpty())
            return say(Answer.wrongMoment("el conector está en marcha en "
                    + setting.data().toAbsolutePath().normalize()
                    + ": deténlo primero (systemctl stop refahub-store, o cierra su ventana) y repite la orden"));
        try (AutoCloseable held = taken.get()) {
            return work.call();
        }
    }

    @Command(name = "status", description = "cómo está la tienda")
    private final class StatusCommand implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return say(status(setting()));
        }
    }

    private static Answer status(Setting setting) throws IOException, InterruptedException {
        Optional<Answer> running = atDesk(setting, Order.STATUS);
        if (running.isPresent()) return running.get();
        List<String> lines = new ArrayList<>();
        lines.add("el conector no está en marcha");
        try (RowSalvage sales =
                RowSalvage.of(setting.data().resolve(Backups.SALES)).orElse(null)) {
            if (sales == null) lines.add(Backups.SALES + ": no está o no se puede leer (verify dice más)");
            else
                lines.add("documentos: "
                        + sales.number("select coalesce(max(sequence), 0) from outbox")
                                .orElse(0L) + " escritos, "
                        + sales.number("select sequence from acknowledged").orElse(0L) + " confirmados por el hub");
        }
        return new Answer(Answer.WRONG_MOMENT, lines);
    }

    @Command(name = "force-sync", description = "trae todo del hub ahora")
    private final class ForceSyncCommand implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return say(atDesk(setting(), Order.FORCE_SYNC).orElseGet(CommandLineClient::notRunning));
        }
    }

    @Command(name = "restart-services", description = "reinicia el proceso de entrega; la venta sigue")
    private final class RestartServicesCommand implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return say(atDesk(setting(), Order.RESTART_SERVICES).orElseGet(CommandLineClient::notRunning));
        }
    }

    @Command(
            name = "test-hardware",
            description = "prueba los aparatos (impresoras, báscula, lector…), un renglón por cada uno; la venta sigue")
    private final class TestHardwareCommand implements Callable<Integer> {
        @Option(names = "--print", description = "además imprime la tira de prueba, y una etiqueta en las de etiquetas")
        private boolean print;

        @Option(names = "--strip", description = "además imprime la tira con las páginas de códigos")
        private boolean strip;

        @Parameters(paramLabel = "APARATO", arity = "0..*", description = "solo estos")
        private List<String> only = new ArrayList<>();

        @Override
        public Integer call() {
            return say(hardware.test(dataDir, print, strip, only));
        }
    }

    @Command(name = "backup", description = "respalda ahora, en marcha o detenido")
    private final class BackupCommand implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            Setting setting = setting();
            Optional<Answer> running = atDesk(setting, Order.BACKUP);
            if (running.isPresent()) return say(running.get());
            return whileStopped(setting, () -> {
                Backup taken = backups(setting).take();
                return say(Answer.done("respaldo hecho y revisado: " + taken));
            });
        }
    }

    @Command(name = "reconcile", description = "compara con el hub, documento por documento, y repara lo que se puede")
    private final class ReconcileCommand implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return say(atDesk(setting(), Order.RECONCILE).orElseGet(CommandLineClient::notRunning));
        }
    }

    @Command(
            name = "replace",
            description =
                    "este equipo toma el lugar de la tienda con un código de la consola; el conector debe estar detenido")
    private final class ReplaceCommand implements Callable<Integer> {
        @Option(names = "--hub", required = true, paramLabel = "DIRECCIÓN", description = "http(s)://equipo[:puerto]")
        @SuppressWarnings("NullAway.Init")
        private String hub;

        @Option(
                names = "--code",
                required = true,
                paramLabel = "CÓDIGO",
                description = "el de la consola, sirve una vez")
        @SuppressWarnings("NullAway.Init")
        private String code;

        @Override
        public Integer call() throws Exception {
            Setting setting = settings.read(dataDir);
            return whileStopped(setting, () -> say(Replacing.run(setting.data(), hub, code, clock)));
        }
    }

    @Command(name = "backups", description = "los respaldos que hay, el más nuevo primero, revisados")
    private final class BackupsCommand implements Callable<Integer> {
        @Override
        public Integer call() {
            List<String> lines = new ArrayList<>();
            boolean all = true;
            for (Backup backup : backups(setting()).list()) {
                Optional<String> flaw = backup.flaw();
                all &= flaw.isEmpty();
                lines.add(backup + flaw.map(text -> "  NO SIRVE: " + text).orElse("  íntegro"));
            }
            if (lines.isEmpty()) lines.add("no hay respaldos");
            return say(new Answer(all ? Answer.DONE : Answer.NOT_RIGHT, lines));
        }
    }

    @Command(
            name = "restore",
            description =
                    "rehace sales.db de un respaldo y de lo que aún se lee del archivo dañado; el conector debe estar detenido")
    private final class RestoreCommand implements Callable<Integer> {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "RESPALDO",
                description = "carpeta de un respaldo, o un archivo en ella")
        @SuppressWarnings("NullAway.Init")
        private Path from;

        @Option(
                names = "--salvaged",
                paramLabel = "ARCHIVO",
                description = "documentos rescatados con la orden salvage, de otro disco")
        private @Nullable Path salvaged;

        @Override
        public Integer call() throws Exception {
            Setting setting = settings.read(dataDir);
            Backup backup =
                    Backup.at(from).orElseThrow(() -> Failure.rejected(from + " no es un respaldo de este programa"));
            if (salvaged != null && !Files.isRegularFile(salvaged))
                throw Failure.rejected("no hay archivo " + salvaged);
            return whileStopped(setting, () -> {
                Restore.Result result = new Restore(
                                setting.data(), setting.backup().keyFolderIn(setting.data()), clock, Desk.JSON)
                        .run(backup, salvaged);
                return say(told(result));
            });
        }
    }

    private static Answer told(Restore.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "restaurado del respaldo de " + result.backup().at() + " hasta el documento " + result.lastSequence());
        lines.add("documentos rescatados después del respaldo: " + result.salvaged());
        result.onlyDelivered()
                .forEach((type, n) ->
                        lines.add("se entregarán al hub, revisa sus cifras en la caja: " + n + " de " + type));
        if (!result.lostFolios().isEmpty())
            lines.add("ventas cuyo documento se perdió, captúralas otra vez con su ticket: "
                    + String.join(", ", result.lostFolios()));
        if (result.folioJump() > 0)
            lines.add("los folios saltan " + result.folioJump() + " números para que ninguno se repita");
        lines.add("lo dañado quedó guardado en " + result.setAside());
        if (!result.complete())
            lines.add(
                    "ATENCIÓN: pueden faltar documentos que el hub ya tiene. La tienda arranca cerrada y abre sola "
                            + "cuando el hub conteste que no tiene más; si tiene más, autoriza este equipo en la consola: Tiendas, la tienda");
        lines.add("arranca el conector");
        return new Answer(result.complete() ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    @Command(
            name = "salvage",
            description = "saca los documentos que aún se leen de un sales.db dañado, para restore --salvaged")
    private final class SalvageCommand implements Callable<Integer> {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "ARCHIVO",
                description = "el sales.db dañado, con su -wal al lado")
        @SuppressWarnings("NullAway.Init")
        private Path from;

        @Option(names = "--to", required = true, paramLabel = "ARCHIVO", description = "dónde dejar lo rescatado")
        @SuppressWarnings("NullAway.Init")
        private Path to;

        @Option(names = "--store", paramLabel = "ID", description = "la tienda, si el archivo ya no lo dice")
        private @Nullable String store;

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(from)) throw Failure.rejected("no hay archivo " + from);
            String id = store;
            if (id == null) {
                try (RowSalvage rows = RowSalvage.of(from).orElse(null)) {
                    id = rows == null
                            ? null
                            : rows.text("select store_id from identity").orElse(null);
                }
            }
            if (id == null)
                throw Failure.rejected(
                        "el archivo ya no dice de qué tienda es: indica --store (está en manifest.json de cualquier respaldo)");
            try (Salvage salvage = Salvage.from(from, StoreId.of(id), 0, to)) {
                return say(Answer.done("rescatados " + salvage.count() + " documentos, el último el "
                        + salvage.highest() + ", en " + to));
            }
        }
    }

    @Command(
            name = "adopt",
            description =
                    "entrega desde este equipo lo que otro de la misma tienda escribió y nunca entregó, rescatado con salvage; el conector debe estar detenido")
    private final class AdoptCommand implements Callable<Integer> {
        @Option(
                names = "--salvaged",
                required = true,
                paramLabel = "ARCHIVO",
                description = "lo que dejó la orden salvage, del disco del otro equipo")
        @SuppressWarnings("NullAway.Init")
        private Path salvaged;

        @Override
        public Integer call() throws Exception {
            Setting setting = setting();
            if (!Files.isRegularFile(salvaged)) throw Failure.rejected("no hay archivo " + salvaged);
            return whileStopped(setting, () -> say(Replacing.adopt(setting.data(), salvaged, clock)));
        }
    }

    @Command(name = "verify", description = "revisa los archivos, la cadena de documentos y que las sumas cuadren")
    private final class VerifyCommand implements Callable<Integer> {
        @Override
        public Integer call() {
            List<String> lines = new ArrayList<>();
            boolean right = true;
            for (Verification.Finding finding : Verification.of(setting().data())) {
                right &= finding.right();
                lines.add((finding.right() ? "bien  " : "MAL   ") + finding.text());
            }
            return say(new Answer(right ? Answer.DONE : Answer.NOT_RIGHT, lines));
        }
    }

    @Command(
            name = "support-bundle",
            description = "un ZIP para soporte: estado y bitácora, sin secretos ni datos de personas")
    private final class SupportBundleCommand implements Callable<Integer> {
        @Option(names = "--to", paramLabel = "ARCHIVO", description = "el ZIP; sin ella, refahub-soporte.zip aquí")
        private @Nullable Path to;

        @Override
        public Integer call() throws Exception {
            Setting setting = setting();
            Path file = to == null ? Path.of("refahub-soporte.zip") : to;
            new SupportBundle(setting.data(), backups(setting)).write(file, status(setting), clock.instant());
            return say(Answer.done(String.format(
                    Locale.ROOT, "%s, %d KiB", file.toAbsolutePath().normalize(), Files.size(file) / 1024)));
        }
    }
}
