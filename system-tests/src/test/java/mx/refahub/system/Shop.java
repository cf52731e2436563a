package mx.refahub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;
import mx.refahub.system.process.AppFolder;
import mx.refahub.system.process.ServerProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A hub and a store as two real processes in a folder of their own, on free ports; ended and started again as a test wants. */
public final class Shop implements AutoCloseable {
    static final String OWNER = "admin@refahub.example";
    static final String PASSWORD = "una-clave-larga-de-prueba";
    static final String CASHIER = "marta";
    static final String PIN = "482915";
    static final String SUPERVISOR = "rita";
    static final String SUPERVISOR_PIN = "719364";
    private static final Pattern SETUP_CODE = Pattern.compile("setup code code=(\\S+)");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Seconds; a bench takes in whole catalogues. {@code -Dshop.patience=600} on a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(
            Integer.getInteger("shop.patience", System.getProperty("bench.out") == null ? 90 : 1_800));

    private final Programs programs;
    private final Path folder;
    private final int hubPort = Programs.freePort();
    private final int storePort = Programs.freePort();
    private final int brokerPort = Programs.freePort();
    private final int databasePort = Programs.freePort();
    private @Nullable ServerProcess hub;
    private @Nullable ServerProcess store;
    private Duration storeStart = Duration.ZERO;
    private boolean hubArmed;
    private boolean storeArmed;

    private final Outfit outfit;
    private final AtomicInteger struck = new AtomicInteger();

    /**
     * What the programs have beyond a day's settings.
     *
     * @param way the port by which the store reaches this port of the hub
     * @param parts whose numbers are in the catalogue, of the sample; none: all of it, and its stock
     */
    public record Outfit(
            IntUnaryOperator way,
            List<String> hubSettings,
            List<String> storeSettings,
            Map<String, String> hubEnvironment,
            Map<String, String> storeEnvironment,
            List<String> parts) {}

    private Shop(String name, Programs programs, Outfit outfit) {
        this.programs = programs;
        this.outfit = outfit;
        try {
            folder = Files.createTempDirectory("refahub-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shop with a registered store, the sample catalogue and its stock, the index at the store, and a cashier with a PIN. */
    static Shop opened(String name) throws IOException, InterruptedException {
        return opened(name, new Outfit(port -> port, List.of(), List.of(), Map.of(), Map.of(), List.of()));
    }

    public static Shop opened(String name, Outfit outfit) throws IOException, InterruptedException {
        Shop shop = new Shop(name, Programs.ready(), outfit);
        try {
            shop.open();
            return shop;
        } catch (RuntimeException | IOException | InterruptedException e) {
            shop.close();
            throw e;
        }
    }

    private void open() throws IOException, InterruptedException {
        // Side by side: together they are there sooner.
        long begun = System.nanoTime();
        launchHub(Map.of());
        launchStore(Map.of());
        awaitUp(storeProcess(), till()::isUp);
        storeStart = Duration.ofNanos(System.nanoTime() - begun);
        awaitUp(hubProcess(), hub()::isUp);
        HubHands hub = hub();
        hub.setUp(setupCode(this.hub), OWNER, "Administración", PASSWORD);
        till().setUp(Map.ofEntries(
                Map.entry("oneTimeCode", setupCode(store)),
                Map.entry("hub", scheme() + outfit.way().applyAsInt(hubPort)),
                Map.entry("email", OWNER),
                Map.entry("password", PASSWORD),
                Map.entry("name", "Sucursal Centro"),
                Map.entry("code", "CENTRO"),
                Map.entry("address", "Av. Reforma 1204"),
                Map.entry("postalCode", "72000"),
                Map.entry("taxRegion", "STANDARD"),
                Map.entry("timeZone", "America/Mexico_City"),
                Map.entry("cashierUser", CASHIER),
                Map.entry("cashierName", "Marta Hernández")));
        hub.signIn(OWNER, PASSWORD);
        String code = hub.issueCode(CASHIER).code();
        String supervisors =
                hub.hire(SUPERVISOR, "Rita Solís", "MANAGER", "CENTRO").code();
        importSample();
        awaitStream("users");
        till().redeem(CASHIER, code, PIN);
        till().redeem(SUPERVISOR, supervisors, SUPERVISOR_PIN);
        awaitStream("index");
        awaitStream("stock");
        awaitStream("prices");
    }

    private void importSample() throws IOException, InterruptedException {
        Path sample = ROOT.resolve("batch-jobs/sample");
        if (!outfit.parts().isEmpty()) {
            done(run("catalogue-import", Map.of("parts", few(sample.resolve("parts.csv")))));
            return;
        }
        Map<String, Path> files = new TreeMap<>();
        for (String name : List.of("parts", "barcodes", "interchange", "fitments", "relations"))
            files.put(name, sample.resolve(name + ".csv"));
        done(run("catalogue-import", files));
        done(run("opening-stock", Map.of("stock", sample.resolve("stock.csv"))));
    }

    private Path few(Path parts) throws IOException {
        List<String> lines = Files.readAllLines(parts);
        return file(
                "parts.csv",
                Stream.concat(
                                lines.stream().limit(1),
                                lines.stream()
                                        .skip(1)
                                        .filter(line -> outfit.parts().contains(line.split(",")[1])))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static void done(Printed printed) {
        if (printed.exit() != 0) throw new IllegalStateException(printed.text());
    }

    /** Until the store has what the hub publishes now. */
    void awaitStream(String stream) throws IOException, InterruptedException {
        long there = hub().status().path("streams").path(stream).asLong();
        await(
                stream + " version " + there + " is at the store",
                () -> till().status().path("streams").path(stream).asLong() >= there);
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .pollInSameThread()
                .until(condition);
    }

    public HubHands hub() {
        return new HubHands(hubAddress());
    }

    public HubHands signedInHub() throws IOException, InterruptedException {
        HubHands hands = hub();
        if (!hands.signIn(OWNER, PASSWORD)) throw new IllegalStateException("the administrator cannot sign in");
        return hands;
    }

    public TillHands till() {
        return new TillHands(storeAddress());
    }

    public TillHands signedInTill() throws IOException, InterruptedException {
        TillHands hands = till();
        hands.signIn(CASHIER, PIN);
        return hands;
    }

    public void signInSupervisor(TillHands till) throws IOException, InterruptedException {
        till.signIn(SUPERVISOR, SUPERVISOR_PIN);
    }

    String hubAddress() {
        return scheme() + hubPort;
    }

    String storeAddress() {
        return "http://127.0.0.1:" + storePort;
    }

    public void startHub(Map<String, String> environment) throws IOException {
        launchHub(environment);
        awaitUp(hubProcess(), hub()::isUp);
    }

    public void launchHub(Map<String, String> environment) throws IOException {
        hubArmed = !environment.isEmpty();
        hub = start(
                "hub",
                programs.hub(),
                programs.hub().options(),
                with(
                        outfit.hubSettings(),
                        "--server.port=" + hubPort,
                        "--refahub.hub.data=" + folder.resolve("hub"),
                        "--refahub.hub.code-life=1h",
                        "--refahub.hub.database.port=" + databasePort,
                        "--refahub.broker.port=" + brokerPort,
                        "--refahub.broker.advertised-url=tcp://127.0.0.1:"
                                + outfit.way().applyAsInt(brokerPort)),
                with(outfit.hubEnvironment(), environment));
    }

    /** Another process of the hub's program, that shares its work; by the hub's folder it finds all that it needs. */
    ServerProcess startWorker(String name, Map<String, String> environment, String... settings) throws IOException {
        return start(
                name,
                programs.hub(),
                programs.hub().options(),
                with(
                        List.of(settings),
                        "--refahub.hub.role=worker",
                        "--refahub.hub.data=" + folder.resolve("hub"),
                        "--refahub.batch.owner=" + name),
                environment);
    }

    public void startStore(Map<String, String> environment) throws IOException {
        launchStore(environment);
        awaitUp(storeProcess(), till()::isUp);
    }

    public void launchStore(Map<String, String> environment) throws IOException {
        launchStore(environment, programs.store().options());
    }

    /** @param prepared with all that makes its start quick, or with the plain program */
    void launchStore(boolean prepared) throws IOException {
        launchStore(Map.of(), prepared ? programs.store().options() : List.of());
    }

    private void launchStore(Map<String, String> environment, List<String> options) throws IOException {
        storeArmed = !environment.isEmpty();
        store = start(
                "store",
                programs.store(),
                options,
                with(
                        outfit.storeSettings(),
                        "--server.port=" + storePort,
                        "--refahub.store.data-dir=" + folder.resolve("store")),
                with(outfit.storeEnvironment(), environment));
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> more) {
        Map<String, String> both = new TreeMap<>(one);
        both.putAll(more);
        return both;
    }

    private static List<String> with(List<String> more, String... arguments) {
        return Stream.concat(Stream.of(arguments), more.stream()).toList();
    }

    private String scheme() {
        return outfit.hubSettings().contains("--refahub.hub.tls=on") ? "https://127.0.0.1:" : "http://127.0.0.1:";
    }

    public Path folder() {
        return folder;
    }

    /** Of the hub's own PostgreSQL. */
    public int databasePort() {
        return databasePort;
    }

    /** Both alive again, and without whatever a test had set for them. */
    public void disarm() throws IOException, InterruptedException {
        if (hubArmed && hubProcess().isAlive()) hubProcess().kill();
        if (storeArmed && storeProcess().isAlive()) storeProcess().kill();
        // Side by side.
        boolean hubEnded = !hubProcess().isAlive();
        boolean storeEnded = !storeProcess().isAlive();
        if (hubEnded) launchHub(Map.of());
        if (storeEnded) launchStore(Map.of());
        if (hubEnded) awaitUp(hubProcess(), hub()::isUp);
        if (storeEnded) awaitUp(storeProcess(), till()::isUp);
    }

    private ServerProcess start(
            String name,
            AppFolder program,
            List<String> options,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        return ServerProcess.start(
                name,
                program.jar(),
                folder,
                Stream.of(Programs.OPTIONS, options, heap(name))
                        .flatMap(List::stream)
                        .toList(),
                arguments,
                environment,
                Path.of("target", "system-logs", folder.getFileName() + "-" + name + ".log"),
                line -> {
                    if (line.contains("failpoint struck")) struck.incrementAndGet();
                });
    }

    /** What the store's first start took, beside the hub's. */
    public Duration storeStart() {
        return storeStart;
    }

    /** How often a failpoint has struck so far, in either program or the child. */
    public int strikes() {
        return struck.get();
    }

    /** A store's machine is a small one, in a bench too. */
    private static List<String> heap(String name) {
        return System.getProperty("bench.out") != null && name.equals("store") ? List.of("-Xmx512m") : List.of();
    }

    private static void awaitUp(ServerProcess process, Callable<Boolean> up) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive())
                throw new IllegalStateException("ended while starting: " + String.join("\n", process.lastLines(20)));
            return up.call();
        });
    }

    public ServerProcess hubProcess() {
        return running(hub);
    }

    public ServerProcess storeProcess() {
        return running(store);
    }

    private static ServerProcess running(@Nullable ServerProcess process) {
        if (process == null) throw new IllegalStateException("not started");
        return process;
    }

    private String setupCode(@Nullable ServerProcess process) {
        return running(process)
                .awaitLine(SETUP_CODE, PATIENCE)
                .orElseThrow(() -> new IllegalStateException("no setup code in the log"))
                .group(1);
    }

    /** The store's program with another argument than a till's: its child, a command. */
    public List<String> storeCommand(List<String> options, String argument) {
        List<String> command = new ArrayList<>(List.of(ServerProcess.java()));
        command.addAll(options);
        command.addAll(programs.store().options());
        command.addAll(List.of("-jar", programs.store().jar().toString(), argument));
        return command;
    }

    /** Runs a job by the command line, as an administrator does. @return the exit code, and what was printed */
    Printed run(String job, Map<String, Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ServerProcess.java()));
        command.addAll(Programs.OPTIONS);
        command.addAll(programs.hub().options());
        command.addAll(List.of("-jar", programs.hub().jar().toString(), "run", job));
        files.forEach((name, file) -> command.add(name + "=" + file));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "REFAHUB_HUB",
                        hubAddress(),
                        "REFAHUB_HUB_KEY",
                        scheme().startsWith("https")
                                ? folder.resolve("hub/keys/hub-public-key.pem").toString()
                                : "",
                        "REFAHUB_EMAIL",
                        OWNER,
                        "REFAHUB_PASSWORD",
                        PASSWORD));
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Printed(process.waitFor(), text);
    }

    record Printed(int exit, String text) {}

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Override
    public void close() {
        // Told both before either is waited for.
        if (store != null) store.end();
        if (hub != null) hub.end();
        if (store != null) store.close();
        if (hub != null) hub.close();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
