package mx.refahub.store.printing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A printer behind a raw TCP port. */
final class NetworkPrinter implements AutoCloseable {
    private final Supplier<InetSocketAddress> address;
    private final Duration connectTimeout;
    private final Duration writeTimeout;
    private final ScheduledExecutorService watches = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("printer watch").factory());

    NetworkPrinter(Supplier<InetSocketAddress> address, Duration connectTimeout, Duration writeTimeout) {
        this.address = address;
        this.connectTimeout = connectTimeout;
        this.writeTimeout = writeTimeout;
    }

    /** A connection on which nothing was printed yet: failing up to here is known to have printed nothing. */
    Connection connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address.get(), (int) connectTimeout.toMillis());
            return new Connection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    final class Connection implements AutoCloseable {
        private final Socket socket;

        private Connection(Socket socket) {
            this.socket = socket;
        }

        /** A socket knows no time limit for writing: one that takes too long is closed under it. */
        void print(byte[] bytes) throws IOException {
            ScheduledFuture<?> limit = watches.schedule(this::cut, writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } finally {
                limit.cancel(false);
            }
        }

        private void cut() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot close a printer's connection", e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    public void close() {
        watches.shutdownNow();
    }
}
