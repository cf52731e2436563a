package mx.refahub.system.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mx.refahub.system.process.AppFolder;
import mx.refahub.system.process.ServerProcess;

/**
 * {@code ./mvnw -Pdemo}: starts the hub and one store connector as two processes, makes a shop of them on the first start, prints where to go,
 * and stops both when it is told to end.
 */
public final class Demo {
    private static final int HUB_PORT = 8090;
    private static final int STORE_PORT = 8080;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path root;
    private final Path data;

    private Demo(Path root) {
        this.root = root;
        this.data = root.resolve("data");
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            new Demo(Path.of("").toAbsolutePath()).run();
        } catch (DemoTrouble e) {
            say(e.sentence());
            System.exit(1);
        } catch (IOException e) {
            say("The demo could not go on: " + e.getMessage()
                    + ". Mend that and start ./mvnw -Pdemo again; what is in ./data is kept.");
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        requireFree(HUB_PORT, "hub");
        requireFree(STORE_PORT, "store connector");
        Files.createDirectories(data);
        long started = System.nanoTime();
        CountDownLatch ended = new CountDownLatch(1);
        AppFolder hubProgram = program("hub/target/refahub-hub.jar");
        AppFolder storeProgram =
                program("store-connector/target/refahub-store-connector.jar", "-Dspring.aot.enabled=true");
        try (ServerProcess hub = start("hub", hubProgram, ended);
                ServerProcess store = start("store", storeProgram, ended)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(store, hub), "stop"));
            DemoShop shop = new DemoShop(
                    root,
                    hubProgram.jar(),
                    data,
                    "http://127.0.0.1:" + HUB_PORT,
                    "http://127.0.0.1:" + STORE_PORT,
                    hub,
                    store,
                    Demo::say);
            List<String> welcome = shop.open();
            say("");
            welcome.forEach(Demo::say);
            say("Ready after " + Duration.ofNanos(System.nanoTime() - started).toSeconds()
                    + " s. Ctrl-C stops both; what was sold stays in ./data.");
            say("");
            ended.await();
            throw new DemoTrouble((hub.isAlive() ? "The store connector" : "The hub")
                    + " has ended. Its log is in ./data/logs; start ./mvnw -Pdemo again.");
        }
    }

    private AppFolder program(String jar, String... own) throws IOException, InterruptedException {
        Path packaged = root.resolve(jar);
        if (!Files.exists(packaged))
            throw new DemoTrouble(jar + " is not there. Build it first: ./mvnw -DskipTests package");
        return AppFolder.of(packaged, own);
    }

    private ServerProcess start(String name, AppFolder program, CountDownLatch ended) throws IOException {
        String prefix = String.format("%-5s | ", name);
        Consumer<String> show = line -> OUT.println(prefix + line);
        ServerProcess process = ServerProcess.start(
                name,
                program.jar(),
                root,
                Stream.concat(
                                Stream.of(
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow"),
                                program.options().stream())
                        .toList(),
                List.of(),
                environment(name),
                data.resolve("logs").resolve(name + ".log"),
                show);
        Thread.ofPlatform().daemon().name("end of " + name).start(() -> {
            ProcessHandle.of(process.pid()).ifPresent(handle -> handle.onExit().join());
            ended.countDown();
        });
        return process;
    }

    /** A one-time code lives for a quarter of an hour; a newcomer may want to read the README first. */
    private static Map<String, String> environment(String name) {
        return name.equals("hub") ? Map.of("REFAHUB_HUB_CODELIFE", "12h") : Map.of();
    }

    private static void stop(ServerProcess store, ServerProcess hub) {
        say("Stopping …");
        store.close();
        hub.close();
        say("Stopped.");
    }

    private static void requireFree(int port, String what) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new DemoTrouble("Port " + port + " is taken, and the " + what
                    + " needs it: end the program that holds it (is another demo running?) and start again.");
        }
    }

    private static void say(String line) {
        OUT.println(line);
    }
}
