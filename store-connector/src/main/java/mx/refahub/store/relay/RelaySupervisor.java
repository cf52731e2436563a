package mx.refahub.store.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.routes.down.DownMessageJson;
import mx.refahub.store.identity.Identity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the child process, hands it its settings, wakes it, listens to it, and starts it again when it dies: at once, then ever more slowly while
 * it does not stay. Nothing here runs on a till's thread; {@link #wake} only sets a flag.
 */
public final class RelaySupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySupervisor.class);
    private static final Logger CHILD = LoggerFactory.getLogger("mx.refahub.store.relay.child");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A child that has lived this long is well: the next pause is the first one again. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** What a child that does not end in this time carries is offered again at the next start. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Path folder;
    private final ChildCommand command;
    private final RelayEvents events;
    private final JsonMapper json;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean closed;
    private volatile @Nullable Process process;
    private volatile @Nullable Identity current;
    private @Nullable Thread supervising;

    public RelaySupervisor(Path folder, ChildCommand command, RelayEvents events, JsonMapper json) {
        this.folder = folder.toAbsolutePath();
        this.command = command;
        this.events = events;
        this.json = json;
    }

    /** Starts once there is an identity; with one of a newer epoch, or with other secrets, the child begins anew, else a second call changes nothing. */
    public synchronized void start(Identity identity) {
        if (closed) return;
        Identity before = current;
        current = identity;
        if (supervising == null) {
            supervising = Thread.ofPlatform().daemon().name("relay supervisor").start(this::supervise);
        } else if (before != null
                && (before.epoch() != identity.epoch() || !before.broker().equals(identity.broker()))) {
            // What it carries is of a life that is over, or its password is about to be; the next one starts with the
            // new.
            Process child = process;
            if (child != null) child.destroy();
        }
    }

    /** Something was committed to the outbox. Returns at once. */
    public void wake() {
        if (woken.availablePermits() == 0) woken.release();
    }

    /** The child's process id, while there is one. */
    public java.util.Optional<ProcessHandle> child() {
        Process running = process;
        return running == null || !running.isAlive()
                ? java.util.Optional.empty()
                : java.util.Optional.of(running.toHandle());
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            events.state(RelayState.STARTING);
            long startedAt = System.nanoTime();
            try {
                live(java.util.Objects.requireNonNull(current));
            } catch (IOException | RuntimeException e) {
                LOG.error("relay cannot be started reason={}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (closed) return;
            events.state(RelayState.DOWN);
            if (System.nanoTime() - startedAt > SETTLED.toNanos()) pause = FIRST_PAUSE;
            LOG.warn("relay ended, starting again in={}ms", pause.toMillis());
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** One child's life, from its start to its end. */
    private void live(Identity identity) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command.line()).start();
        process = child;
        LOG.info("relay started pid={}", child.pid());
        Thread log = Thread.ofPlatform().daemon().name("relay log").start(() -> passOnLog(child));
        Thread listener = Thread.ofPlatform().daemon().name("relay listener").start(() -> listen(child));
        Thread waker = Thread.ofPlatform().daemon().name("relay waker").unstarted(() -> passOnWakes(child));
        try {
            send(child, json.writeValueAsString(RelayStart.of(identity, folder)));
            waker.start();
            int exit = child.waitFor();
            if (!closed) LOG.warn("relay ended pid={} exit={}", child.pid(), exit);
        } finally {
            child.destroyForcibly();
            waker.interrupt();
            waker.join(FAREWELL);
            listener.join(FAREWELL);
            log.join(FAREWELL);
            process = null;
        }
    }

    private static void send(Process child, String line) throws IOException {
        OutputStream in = child.getOutputStream();
        synchronized (in) {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        }
    }

    private void passOnWakes(Process child) {
        try {
            while (child.isAlive()) {
                woken.acquire();
                woken.drainPermits();
                send(child, "wake");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The child is on its way out; its end is seen elsewhere, and a new one looks at the whole outbox first.
            LOG.debug("relay not woken", e);
        }
    }

    private void listen(Process child) {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) heed(line);
        } catch (IOException e) {
            LOG.debug("relay's pipe ended", e);
        }
    }

    private void heed(String text) {
        try {
            ChildLine line = json.readValue(text, ChildLine.class);
            switch (line.type()) {
                case ChildLine.READY -> events.state(RelayState.RUNNING);
                case ChildLine.DOWN -> {
                    if (line.message() != null)
                        DownMessageJson.read(line.message()).ifPresent(events::received);
                }
                case ChildLine.HALTED -> {
                    if (line.cause() != null && line.sequence() != null) events.halted(line.cause(), line.sequence());
                }
                case ChildLine.STATE -> {
                    if (line.relayed() != null && line.linked() != null) events.relayed(line.relayed(), line.linked());
                }
                case ChildLine.ROUTES -> {
                    if (line.routes() != null) events.routes(line.routes());
                }
                default -> LOG.warn("relay said something unknown type={}", line.type());
            }
        } catch (JacksonException e) {
            LOG.warn("relay said something that is not JSON characters={}", text.length());
        } catch (RuntimeException e) {
            // Whatever it was is repeated: acknowledgements are cumulative and versions are compared with each
            // heartbeat.
            LOG.error("what the relay said could not be taken in", e);
        }
    }

    private static void passOnLog(Process child) {
        try (BufferedReader lines = child.errorReader(StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.startsWith("ERROR ")) CHILD.error("relay: {}", line.substring(6));
                else if (line.startsWith("WARN ")) CHILD.warn("relay: {}", line.substring(5));
                else if (line.startsWith("INFO ")) CHILD.info("relay: {}", line.substring(5));
                else CHILD.info("relay: {}", line);
            }
        } catch (IOException e) {
            LOG.debug("relay's log ended", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Process child = process;
        if (child != null) {
            try {
                // The end of its input is what ends it; 'stop' only says that it is meant.
                send(child, "stop");
                child.getOutputStream().close();
                if (!child.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) child.destroyForcibly();
            } catch (IOException e) {
                child.destroyForcibly();
            } catch (InterruptedException e) {
                child.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        Thread thread;
        synchronized (this) {
            thread = supervising;
        }
        if (thread != null) thread.interrupt();
    }

    /** How to start the child: this process's own program with its own {@code java}. */
    public record ChildCommand(List<String> line) {
        private static final String PACKAGED = "org.springframework.boot.loader.launch.JarLauncher";

        public ChildCommand {
            line = List.copyOf(line);
        }

        public static ChildCommand ofThisProgram(Class<?> main, List<String> jvmOptions, String argument) {
            List<String> line = new ArrayList<>();
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(jvmOptions);
            line.addAll(List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djdk.serialFilter=!*",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dfile.encoding=UTF-8",
                    "-Dstderr.encoding=UTF-8",
                    "-Dstdout.encoding=UTF-8",
                    "--enable-native-access=ALL-UNNAMED"));
            // What was trained for the parent holds most of what the child needs as well.
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(option -> option.startsWith("-XX:AOTCache="))
                    .forEach(line::add);
            String classPath = System.getProperty("java.class.path");
            if (isPackaged()) line.addAll(List.of("-jar", classPath));
            else line.addAll(List.of("-cp", classPath, main.getName()));
            line.add(argument);
            return new ChildCommand(line);
        }

        private static boolean isPackaged() {
            try {
                Class.forName(PACKAGED, false, ClassLoader.getSystemClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }
}
