package mx.refahub.batch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that speaks S3 over HTTP, in memory: objects, uploads in parts, lists. It wants requests to be signed, and does not check the signature. It can misbehave. */
final class S3Simulator implements AutoCloseable {
    enum Fault {
        NONE,
        /** The next so many writes are answered with 503. */
        BUSY,
        /** Every write is answered with 500. */
        BROKEN,
        /** What is read ends in the middle. */
        HALF
    }

    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final Map<String, Map<Integer, byte[]>> uploads = new ConcurrentSkipListMap<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    volatile Fault fault = Fault.NONE;
    final AtomicInteger busy = new AtomicInteger();

    private final HttpServer server;
    private final AtomicInteger ids = new AtomicInteger();

    S3Simulator() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String method = exchange.getRequestMethod();
            log.add(method + " " + path + " " + query.keySet());
            String signed = exchange.getRequestHeaders().getFirst("Authorization");
            if (signed == null || !signed.startsWith("AWS4-HMAC-SHA256 Credential=")) {
                send(exchange, 403, "<Error><Code>AccessDenied</Code></Error>");
                return;
            }
            boolean writes = method.equals("PUT") || method.equals("POST");
            if (writes && fault == Fault.BROKEN) {
                send(exchange, 500, "<Error><Code>InternalError</Code></Error>");
                return;
            }
            if (writes && fault == Fault.BUSY && busy.getAndDecrement() > 0) {
                send(exchange, 503, "<Error><Code>SlowDown</Code></Error>");
                return;
            }
            // /bucket or /bucket/key
            int slash = path.indexOf('/', 1);
            String key = slash < 0 ? "" : path.substring(slash + 1);
            switch (method) {
                case "PUT" -> put(exchange, key, query, body);
                case "POST" -> post(exchange, key, query);
                case "GET" -> get(exchange, key, query);
                case "DELETE" -> {
                    if (query.containsKey("uploadId")) uploads.remove(query.get("uploadId"));
                    else objects.remove(key);
                    send(exchange, 204, "");
                }
                default -> send(exchange, 405, "");
            }
        }
    }

    private void put(HttpExchange exchange, String key, Map<String, String> query, byte[] body) throws IOException {
        if (query.containsKey("uploadId")) {
            Map<Integer, byte[]> parts = uploads.get(query.get("uploadId"));
            if (parts == null) {
                send(exchange, 404, "<Error><Code>NoSuchUpload</Code></Error>");
                return;
            }
            parts.put(Integer.parseInt(query.get("partNumber")), body);
        } else objects.put(key, body);
        exchange.getResponseHeaders().add("ETag", "\"" + HexFormat.of().toHexDigits(body.length) + "\"");
        send(exchange, 200, "");
    }

    private void post(HttpExchange exchange, String key, Map<String, String> query) throws IOException {
        if (query.containsKey("uploads")) {
            String id = key + "#" + ids.incrementAndGet();
            uploads.put(id, new TreeMap<>());
            send(exchange, 200, "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>" + key + "</Key><UploadId>" + id
                    + "</UploadId></InitiateMultipartUploadResult>");
            return;
        }
        Map<Integer, byte[]> parts = uploads.remove(query.get("uploadId"));
        if (parts == null) {
            send(exchange, 404, "<Error><Code>NoSuchUpload</Code></Error>");
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts.values()) whole.writeBytes(part);
        objects.put(key, whole.toByteArray());
        send(exchange, 200, "<CompleteMultipartUploadResult><Key>" + key + "</Key><ETag>\"x\"</ETag></CompleteMultipartUploadResult>");
    }

    private void get(HttpExchange exchange, String key, Map<String, String> query) throws IOException {
        if (query.containsKey("uploads")) {
            StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>");
            for (String id : uploads.keySet())
                xml.append("<Upload><Key>")
                        .append(id, 0, id.indexOf('#'))
                        .append("</Key><UploadId>")
                        .append(id)
                        .append("</UploadId></Upload>");
            send(exchange, 200, xml.append("</ListMultipartUploadsResult>").toString());
            return;
        }
        if (key.isEmpty()) {
            // One a page, so that pages are turned.
            String after = query.getOrDefault("continuation-token", "");
            List<String> left = objects.keySet().stream()
                    .filter(one -> one.compareTo(after) > 0 && one.startsWith(query.getOrDefault("prefix", "")))
                    .toList();
            boolean more = left.size() > 1;
            StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>" + more + "</IsTruncated>");
            if (!left.isEmpty())
                xml.append("<Contents><Key>").append(left.getFirst()).append("</Key><Size>1</Size></Contents>");
            if (more) xml.append("<NextContinuationToken>").append(left.getFirst()).append("</NextContinuationToken>");
            send(exchange, 200, xml.append("</ListBucketResult>").toString());
            return;
        }
        byte[] found = objects.get(key);
        if (found == null) {
            send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }
        exchange.sendResponseHeaders(200, found.length);
        exchange.getResponseBody().write(found, 0, fault == Fault.HALF ? found.length / 2 : found.length);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        if (raw == null) return query;
        for (String pair : raw.split("&")) {
            String[] words = pair.split("=", 2);
            query.put(words[0], words.length == 1 ? "" : URLDecoder.decode(words[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) exchange.getResponseBody().write(body);
    }
}
