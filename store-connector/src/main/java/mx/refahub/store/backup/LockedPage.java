package mx.refahub.store.backup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands where the till would, says what is wrong and the command that mends it, and leaves when the database has been replaced. */
public final class LockedPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockedPage.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

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
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
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
                        "Hay un respaldo íntegro de " + newest.at() + " (hasta el documento " + newest.lastSequence()
                                + "). Lo vendido después se rescata del archivo dañado en cuanto se pueda leer.")
                .orElse("No se encontró ningún respaldo íntegro. Rescata primero lo que aún se lee y llama a soporte.");
        return """
                <!doctype html>
                <html lang="es-MX">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>RefaHub: la tienda no puede abrir</title></head>
                <body>
                <main>
                <h1>La base de datos de esta tienda está dañada</h1>
                <p>La tienda no abre para no perder ni duplicar ventas. Nada se ha borrado: el archivo sigue en su lugar.</p>
                <p>Qué pasa: %s</p>
                <p>%s</p>
                <h2>Qué hacer</h2>
                <ol>
                <li>No apagues la máquina ni borres archivos de <code>%s</code>.</li>
                <li>En esta máquina, con la misma cuenta que usa el servicio, ejecuta:<pre><code>%s</code></pre></li>
                <li>Cuando termine, el servicio arranca otra vez por sí solo; si lo abriste a mano, ábrelo de nuevo y recarga esta página.</li>
                </ol>
                <p lang="en">This store's database is damaged; the till stays closed so that no sale is lost or doubled. Run the command above on this machine.</p>
                </main>
                </body>
                </html>
                """.formatted(
                        escaped(damaged.trouble()),
                        escaped(backup),
                        escaped(damaged.data().toAbsolutePath().normalize().toString()),
                        escaped(command()));
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
