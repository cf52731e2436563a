package mx.refahub.store.printing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.store.Paper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A printer without paper: listens on this machine as a network printer would, and keeps what it was sent as sheets to look at. */
public final class PaperSimulator implements Paper, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PaperSimulator.class);
    private static final int SHEETS_KEPT = 100;

    private final ServerSocket server;
    private final IdSource ids;
    private final Clock clock;
    private final int columns;
    private final Deque<Sheet> sheets = new ArrayDeque<>();
    private final List<Consumer<Sheet>> listeners = new CopyOnWriteArrayList<>();

    public PaperSimulator(PrinterSettings profile, IdSource ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        this.columns = profile.columns();
        try {
            this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the printer simulator cannot listen", e);
        }
        Thread.ofPlatform().daemon().name("paper").start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    @Override
    public List<Sheet> sheets(int limit) {
        synchronized (sheets) {
            List<Sheet> newest = new ArrayList<>();
            for (Sheet sheet : sheets) {
                if (newest.size() >= limit) break;
                newest.add(sheet);
            }
            return List.copyOf(newest);
        }
    }

    @Override
    public AutoCloseable subscribe(Consumer<Sheet> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                print(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) LOG.warn("printer simulator lost a connection reason={}", e.getMessage());
            }
        }
    }

    /** One connection at a time, as a printer has one roll. */
    private void print(Socket connection) throws IOException {
        EscPosDecoder decoder = new EscPosDecoder(this::keep);
        try (connection;
                InputStream in = connection.getInputStream()) {
            byte[] piece = new byte[4096];
            for (int n; (n = in.read(piece)) >= 0; ) decoder.take(piece, n);
        } finally {
            decoder.end();
        }
    }

    private void keep(EscPosDecoder.Printed printed) {
        Sheet sheet = new Sheet(ids.next(), clock.instant(), columns, printed.lines(), printed.drawerKicked());
        synchronized (sheets) {
            sheets.addFirst(sheet);
            if (sheets.size() > SHEETS_KEPT) sheets.removeLast();
        }
        for (Consumer<Sheet> listener : listeners) {
            try {
                listener.accept(sheet);
            } catch (RuntimeException e) {
                LOG.warn("a watcher of the paper failed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
