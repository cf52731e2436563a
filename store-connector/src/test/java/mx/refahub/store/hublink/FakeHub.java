package mx.refahub.store.hublink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongFunction;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.reconcile.Exchange;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CommandAnswer;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.StoreTaken;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A hub's HTTP as docs/architecture.md says it, as far as a store sees it. */
public final class FakeHub implements AutoCloseable {
    public static final String PASSWORD = "correct horse";
    public static final String ACTIVATION = "ACTI-VATE";

    /** What a register call said. */
    public final List<String> registrations = new CopyOnWriteArrayList<>();

    public final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    public final Map<Stream, Long> versions = new ConcurrentHashMap<>();
    /** By stream: the download for 'since', or null for 'nothing newer'. */
    public final Map<Stream, LongFunction<byte @Nullable []>> downloads = new ConcurrentHashMap<>();

    /** Who becomes the store; null: not the one who asks. */
    public volatile Function<StoreTaken.Call, StoreTaken.@Nullable Answer> lives = call -> {
        throw new IllegalStateException("nobody asked");
    };

    public final NavigableMap<Long, Document> history = new ConcurrentSkipListMap<>();
    public final List<StoreTaken.Carried> carried = new CopyOnWriteArrayList<>();
    public final List<StoreTaken.CarriedEntry> entries = new CopyOnWriteArrayList<>();
    public final List<StoreTaken.CarriedCredit> credits = new CopyOnWriteArrayList<>();
    public final List<String> counters = new CopyOnWriteArrayList<>();
    public volatile Function<StoreTaken.Written, StoreTaken.Word> word = one -> StoreTaken.Word.FRESH;
    public final List<CommandAnswer> answers = new CopyOnWriteArrayList<>();
    public volatile Runnable answered = () -> {};
    public final List<String> signIns = new CopyOnWriteArrayList<>();
    public volatile boolean deaf;
    public volatile boolean renew;
    public final List<StoreTaken.Done> taken = new CopyOnWriteArrayList<>();

    /** What landed here; null for a hub that does not reconcile. */
    public volatile @Nullable Side documents;

    public volatile long landed;
    public volatile Function<Frame, Exchange.Taken> taking = frame -> Exchange.Taken.NONE;
    public final List<Report> reports = new CopyOnWriteArrayList<>();

    public final Map<String, byte[]> indexFiles = new ConcurrentHashMap<>();
    public volatile @Nullable IndexManifest manifest;
    public volatile String token = "token-1";
    public volatile Instant time = Instant.parse("2026-03-02T16:00:05Z");
    public volatile boolean broken;
    public volatile @Nullable String standing;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpServer server;

    public FakeHub(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("fake hub ", 0).factory()));
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(exchange.getRequestMethod() + " " + path);
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            String body = new String(bytes, StandardCharsets.UTF_8);
            if (broken) {
                problem(exchange, 503, "El hub está en mantenimiento");
            } else if (path.equals("/api/auth/login/")) {
                boolean known = body.contains(PASSWORD) || body.contains(ACTIVATION);
                if (known) text(exchange, 200, "{\"access\":\"person\",\"token_type\":\"Bearer\",\"expires_in\":600}");
                else problem(exchange, 401, "El correo o la contraseña no son correctos");
            } else if (path.equals("/api/auth/store/")) {
                signIns.add(body);
                if (body.contains("store-secret"))
                    text(exchange, 200, "{\"access\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":600}");
                else problem(exchange, 401, "Sucursal desconocida");
            } else if (path.equals("/api/hubs/lives")) {
                StoreTaken.Answer life = lives.apply(json.readValue(body, StoreTaken.Call.class));
                if (life == null) problem(exchange, 409, "Otra computadora es la sucursal");
                else text(exchange, 201, json.writeValueAsString(life));
            } else if (path.equals("/api/hubs/register/")) {
                register(exchange, body);
            } else if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                problem(exchange, 401, "El token ya no vale");
            } else if (path.equals("/api/hubs/heartbeat/")) {
                heartbeats.add(json.readValue(body, Heartbeat.class));
                Map<String, Long> streams = new java.util.TreeMap<>();
                versions.forEach((stream, version) -> streams.put(stream.wireName(), version));
                text(
                        exchange,
                        200,
                        json.writeValueAsString(new Heartbeat.Answer(time, 1, 0, streams, standing, renew, 0L)));
            } else if (path.equals("/api/hubs/lives/taken")) {
                if (!deaf) taken.add(json.readValue(body, StoreTaken.Done.class));
                if (deaf) problem(exchange, 503, "Se perdió");
                else text(exchange, 200, "{}");
            } else if (path.equals("/api/hubs/secrets")) {
                text(
                        exchange,
                        200,
                        json.writeValueAsString(new StoreTaken.FreshSecrets("store-secret-2", "broker-2", "tunnel-2")));
            } else if (path.equals("/api/hubs/commands/answers")) {
                answers.add(json.readValue(body, CommandAnswer.class));
                text(exchange, 200, "{}");
                answered.run();
            } else if (path.equals("/api/hubs/counter")) {
                counters.add(body);
                text(exchange, 200, "{}");
            } else if (path.equals("/api/hubs/lives/counter")) {
                if (counters.isEmpty()) exchange.sendResponseHeaders(204, -1);
                else text(exchange, 200, counters.getLast());
            } else if (path.equals("/api/hubs/lives/known")) {
                Map<UUID, StoreTaken.Word> words = new java.util.HashMap<>();
                for (StoreTaken.Written one :
                        json.readValue(body, StoreTaken.KnownCall.class).documents())
                    words.put(one.id(), word.apply(one));
                text(exchange, 200, json.writeValueAsString(new StoreTaken.KnownAnswer(words)));
            } else if (path.startsWith("/api/hubs/lives/accounts")) {
                text(
                        exchange,
                        200,
                        json.writeValueAsString(new StoreTaken.CarriedEntries(
                                after(entries, path, StoreTaken.CarriedEntry::id), entries.size() > 1)));
            } else if (path.startsWith("/api/hubs/lives/credits")) {
                text(exchange, 200, json.writeValueAsString(new StoreTaken.CarriedCredits(credits, false)));
            } else if (path.startsWith("/api/hubs/lives/stock")) {
                text(exchange, 200, json.writeValueAsString(new StoreTaken.CarriedPage(carried, false)));
            } else if (path.startsWith("/api/hubs/lives/documents")) {
                List<Document> next =
                        history
                                .tailMap(Long.parseLong(path.replaceAll(".*after=(\\d+).*", "$1")), false)
                                .values()
                                .stream()
                                .limit(Long.parseLong(path.replaceAll(".*most=(\\d+).*", "$1")))
                                .toList();
                // A frame is consecutive and of one epoch.
                for (int i = 1; i < next.size(); i++)
                    if (next.get(i).sequence() != next.get(i - 1).sequence() + 1
                            || next.get(i).envelope().epoch()
                                    != next.get(i - 1).envelope().epoch()) next = next.subList(0, i);
                if (next.isEmpty()) {
                    exchange.sendResponseHeaders(204, -1);
                } else {
                    byte[] frame = FrameCodec.encode(new Frame(0, next));
                    exchange.sendResponseHeaders(200, frame.length);
                    exchange.getResponseBody().write(frame);
                }
            } else if (path.startsWith("/api/hubs/reconciliation/")) {
                reconciliation(exchange, path.substring(path.lastIndexOf('/') + 1), bytes);
            } else if (path.startsWith("/api/hubs/streams/")) {
                stream(exchange, path.substring("/api/hubs/streams/".length()));
            } else if (path.equals("/api/hubs/index")) {
                if (manifest == null) exchange.sendResponseHeaders(204, -1);
                else text(exchange, 200, json.writeValueAsString(manifest));
            } else if (path.startsWith("/api/hubs/index/")) {
                file(exchange, path.substring(path.lastIndexOf('/') + 1));
            } else {
                problem(exchange, 404, "No existe");
            }
        }
    }

    /** A page of one. */
    private static <T> List<T> after(List<T> all, String path, Function<T, UUID> id) {
        String last = path.replaceAll(".*after=(.*)", "$1");
        return all.stream()
                .filter(one -> id.apply(one).toString().compareTo(last) > 0)
                .limit(1)
                .toList();
    }

    private void reconciliation(HttpExchange exchange, String what, byte[] body) throws IOException {
        Side side = documents;
        if (side == null) {
            problem(exchange, 404, "No existe");
            return;
        }
        Object answer = switch (what) {
            case "cells" -> {
                Exchange.CellsCall call = json.readValue(body, Exchange.CellsCall.class);
                yield new Exchange.CellsAnswer(
                        landed,
                        side.cells(call.days(), call.first(), call.last()).entrySet().stream()
                                .map(cell -> new Exchange.CellSummary(cell.getKey(), cell.getValue()))
                                .toList());
            }
            case "ranges" ->
                new Exchange.SummariesAnswer(side.summaries(
                        json.readValue(body, Exchange.RangesCall.class).ranges()));
            case "marks" ->
                new Exchange.MarksAnswer(side.marks(
                        json.readValue(body, Exchange.RangesCall.class).ranges()));
            case "documents" -> taking.apply(FrameCodec.decode(body));
            default -> {
                reports.add(json.readValue(body, Report.class));
                yield Map.of("id", "1");
            }
        };
        text(exchange, 200, json.writeValueAsString(answer));
    }

    private void register(HttpExchange exchange, String body) throws IOException {
        if (!"Bearer person".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            problem(exchange, 401, "Falta el token");
            return;
        }
        registrations.add(body);
        text(exchange, 201, """
                {"hub_id":"01890000-0000-7000-8000-00000000000a","slug":"centro","epoch":1,"hub_epoch":3,"tunnel_port":20001,
                 "tunnel_token":"tunnel-token","public_key":"-----BEGIN PUBLIC KEY-----","secret":"store-secret",
                 "broker":{"url":"tcp://127.0.0.1:1","user":"centro","password":"broker-password"},
                 "registers":[{"id":"01890000-0000-7000-8000-0000000000c1","name":"Caja 1","prefix":"C1"}],
                 "cashier":{"user":"marta","code":"AAAA-BBBB","code_expires_at":"2026-03-03T16:00:00Z"},"added_later":1}
                """);
    }

    private void stream(HttpExchange exchange, String rest) throws IOException {
        Stream stream = Stream.ofWireName(rest.substring(0, rest.indexOf('?')));
        long since = Long.parseLong(rest.substring(rest.indexOf("since=") + 6));
        LongFunction<byte @Nullable []> download = downloads.get(stream);
        byte[] bytes = download == null ? null : download.apply(since);
        if (bytes == null) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        byte[] bytes = indexFiles.get(name);
        if (bytes == null) {
            problem(exchange, 404, "No existe");
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, bytes.length - from);
    }

    private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        text(exchange, status, "{\"type\":\"about:blank\",\"title\":\"No\",\"detail\":\"" + detail + "\"}");
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
