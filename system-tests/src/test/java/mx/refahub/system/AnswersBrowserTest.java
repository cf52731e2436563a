package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the pages take for an answer, in a real browser. */
class AnswersBrowserTest {
    private static final Path SHARED =
            Path.of("..", "pos-web", "src", "main", "resources", "shared").toAbsolutePath();

    @Test
    void one_that_breaks_off_in_the_middle_is_none_and_may_be_asked_for_again() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, "text/html", "<title>x</title>"));
        for (String script : new String[] {"api.js", "texts.js"})
            server.createContext(
                    "/shared/" + script,
                    exchange -> answer(exchange, "text/javascript", Files.readString(SHARED.resolve(script))));
        server.createContext("/whole", exchange -> answer(exchange, "application/json", "{\"folio\":\"C1-000001\"}"));
        server.createContext("/cut", AnswersBrowserTest::cut);
        server.start();
        try (Browser browser = Browser.open()) {
            Page page = browser.page(800, 600, ColorScheme.LIGHT);
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(asked(page, "/whole")).isEqualTo("C1-000001");
            assertThat(asked(page, "/cut")).isEqualTo("unreachable");
        } finally {
            server.stop(0);
        }
    }

    private static Object asked(Page page, String path) {
        return page.evaluate("""
                async path => {
                  const { Api } = await import('/shared/api.js');
                  try {
                    return (await new Api('/session').get(path))?.folio ?? 'nothing';
                  } catch (problem) {
                    return problem.unreachable ? 'unreachable' : String(problem);
                  }
                }""", path);
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Half of what was promised, and the line is gone. */
    private static void cut(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"folio\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        throw new IOException("the line is gone");
    }
}
