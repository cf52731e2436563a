package mx.refahub.store.backup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands where the till would, says what is wrong and the command that mends it, and leaves when the database has been replaced. */
public final class LockedPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockedPage.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("d 'de' MMMM 'a las' H:mm", Locale.forLanguageTag("es-MX"));
    /** The colours of the till's pages, which this one stands in for. */
    private static final String STYLE = text("shared/tokens.css") + text("locked.css");

    private final DamagedDatabase damaged;
    private final String program;
    private final HttpServer server;
    private final String found;

    private LockedPage(DamagedDatabase damaged, String program, HttpServer server) {
        this.damaged = damaged;
        this.program = program;
        this.server = server;
        this.found = look();
    }

    /** @param program how this program is started on a command line */
    public static LockedPage open(DamagedDatabase damaged, String program, InetSocketAddress at) throws IOException {
        HttpServer server = HttpServer.create(at, 16);
        LockedPage page = new LockedPage(damaged, program, server);
        server.createContext("/", page::serve);
        server.start();
        LOG.error(
                "base de datos dañada, la tienda no abre file={} reason={} mend={}",
                damaged.data().resolve(Backups.SALES),
                damaged.trouble(),
                page.command());
        return page;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The exact command. */
    public String command() {
        String data = damaged.data().toAbsolutePath().normalize().toString();
        return damaged.newest()
                .map(backup -> program + " restore --data-dir \"" + data + "\" --from \""
                        + backup.folder().toAbsolutePath().normalize() + "\"")
                .orElse(program + " salvage --from \"" + Path.of(data).resolve(Backups.SALES)
                        + "\" --to documentos-rescatados.db");
    }

    /** Waits until the file is another one. */
    public void awaitMended() throws InterruptedException {
        while (look().equals(found)) Thread.sleep(LOOK);
    }

    private String look() {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(damaged.data().resolve(Backups.SALES), BasicFileAttributes.class);
            return file.fileKey() + " " + file.size() + " " + file.lastModifiedTime();
        } catch (IOException e) {
            return "";
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean health = exchange.getRequestURI().getPath().startsWith("/actuator/health");
            byte[] body = (health ? "{\"status\":\"DOWN\",\"troubles\":[\"database\"]}" : html())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", health ? "application/json" : "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", policy());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Retry-After", "30");
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String html() {
        String backup = damaged.newest()
                .map(newest ->
                        "Hay un respaldo íntegro del " + WHEN.format(newest.at().atZone(ZoneId.systemDefault()))
                                + " (hasta el documento " + newest.lastSequence()
                                + "). Lo vendido después se rescata del archivo dañado en cuanto se pueda leer.")
                .orElse("No se encontró ningún respaldo íntegro. Rescata primero lo que aún se lee y llama a soporte.");
        return text("locked.html")
                .replace("/*style*/", STYLE)
                .replace("{trouble}", escaped(damaged.trouble()))
                .replace("{backup}", escaped(backup))
                .replace(
                        "{folder}",
                        escaped(damaged.data().toAbsolutePath().normalize().toString()))
                .replace("{command}", escaped(command()));
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(LockedPage.class.getResourceAsStream("/" + resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String policy() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
