package mx.refahub.system.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;
import mx.refahub.system.process.ServerProcess;

/** Makes a shop of two empty processes, by the calls that people would make; on later starts it finds it made. */
final class DemoShop {
    private static final String OWNER = "admin@refahub.example";
    private static final String CASHIER = "marta";
    private static final Pattern SETUP_CODE = Pattern.compile("setup code code=(\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path root;
    private final Path hubJar;
    private final Path keptFile;
    private final String hubAddress;
    private final String storeAddress;
    private final ServerProcess hubProcess;
    private final ServerProcess storeProcess;
    private final Consumer<String> say;
    private final HubHands hub;
    private final TillHands till;

    DemoShop(
            Path root,
            Path hubJar,
            Path data,
            String hubAddress,
            String storeAddress,
            ServerProcess hubProcess,
            ServerProcess storeProcess,
            Consumer<String> say) {
        this.root = root;
        this.hubJar = hubJar;
        this.keptFile = data.resolve("demo.properties");
        this.hubAddress = hubAddress;
        this.storeAddress = storeAddress;
        this.hubProcess = hubProcess;
        this.storeProcess = storeProcess;
        this.say = say;
        this.hub = new HubHands(hubAddress);
        this.till = new TillHands(storeAddress);
    }

    /** @return what to tell the newcomer */
    List<String> open() throws IOException, InterruptedException {
        awaitUp("hub", hubProcess, hub::isUp);
        String password = setUpHub();
        boolean ours = hub.signIn(OWNER, password);
        awaitUp("store connector", storeProcess, till::isUp);
        if (till.needsSetup()) registerStore(password);
        if (ours) {
            importOnce(
                    "catalogue",
                    password,
                    "catalogue-import",
                    "parts",
                    "interchange",
                    "fitments",
                    "barcodes",
                    "relations");
            importOnce("opening stock", password, "opening-stock", "stock");
        }
        awaitUp("catalogue at the store", storeProcess, () -> arrived("catalogue") && arrived("index"));
        return welcome(ours);
    }

    private boolean arrived(String stream) throws IOException, InterruptedException {
        long there = hub.status().path("streams").path(stream).asLong();
        return there > 0 && till.status().path("streams").path(stream).asLong() >= there;
    }

    private String setUpHub() throws IOException, InterruptedException {
        Properties kept = kept();
        String password = kept.getProperty("password");
        if (password == null) {
            password = randomPassword();
            kept.setProperty("password", password);
            keep(kept);
        }
        if (hub.needsSetup()) hub.setUp(setupCode("hub", hubProcess), OWNER, "Administración", password);
        return password;
    }

    private void registerStore(String password) throws IOException, InterruptedException {
        say.accept("Registering the demo store …");
        till.setUp(Map.ofEntries(
                Map.entry("oneTimeCode", setupCode("store connector", storeProcess)),
                Map.entry("hub", hubAddress),
                Map.entry("email", OWNER),
                Map.entry("password", password),
                Map.entry("name", "Sucursal Centro"),
                Map.entry("code", "CENTRO"),
                Map.entry("address", "Av. Reforma 1204, Centro, Puebla, Pue."),
                Map.entry("postalCode", "72000"),
                Map.entry("taxRegion", "STANDARD"),
                Map.entry("timeZone", "America/Mexico_City"),
                Map.entry("cashierUser", CASHIER),
                Map.entry("cashierName", "Marta Hernández")));
    }

    private void importOnce(String what, String password, String job, String... files)
            throws IOException, InterruptedException {
        Properties kept = kept();
        if (kept.containsKey(job)) return;
        say.accept("Importing the sample " + what + " …");
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-jar", hubJar.toString(), "run", job));
        for (String file : files) command.add(file + "=batch-jobs/sample/" + file + ".csv");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("REFAHUB_HUB", hubAddress, "REFAHUB_EMAIL", OWNER, "REFAHUB_PASSWORD", password));
        Process process = builder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(line -> say.accept("job   | " + line));
        }
        int exit = process.waitFor();
        if (exit != 0)
            throw new DemoTrouble("The sample " + what + " could not be imported whole (exit code " + exit
                    + "). The lines above say why; delete ./data to start afresh.");
        kept.setProperty(job, "done");
        keep(kept);
    }

    private List<String> welcome(boolean ours) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("  POS      " + storeAddress + "   user " + CASHIER + cashierSecret(ours));
        lines.add("  Console  " + hubAddress + "   user " + OWNER
                + (ours ? ", one-time code " + hub.issueCode(OWNER).code() : ", with the password you chose"));
        lines.add("  A one-time code is good for one first sign-in, where you choose a PIN or password of your own.");
        return lines;
    }

    private String cashierSecret(boolean ours) throws IOException, InterruptedException {
        if (!till.needsCode(CASHIER)) return ", with the PIN you chose";
        return ours ? ", one-time code " + hub.issueCode(CASHIER).code() : ", with a one-time code from the console";
    }

    private static String setupCode(String what, ServerProcess process) {
        Matcher line = process.awaitLine(SETUP_CODE, PATIENCE)
                .orElseThrow(() -> new DemoTrouble(
                        "The " + what + " did not print its one-time setup code. Its log is in ./data/logs."));
        return line.group(1);
    }

    private interface Question {
        boolean ask() throws IOException, InterruptedException;
    }

    private static void awaitUp(String what, ServerProcess process, Question question)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!question.ask()) {
            if (!process.isAlive())
                throw new DemoTrouble("The " + what + " ended while starting. " + lastError(process));
            if (System.nanoTime() > deadline)
                throw new DemoTrouble("The " + what + " was not there after " + PATIENCE.toSeconds()
                        + " s. Its log is in ./data/logs.");
            Thread.sleep(200);
        }
    }

    private static String lastError(ServerProcess process) {
        List<String> lines = process.lastLines(1);
        return lines.isEmpty() ? "It wrote nothing." : "Its last words: " + lines.getFirst();
    }

    private static String randomPassword() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private Properties kept() throws IOException {
        Properties kept = new Properties();
        if (Files.exists(keptFile)) {
            try (var in = Files.newBufferedReader(keptFile, StandardCharsets.UTF_8)) {
                kept.load(in);
            }
        }
        return kept;
    }

    private void keep(Properties kept) throws IOException {
        if (!Files.exists(keptFile))
            Files.createFile(
                    keptFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(keptFile, StandardCharsets.UTF_8)) {
            kept.store(out, "What the demo must remember between two starts");
        }
    }
}
