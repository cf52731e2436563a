package mx.refahub.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import mx.refahub.system.process.AppFolder;

/** The two programs as they are shipped, laid out and trained once for all that this run starts. */
final class Programs {
    /** Benches run the programs with both compilers, as they are shipped; tests are over before the second one has begun. */
    static final List<String> OPTIONS = Stream.concat(
                    System.getProperty("bench.out") == null
                            ? Stream.of("-XX:TieredStopAtLevel=1", "-Xmx768m")
                            : Stream.of("-Xmx1g"),
                    Stream.of(
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow"))
            .toList();

    /** Two test processes beside each other take from ranges of their own: a port may be chosen a while before somebody listens at it. */
    private static final int PORTS = 6_000;

    private static final int LOWEST_PORT = 20_000 + Integer.getInteger("system.fork", 1) % 2 * PORTS;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final AppFolder hub;
    private final AppFolder store;

    private Programs(AppFolder hub, AppFolder store) {
        this.hub = hub;
        this.store = store;
    }

    /** Side by side: training is mostly one thread's work each. Of several test processes one does it, and the others find it done. */
    static Programs ready() throws IOException, InterruptedException {
        Files.createDirectories(Path.of("target"));
        try (FileChannel one = FileChannel.open(
                        Path.of("target", "programs.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = one.lock();
                ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<AppFolder> hub = both.submit(Programs::readyHub);
            Future<AppFolder> store = both.submit(Programs::readyStore);
            return new Programs(hub.get(), store.get());
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    AppFolder hub() {
        return hub;
    }

    AppFolder store() {
        return store;
    }

    private static AppFolder readyHub() throws IOException, InterruptedException {
        AppFolder hub = AppFolder.of(built("hub/target/refahub-hub.jar"));
        // It ends as soon as all of it stands.
        hub.train(
                Stream.concat(OPTIONS.stream(), Stream.of("-Dspring.context.exit=onRefresh"))
                        .toList(),
                List.of(
                        "--server.port=" + freePort(),
                        "--refahub.hub.data=data",
                        "--refahub.hub.database.port=" + freePort(),
                        "--refahub.broker.port=" + freePort()));
        return hub;
    }

    private static AppFolder readyStore() throws IOException, InterruptedException {
        AppFolder store =
                AppFolder.of(built("store-connector/target/refahub-store-connector.jar"), "-Dspring.aot.enabled=true");
        store.train(OPTIONS, List.of("rehearse", "data"));
        return store;
    }

    private static Path built(String jar) {
        Path packaged = ROOT.resolve(jar);
        if (!Files.exists(packaged)) throw new IllegalStateException(packaged + " is not built");
        return packaged;
    }

    /** Below those that the kernel gives to whoever calls out: it stays free until its program has started, whatever else runs. */
    static int freePort() {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_PORT + PORTS);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Somebody else's: another one.
            }
        }
        throw new IllegalStateException("no free port in " + PORTS + " from " + LOWEST_PORT);
    }
}
