package mx.refahub.hub.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a hub by hand that answers as the real one does. */
class CommandLineClientTest {
    @TempDir
    Path folder;

    private HttpServer hub;
    private final List<String> requests = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String upload = "";
    private String rejects = "";
    private boolean tokenRunsOut;

    @BeforeEach
    void listen() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", this::answer);
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop(0);
    }

    @Test
    void a_job_is_started_with_its_files_and_followed_to_its_end() throws IOException {
        runs.add(run("running", 0, step("running", 1_000, 2_000, 50)));
        runs.add(run("done", 0, step("done", 2_000, 2_000, 100)));
        Path parts = file("balatas ñ.csv", "line_code,part_number\nFRI,7974\n");

        int status = run("catalogue-import", "parts=" + parts, "dry_run=true");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(upload)
                .contains("name=\"parts\"; filename=\"balatas ñ.csv\"")
                .contains("line_code,part_number\nFRI,7974\n")
                .contains("name=\"dry_run\"")
                .contains("true");
        assertThat(out.toString())
                .contains("Run 7 of catalogue-import has started.")
                .contains("stage-parts")
                .contains("1,000 of 2,000 rows")
                .contains("Imported 2,000 parts.")
                .endsWith("Done.\n");
        assertThat(requests)
                .contains(
                        "POST /api/auth/login/",
                        "POST /console/api/jobs/catalogue-import/runs",
                        "GET /console/api/runs/7");
    }

    @Test
    void rejected_rows_come_back_beside_the_files_they_are_from() throws IOException {
        runs.add(run("done", 3, step("done", 2, 2, 100)));
        rejects = """
                line,column,reason,line_code,part_number
                4,part_number,"is, empty",FRI,
                5,part_number,"two
                lines",FRI,
                line,column,reason,line_code,part_number,barcode
                9,barcode,unknown part,ALT,1,750
                """;
        Path parts = file("parts.csv", "\ufeffLINE_CODE, \"part_number\"\r\nFRI,\r\n");
        Path barcodes = file("codes.CSV", "line_code,part_number,barcode\nALT,1,750\n");

        int status = run("catalogue-import", "parts=" + parts, "barcodes=" + barcodes);

        assertThat(status).isEqualTo(CommandLineClient.DONE_WITH_REJECTS);
        assertThat(out.toString())
                .contains("3 rows were rejected:")
                .contains("parts.rejects.csv")
                .contains("codes.rejects.csv");
        assertThat(folder.resolve("parts.rejects.csv"))
                .hasContent(
                        "line,column,reason,line_code,part_number\n4,part_number,\"is, empty\",FRI,\n5,part_number,\"two\nlines\",FRI,\n");
        assertThat(folder.resolve("codes.rejects.csv"))
                .hasContent("line,column,reason,line_code,part_number,barcode\n9,barcode,unknown part,ALT,1,750\n");
    }

    @Test
    void a_run_that_waits_for_approval_is_told_and_no_failure() throws IOException {
        runs.add(run("waiting_for_approval", 0, step("done", 2, 2, 100)));
        Path parts = file("parts.csv", "line_code,part_number\nFRI,1\n");

        int status = run("catalogue-import", "parts=" + parts);

        assertThat(status).isEqualTo(CommandLineClient.DONE);
        assertThat(out.toString()).contains("run 7 waits for approval in the console");
    }

    @Test
    void a_run_that_failed_fails_the_command_with_its_own_sentence() throws IOException {
        runs.add(run("failed", 0, step("failed", 1, 2, 50)));

        assertThat(run("catalogue-import", "parts=" + file("p.csv", "x"))).isEqualTo(CommandLineClient.FAILED);
        assertThat(out.toString()).contains("Imported 2,000 parts.");
        assertThat(err.toString()).contains("ended as failed");
    }

    @Test
    void a_run_that_outlives_the_token_goes_on() throws IOException {
        runs.add(run("running", 0, step("running", 1, 2, 50)));
        runs.add(run("done", 0, step("done", 2, 2, 100)));
        tokenRunsOut = true;

        assertThat(run("catalogue-import", "parts=" + file("p.csv", "x"))).isZero();
        assertThat(requests.stream().filter("POST /api/auth/login/"::equals)).hasSize(2);
    }

    @Test
    void wrong_use_is_told_before_anything_is_sent() throws IOException {
        Path parts = file("p.csv", "x");
        Map<List<String>, String> wrong = new HashMap<>();
        wrong.put(List.of("unknown-job"), "only: catalogue-import");
        wrong.put(List.of("catalogue-import"), "needs parts=");
        wrong.put(List.of("catalogue-import", "parts"), "is not NAME=VALUE");
        wrong.put(List.of("catalogue-import", "parts=" + parts, "parts=" + parts), "given twice");
        wrong.put(List.of("catalogue-import", "parts=" + folder.resolve("nowhere.csv")), "there is no file");
        wrong.put(List.of("catalogue-import", "parts=" + folder), "there is no file");
        wrong.put(List.of("catalogue-import", "parts=" + parts, "colour=red"), "has no parameter 'colour'");
        wrong.put(List.of("catalogue-import", "--hub=ftp://x"), "is not the address of a hub");
        wrong.put(List.of("--unknown", "catalogue-import"), "Unknown option");
        wrong.put(List.of(), "Missing required parameter");
        wrong.forEach((arguments, sentence) -> {
            err.getBuffer().setLength(0);
            assertThat(run(arguments.toArray(String[]::new)))
                    .as(arguments.toString())
                    .isEqualTo(CommandLineClient.USAGE);
            assertThat(err.toString()).contains(sentence);
        });
        assertThat(upload).isEmpty();
    }

    @Test
    void without_credentials_and_without_anybody_to_ask_it_says_where_to_put_them() {
        int status = CommandLineClient.run(
                new String[] {"index-build"}, Map.of(), (what, hidden) -> Optional.empty(), writer(out), writer(err));

        assertThat(status).isEqualTo(CommandLineClient.USAGE);
        assertThat(err.toString()).contains("REFAHUB_EMAIL");
    }

    @Test
    void a_wrong_password_and_an_absent_hub_are_told_in_a_sentence() {
        int wrong = CommandLineClient.run(
                new String[] {"index-build", "--hub=" + address()},
                Map.of("REFAHUB_EMAIL", "ana@refa.example"),
                (what, hidden) -> Optional.of(hidden ? "wrong" : "?"),
                writer(out),
                writer(err));
        assertThat(wrong).isEqualTo(CommandLineClient.FAILED);
        assertThat(err.toString()).contains("The e-mail or the password is not right.");

        String gone = address();
        hub.stop(0);
        assertThat(run("index-build", "--hub=" + gone)).isEqualTo(CommandLineClient.FAILED);
        assertThat(err.toString()).contains("does not answer").contains("REFAHUB_HUB");
    }

    @Test
    void help_is_there() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Exit status: 0 done, 2 done with rejected rows, 1 failed, 64 wrong use.");
    }

    private int run(String... arguments) {
        return CommandLineClient.run(
                arguments,
                Map.of("REFAHUB_EMAIL", "ana@refa.example", "REFAHUB_PASSWORD", "right", "REFAHUB_HUB", address()),
                (what, hidden) -> Optional.empty(),
                writer(out),
                writer(err));
    }

    private static PrintWriter writer(StringWriter into) {
        return new PrintWriter(into, true);
    }

    private String address() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String step(String status, long read, long total, int percent) {
        return "{\"name\":\"stage-parts\",\"status\":\"" + status + "\",\"read\":" + read
                + ",\"written\":1,\"skipped\":0,\"total\":" + total + ",\"percent\":" + percent
                + ",\"secondsLeft\":null}";
    }

    private static String run(String status, long rejected, String step) {
        return "{\"id\":7,\"job\":\"catalogue-import\",\"status\":\"" + status + "\",\"steps\":[" + step
                + "],\"rejected\":" + rejected + ",\"message\":\"Imported 2,000 parts.\",\"may\":[]}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        requests.add(call);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean signedIn = "Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (call.equals("POST /api/auth/login/")) {
            if (body.contains("\"right\""))
                reply(exchange, 200, "{\"access\":\"token\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
            else reply(exchange, 401, "{\"status\":401,\"detail\":\"The e-mail or the password is not right.\"}");
        } else if (!signedIn) {
            reply(exchange, 401, "{\"status\":401,\"detail\":\"A valid token is needed.\"}");
        } else if (call.equals("GET /console/api/jobs")) {
            reply(exchange, 200, """
                    {"jobs":[{"name":"catalogue-import","parameters":[{"name":"parts","kind":"file","required":true},
                    {"name":"barcodes","kind":"file","required":false},{"name":"dry_run","kind":"flag","required":false}]},
                    {"name":"index-build","parameters":[]}],"uploadFileBytes":1}
                    """);
        } else if (call.equals("POST /console/api/jobs/catalogue-import/runs")) {
            upload = body;
            reply(exchange, 202, run("running", 0, step("running", 0, 2_000, 0)));
        } else if (call.equals("GET /console/api/runs/7") && tokenRunsOut) {
            tokenRunsOut = false;
            reply(exchange, 401, "{\"status\":401,\"detail\":\"A valid token is needed.\"}");
        } else if (call.equals("GET /console/api/runs/7")) {
            reply(exchange, 200, runs.size() > 1 ? runs.removeFirst() : runs.getFirst());
        } else if (call.equals("GET /console/api/runs/7/rejects")) {
            reply(exchange, 200, rejects);
        } else {
            reply(exchange, 404, "<html>not here</html>");
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
