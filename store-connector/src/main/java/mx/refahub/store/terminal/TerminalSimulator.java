package mx.refahub.store.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A terminal on which nobody puts a card, over the same wire. As with a bank's own test terminals, the last centavos of the amount say what it does; a
 * {@link Mood} may say so, too. It charges an id once, and refuses one that it was asked about before it came.
 */
public final class TerminalSimulator implements AutoCloseable {
    public enum Mood {
        /** By the amount: see {@link #by}. */
        BY_AMOUNT,
        WELL,
        DECLINES,
        /** Charges, and its answer is lost. */
        LOSES_ANSWERS,
        /** Takes the question, does nothing and never answers. */
        SILENT,
        SLOW,
        NONSENSE
    }

    private static final long SLOW_NANOS = 1_500_000_000;

    private enum Fate {
        CHARGED,
        DECLINED,
        VOIDED
    }

    private record Kept(Fate fate, String answer, long centavos) {}

    private final ServerSocket server;
    private final Thread serving;
    private final Map<String, Kept> charges = new HashMap<>();
    private int counter = 100_000;
    private volatile Mood mood = Mood.BY_AMOUNT;

    public TerminalSimulator() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated terminal finds no port", e);
        }
        serving = Thread.ofVirtual().name("terminal-simulator").start(this::serve);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    public void be(Mood now) {
        mood = now;
    }

    /** What it has really taken, in centavos. */
    public synchronized long taken() {
        return charges.values().stream()
                .filter(kept -> kept.fate() == Fate.CHARGED)
                .mapToLong(Kept::centavos)
                .sum();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String question = in.readLine();
            if (question == null) return;
            String[] fields = question.split("\\|", -1);
            String answer = switch (fields[0]) {
                case "SALE" -> sale(fields[1], Long.parseLong(fields[2]), in);
                case "ASK" -> asked(fields[1]);
                case "VOID" -> voided(fields[1]);
                default -> "NO|" + fields[1] + "|question";
            };
            if (!answer.isEmpty()) socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Whoever asked hung up: that is their business.
        }
    }

    /** Centavos .01 decline, .02 lose the answer, .03 say nothing, .04 are slow, .05 talk nonsense, odd ones from .51 up are debit. */
    private static Mood by(long centavos) {
        return switch (Math.toIntExact(centavos % 100)) {
            case 1 -> Mood.DECLINES;
            case 2 -> Mood.LOSES_ANSWERS;
            case 3 -> Mood.SILENT;
            case 4 -> Mood.SLOW;
            case 5 -> Mood.NONSENSE;
            default -> Mood.WELL;
        };
    }

    private String sale(String id, long centavos, BufferedReader in) throws IOException {
        Mood now = mood == Mood.BY_AMOUNT ? by(centavos) : mood;
        switch (now) {
            case SILENT -> {
                int unused = in.read();
                return "";
            }
            case SLOW -> LockSupport.parkNanos(SLOW_NANOS);
            case NONSENSE -> {
                String unused = charge(id, centavos, true);
                return "?~" + id;
            }
            case BY_AMOUNT, WELL, DECLINES, LOSES_ANSWERS -> {}
        }
        String answer = charge(id, centavos, now != Mood.DECLINES);
        return now == Mood.LOSES_ANSWERS ? "" : answer;
    }

    private synchronized String charge(String id, long centavos, boolean approves) {
        Kept before = charges.get(id);
        if (before != null) return before.answer();
        boolean debit = centavos % 100 > 50 && centavos % 2 == 1;
        String answer = approves
                ? String.format(Locale.ROOT, "OK|%s|%s|%06d|%s", id, debit ? "DEBIT" : "CREDIT", ++counter, "4242")
                : "NO|" + id + "|funds";
        charges.put(id, new Kept(approves ? Fate.CHARGED : Fate.DECLINED, answer, centavos));
        return answer;
    }

    private synchronized String asked(String id) {
        return charges.computeIfAbsent(id, never -> new Kept(Fate.VOIDED, "NEVER|" + id, 0))
                .answer();
    }

    private synchronized String voided(String id) {
        Kept kept = charges.get(id);
        if (kept != null && kept.fate() == Fate.DECLINED) return "NEVER|" + id;
        charges.put(id, new Kept(Fate.VOIDED, "VOIDED|" + id, 0));
        return "VOIDED|" + id;
    }

    /** Nobody is answered any more when it returns. */
    @Override
    public void close() {
        try {
            server.close();
            serving.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
