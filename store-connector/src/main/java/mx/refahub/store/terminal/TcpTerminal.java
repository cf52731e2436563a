package mx.refahub.store.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.terminal.CardTerminal;

/**
 * Speaks to a terminal over TCP: a connection per question, a line of ASCII each way, fields parted by {@code |}.
 *
 * <pre>
 * SALE|id|centavos|months   OK|id|CREDIT|authorisation|1234   NO|id|reason
 * ASK|id                    OK|…   NO|…   WAIT|id   NEVER|id   VOIDED|id
 * VOID|id                   VOIDED|id   NEVER|id   NO|id|reason
 * </pre>
 *
 * An answer for another id is none. Nothing of a question is repeated by itself.
 */
final class TcpTerminal implements CardTerminal {
    private static final int LONGEST = 200;
    private static final int CONNECT_MILLIS = 3_000;
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final Duration timeout;

    TcpTerminal(InetSocketAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    @Override
    public Answer charge(UUID charge, Money amount, int months) {
        return ask("SALE|" + charge + "|" + amount.minor() + "|" + months, charge, timeout, true);
    }

    @Override
    public Answer inquire(UUID charge) {
        return ask("ASK|" + charge, charge, quick(), false);
    }

    @Override
    public Answer reverse(UUID charge) {
        return ask("VOID|" + charge, charge, quick(), false);
    }

    private Duration quick() {
        return timeout.compareTo(SHORT) < 0 ? timeout : SHORT;
    }

    /** @param charges whether a terminal that was never reached has for certain done nothing */
    private Answer ask(String question, UUID charge, Duration patience, boolean charges) {
        long until = System.nanoTime() + patience.toNanos();
        try (Socket socket = new Socket()) {
            try {
                socket.connect(address, CONNECT_MILLIS);
            } catch (IOException e) {
                return charges ? new Answer.Declined("unreachable") : new Answer.Unknown("unreachable");
            }
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
            return answer(line(socket, until), charge, question.startsWith("VOID"));
        } catch (IOException e) {
            return new Answer.Unknown("no-answer");
        }
    }

    private static String line(Socket socket, long until) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (true) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new IOException("no answer in time");
            socket.setSoTimeout(Math.toIntExact(left));
            int b = in.read();
            if (b < 0) throw new IOException("the terminal hung up");
            if (b == '\n') return line.toString().strip();
            line.append((char) b);
            if (line.length() > LONGEST) throw new IOException("a line without end");
        }
    }

    static Answer answer(String line, UUID charge, boolean reversal) {
        String[] fields = line.split("\\|", -1);
        if (fields.length < 2 || !fields[1].equals(charge.toString())) return new Answer.Unknown("answer-wrong");
        return switch (fields[0]) {
            case "OK" -> approved(fields);
            // A reversal that is refused leaves the charge as it was.
            case "NO" ->
                reversal
                        ? new Answer.Unknown(fields.length > 2 ? fields[2] : "")
                        : new Answer.Declined(fields.length > 2 ? fields[2] : "");
            case "VOIDED", "NEVER" -> new Answer.Reversed();
            case "WAIT" -> new Answer.Unknown("busy");
            default -> new Answer.Unknown("answer-wrong");
        };
    }

    private static Answer approved(String[] fields) {
        if (fields.length != 5 || !fields[4].matches("\\d{4}") || !fields[3].matches("\\w{1,20}"))
            return new Answer.Unknown("answer-wrong");
        return switch (fields[2]) {
            case "CREDIT" -> new Answer.Approved(Tender.Kind.CREDIT_CARD, fields[3], fields[4]);
            case "DEBIT" -> new Answer.Approved(Tender.Kind.DEBIT_CARD, fields[3], fields[4]);
            default -> new Answer.Unknown("answer-wrong");
        };
    }
}
