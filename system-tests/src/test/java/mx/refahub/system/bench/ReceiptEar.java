package mx.refahub.system.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A receipt printer on the network that prints nothing: says that it is well when it is asked, and when a receipt's first byte came. */
public final class ReceiptEar implements AutoCloseable {
    private static final int DLE = 0x10;
    private static final int EOT = 0x04;
    /** Online, cover closed, paper there: the fixed bits of every answer and no other. */
    private static final int WELL = 0x12;

    private static final int GS = 0x1D;
    /** The cutter ends a receipt: {@code GS V m}, or {@code GS V m n} from {@code m} = 65 on. */
    private static final int CUT = 'V';

    private static final int CUT_AFTER_FEED = 65;
    /** {@code GS r n}: asked in the order of printing, so its answer says that all before it is on paper. */
    private static final int PRINTED = 'r';

    private static final int PAPER_THERE = 0;

    private final ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Instant> firstBytes = new LinkedBlockingQueue<>();

    public ReceiptEar() throws IOException {
        Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Of the next receipt; null if none came within ten seconds. */
    public @Nullable Instant next() throws InterruptedException {
        return firstBytes.poll(10, TimeUnit.SECONDS);
    }

    /** What was printed so far is of no account. */
    public void forget() {
        firstBytes.clear();
    }

    private void listen() {
        try {
            while (true) {
                Socket caller = door.accept();
                Thread.ofVirtual().start(() -> hear(caller));
            }
        } catch (IOException e) {
            // Closed: nobody prints any more.
            return;
        }
    }

    private void hear(Socket caller) {
        try (caller) {
            InputStream in = caller.getInputStream();
            OutputStream out = caller.getOutputStream();
            boolean within = false;
            for (int read; (read = in.read()) >= 0; ) {
                int next = read == DLE || read == GS ? in.read() : -1;
                if (read == DLE && next == EOT) {
                    in.skipNBytes(1);
                    out.write(WELL);
                    out.flush();
                } else if (read == GS && next == PRINTED) {
                    in.skipNBytes(1);
                    out.write(PAPER_THERE);
                    out.flush();
                } else if (read == GS && next == CUT) {
                    if (in.read() >= CUT_AFTER_FEED) in.skipNBytes(1);
                    within = false;
                } else if (!within) {
                    within = true;
                    firstBytes.add(Instant.now());
                }
            }
        } catch (IOException e) {
            // The till hung up.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
