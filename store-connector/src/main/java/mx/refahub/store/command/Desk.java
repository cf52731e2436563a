package mx.refahub.store.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import mx.refahub.store.disk.OwnerOnly;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the command line finds the running connector: HTTP on a loopback port of its own, for whoever can read the file {@code desk.json} (0600) in the data folder. Who can read that
 * can read the databases too, so it lends no new power. A new secret at each start.
 */
public final class Desk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    static final String FILE = "desk.json";
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SECRET_BYTES = 32;

    private final Path data;
    private final Function<Order, Answer> orders;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /** Contents of the file. */
    record Address(int port, String secret) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Address[" + port + "]";
        }
    }

    public Desk(Path data, Function<Order, Answer> orders) {
        this.data = data;
        this.orders = orders;
    }

    public synchronized void open() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String word = HexFormat.of().formatHex(secret);
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
            ExecutorService pool = Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("desk").factory());
            fresh.setExecutor(pool);
            fresh.createContext("/", exchange -> serve(exchange, "Bearer " + word));
            fresh.start();
            server = fresh;
            threads = pool;
            write(new Address(fresh.getAddress().getPort(), word));
        } catch (IOException e) {
            throw new UncheckedIOException("the desk cannot open", e);
        }
    }

    private void write(Address address) throws IOException {
        Path half = data.resolve(FILE + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half);
        OwnerOnly.tighten(half);
        Files.write(half, JSON.writeValueAsBytes(address));
        Files.move(half, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void serve(HttpExchange exchange, String wanted) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            boolean known = given != null
                    && MessageDigest.isEqual(
                            given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
            Optional<Order> order = Order.of(exchange.getRequestURI().getPath().substring(1));
            if (!known) exchange.sendResponseHeaders(401, -1);
            else if (!exchange.getRequestMethod().equals("POST")) exchange.sendResponseHeaders(405, -1);
            else if (order.isEmpty()) exchange.sendResponseHeaders(404, -1);
            else answer(exchange, order.get());
        }
    }

    private void answer(HttpExchange exchange, Order order) throws IOException {
        LOG.info("order received at the desk order={}", order.word());
        Answer answer;
        try {
            answer = orders.apply(order);
        } catch (RuntimeException e) {
            LOG.error("order failed order={}", order.word(), e);
            answer = Answer.failed("falló: " + e.getMessage());
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public synchronized void close() {
        HttpServer open = server;
        if (open == null) return;
        server = null;
        open.stop(0);
        if (threads != null) threads.shutdownNow();
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException e) {
            LOG.debug("desk.json stays", e);
        }
    }
}
