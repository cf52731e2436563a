package mx.refahub.system.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process writes: kept in a file and in memory, handed on line by line, and searchable. */
final class LogLines {
    private static final int KEPT = 20_000;
    private final List<String> lines = new ArrayList<>();
    private final Path file;
    private final Consumer<String> listener;
    private boolean ended;

    LogLines(Path file, Consumer<String> listener) {
        this.file = file;
        this.listener = listener;
    }

    void pump(InputStream from) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
                Writer out = Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.write('\n');
                out.flush();
                take(line);
                listener.accept(line);
            }
        } catch (IOException e) {
            take("log of the process cannot be read any more: " + e.getMessage());
        } finally {
            end();
        }
    }

    private synchronized void take(String line) {
        if (lines.size() == KEPT) lines.subList(0, KEPT / 2).clear();
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The first match in what was written so far or is written in time; empty if the time is up or the process ended without it. */
    synchronized Optional<Matcher> await(Pattern pattern, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                Matcher matcher = pattern.matcher(lines.get(seen));
                if (matcher.find()) return Optional.of(matcher);
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) return Optional.empty();
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted while waiting for " + pattern, e));
            }
        }
    }

    synchronized List<String> last(int count) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
