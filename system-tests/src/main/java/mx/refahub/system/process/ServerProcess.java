package mx.refahub.system.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A jar running in a process of its own, with this process's own {@code java}. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE_TO_END = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final LogLines log;

    private ServerProcess(String name, Process process, LogLines log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param log file that takes all it writes
     * @param listener called with each line
     */
    public static ServerProcess start(
            String name,
            Path jar,
            Path directory,
            List<String> options,
            List<String> arguments,
            Map<String, String> environment,
            Path log,
            Consumer<String> listener)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        LogLines lines = new LogLines(log, listener);
        Thread.ofPlatform().daemon().name("log of " + name).start(() -> lines.pump(process.getInputStream()));
        return new ServerProcess(name, process, lines);
    }

    /** The {@code java} that runs this process. */
    public static String java() {
        return ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    public Optional<Matcher> awaitLine(Pattern pattern, Duration patience) {
        return log.await(pattern, patience);
    }

    public List<String> lastLines(int count) {
        return log.last(count);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Processes that this one has started, and theirs. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    public int kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor();
    }

    public int awaitEnd(Duration patience) throws InterruptedException {
        if (!endsWithin(patience)) throw new IllegalStateException(name + " still runs after " + patience);
        return process.exitValue();
    }

    /** @return whether it has ended by then */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGTERM, and nothing is waited for. */
    public void end() {
        process.destroy();
    }

    /** SIGTERM, and SIGKILL if that takes longer than half a minute. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_TO_END.toMillis(), TimeUnit.MILLISECONDS)) kill();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
