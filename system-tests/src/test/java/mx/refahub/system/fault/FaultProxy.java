package mx.refahub.system.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A way between two processes that can be made bad: on loopback, for any protocol over TCP. What stands already suffers as what comes new. */
final class FaultProxy implements AutoCloseable {
    enum Way {
        OPEN,
        /** A cable that is out: connections stand, or seem to, and nothing passes. */
        HOLE,
        /** Each connection ends by a reset, old or new. */
        RESET,
        /** Each piece comes late. */
        SLOW,
        /** Pieces come late at random, by much: what loss looks like above TCP. */
        LOSSY,
        /** A connection passes so many bytes and is reset in the middle of whatever that is. */
        CUT
    }

    private static final int PIECE = 8192;
    private static final long SLOW_NANOS = 150_000_000;

    private final ServerSocket listening;
    private final int target;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Way way = Way.OPEN;
    private volatile long cutAfter;

    FaultProxy(int target, long seed) {
        this.target = target;
        this.random = new Random(seed);
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault proxy").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void becomes(Way next) {
        becomes(next, 0);
    }

    /** @param bytes that a connection may pass before it is cut */
    void becomes(Way next, long bytes) {
        cutAfter = bytes;
        way = next;
        // A hole that opens again would deliver what was sent long ago as if nothing had been; a real network gives up
        // too.
        if (next == Way.RESET || next == Way.OPEN) open.forEach(FaultProxy::reset);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket from = listening.accept();
                open.add(from);
                if (way == Way.RESET) {
                    reset(from);
                    open.remove(from);
                } else {
                    Thread.ofVirtual().start(() -> join(from));
                }
            } catch (IOException e) {
                if (!listening.isClosed()) LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void join(Socket from) {
        try (from;
                Socket to = new Socket()) {
            to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
            open.add(to);
            AtomicLong passed = new AtomicLong();
            Thread back = Thread.ofVirtual().start(() -> pump(to, from, passed));
            pump(from, to, passed);
            back.join();
        } catch (IOException e) {
            reset(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    private void pump(Socket from, Socket to, AtomicLong passed) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n; (n = in.read(piece)) >= 0; ) {
                hold(from);
                if (way == Way.CUT && passed.addAndGet(n) > cutAfter) {
                    out.write(piece, 0, n / 2);
                    throw new IOException("cut");
                }
                out.write(piece, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private void hold(Socket from) throws IOException {
        if (way == Way.SLOW) LockSupport.parkNanos(SLOW_NANOS);
        if (way == Way.LOSSY && random.nextInt(100) < 30) LockSupport.parkNanos(random.nextLong(2_000_000_000L));
        while (way == Way.HOLE && !from.isClosed()) LockSupport.parkNanos(20_000_000);
        if (from.isClosed()) throw new IOException("closed in the hole");
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone, which was the wish.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(FaultProxy::reset);
    }
}
