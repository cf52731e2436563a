package mx.refahub.store.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device that is not there: listens on this machine, speaks as its kind does over the same bytes, and can be told to misbehave. */
public abstract class Simulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final int SLOW_PIECE = 64;
    private static final long SLOW_MILLIS = 40;

    public enum Trouble {
        NONE,
        /** Switched off: no connection is taken. */
        OFF,
        PAPER_LOW,
        PAPER_OUT,
        COVER_OPEN,
        SLOW,
        /** Breaks the connection off after the first bytes. */
        DROPS,
        /** Takes everything and answers nothing. */
        SILENT,
        /** The load never comes to rest. */
        MOVING,
        OVER,
        BELOW_ZERO,
        /** Noise on the line. */
        NOISE
    }

    private final int port;
    private final Set<Socket> open = new CopyOnWriteArraySet<>();
    private volatile @Nullable ServerSocket server;
    private volatile @Nullable Thread serving;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile boolean closed;

    protected Simulator() {
        try {
            ServerSocket first = listen(0);
            port = first.getLocalPort();
            serve(first);
        } catch (IOException e) {
            throw new UncheckedIOException("a device simulator cannot listen", e);
        }
    }

    /** One connection. Returning ends it. */
    protected abstract void serve(InputStream in, OutputStream out) throws IOException;

    /** What it can be told to suffer from. */
    public abstract List<Trouble> troubles();

    /** The trouble has changed. */
    protected void suffering() {}

    public final InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public final Trouble trouble() {
        return trouble;
    }

    public final synchronized void suffer(Trouble what) {
        if (!troubles().contains(what)) throw new IllegalArgumentException("this device cannot suffer from " + what);
        Trouble before = trouble;
        trouble = what;
        try {
            if (what == Trouble.OFF) {
                ServerSocket listening = server;
                if (listening != null) listening.close();
                server = null;
                hangUp();
                ended();
            } else if (before == Trouble.OFF && !closed) {
                serve(listen(port));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a device simulator cannot listen again", e);
        }
        suffering();
    }

    /** As if the plug were pulled and put back. */
    public final void hangUp() {
        for (Socket socket : open) quietly(socket);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        return listening;
    }

    /** Until the last caller is gone and the port is free. */
    private void ended() {
        Thread before = serving;
        if (before == null || before.equals(Thread.currentThread())) return;
        try {
            before.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(ServerSocket listening) {
        server = listening;
        serving = Thread.ofVirtual().name("device simulator").start(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    open.add(socket);
                    // One connection at a time, as a cable has one end.
                    try (socket) {
                        serve(socket.getInputStream(), socket.getOutputStream());
                    } finally {
                        open.remove(socket);
                    }
                } catch (IOException e) {
                    if (!listening.isClosed()) LOG.debug("device simulator lost its caller reason={}", e.getMessage());
                }
            }
        });
    }

    /** Reads as the device at hand would take it in: slowly, or not to the end. */
    protected final int take(InputStream in, byte[] piece) throws IOException {
        if (trouble == Trouble.DROPS) {
            int n = in.read(piece, 0, SLOW_PIECE);
            if (n > 3) throw new IOException("broken off");
            return n;
        }
        if (trouble != Trouble.SLOW) return in.read(piece);
        try {
            Thread.sleep(SLOW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return in.read(piece, 0, SLOW_PIECE);
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("device simulator's caller was gone", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ServerSocket listening = server;
        try {
            if (listening != null) listening.close();
        } catch (IOException e) {
            LOG.debug("device simulator was closed", e);
        }
        hangUp();
    }
}
