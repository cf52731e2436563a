package mx.refahub.store.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.store.TestStore;
import mx.refahub.store.backup.BackupSettings;
import mx.refahub.store.disk.OwnerOnly;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final List<String> CANARIES = List.of(
            "493817",
            "canary-token-7f",
            "hunter2canary",
            "XAXX010101000",
            "EKU9003173C9",
            "ana.canaria@refacciones.mx",
            "4111111111111111",
            "5512345678",
            "store-secret",
            "broker-password",
            "tunnel-token",
            "Canaria Pérez");

    @TempDir
    Path data;

    private boolean running;
    private String said = "";
    private String complained = "";

    @BeforeEach
    void a_store_that_sold() {
        try (TestStore store = TestStore.open(data)) {
            PartId plug = store.part("BKR5E", 8_900);
            store.openCashSession(TestStore.C1);
            Ticket ticket = TestStore.done(store.till.inHand(TestStore.C1, TestStore.MARTA));
            ticket = TestStore.done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, TestStore.MARTA));
            TestStore.done(
                    store.till.pay(ticket.id(), ticket.totals().total(), TestStore.cash(8_900), TestStore.MARTA));
        }
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        BackupSettings settings = new BackupSettings(Duration.ofHours(1), 24, 14, null, null);
        int exit = CommandLineClient.run(
                arguments,
                dir -> new Setting(dir == null ? data : dir, settings, "test"),
                folder -> running ? Optional.empty() : Optional.of(() -> {}),
                (dir, print, strip, only) ->
                        Answer.done("probados " + (only.isEmpty() ? "todos" : only) + (print ? " con tira" : "")),
                java.time.Clock.systemUTC(),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        said = out.toString();
        complained = err.toString();
        return exit;
    }

    @Test
    void orders_reach_the_running_connector_and_its_answer_is_the_exit_status() {
        List<Order> heard = new ArrayList<>();
        try (Desk desk = new Desk(data, order -> {
            heard.add(order);
            return order == Order.STATUS
                    ? new Answer(Answer.NOT_RIGHT, List.of("ATENCIÓN: poco disco"))
                    : Answer.done("ya");
        })) {
            desk.open();

            assertThat(run("status")).isEqualTo(2);
            assertThat(said).contains("ATENCIÓN: poco disco");
            assertThat(run("force-sync")).isZero();
            assertThat(run("restart-services")).isZero();
            assertThat(run("backup")).isZero();
            assertThat(run("reconcile")).isZero();
        }
        assertThat(heard)
                .containsExactly(Order.STATUS, Order.FORCE_SYNC, Order.RESTART_SERVICES, Order.BACKUP, Order.RECONCILE);
        assertThat(data.resolve("desk.json")).doesNotExist();
    }

    @Test
    void the_desk_knows_its_own_by_a_file_that_only_the_owner_reads() throws Exception {
        try (Desk desk = new Desk(data, order -> Answer.done("secret"))) {
            desk.open();
            Path file = data.resolve("desk.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Desk.Address address = Desk.JSON.readValue(Files.readAllBytes(file), Desk.Address.class);
            String door = "http://127.0.0.1:" + address.port();

            assertThat(ask(door + "/status", "Bearer x", "POST")).isEqualTo(401);
            assertThat(ask(door + "/status", "", "POST")).isEqualTo(401);
            assertThat(ask(door + "/status", "Bearer " + address.secret(), "GET"))
                    .isEqualTo(405);
            assertThat(ask(door + "/nothing", "Bearer " + address.secret(), "POST"))
                    .isEqualTo(404);
            assertThat(ask(door + "/status", "Bearer " + address.secret(), "POST"))
                    .isEqualTo(200);
            assertThat(address.toString()).doesNotContain(address.secret());
        }
    }

    @Test
    void a_desk_that_was_left_by_a_killed_connector_is_nobody() throws IOException {
        Files.writeString(data.resolve("desk.json"), "{\"port\":1,\"secret\":\"x\"}");

        assertThat(run("force-sync")).isEqualTo(3);
        assertThat(said).contains("no está en marcha");
        assertThat(run("status")).isEqualTo(3);
        assertThat(said).contains("2 escritos, 0 confirmados");
    }

    @Test
    void stopped_it_backs_up_lists_verifies_and_restores_by_itself() throws IOException {
        assertThat(run("backup")).isZero();
        assertThat(run("backups")).isZero();
        assertThat(said).contains("documento 2", "íntegro");
        assertThat(run("verify")).isZero();
        assertThat(said).contains("cadena de documentos: completa del 1 al 2").doesNotContain("MAL");

        Files.write(data.resolve("sales.db"), new byte[8_192]);
        assertThat(run("verify")).isEqualTo(2);
        assertThat(said).contains("MAL   sales.db");
        Path backup;
        try (var found = Files.list(data.resolve("backups"))) {
            backup = found.findFirst().orElseThrow();
        }
        assertThat(run("restore", "--from", backup.toString())).isEqualTo(2);
        assertThat(said).contains("restaurado", "folios saltan", "ATENCIÓN");
        assertThat(run("verify")).isZero();
    }

    @Test
    void what_needs_the_folder_for_itself_refuses_while_the_connector_runs() throws IOException {
        run("backup");
        Path backup;
        try (var found = Files.list(data.resolve("backups"))) {
            backup = found.findFirst().orElseThrow();
        }
        byte[] before = Files.readAllBytes(data.resolve("sales.db"));
        running = true;

        assertThat(run("restore", "--from", backup.toString())).isEqualTo(3);
        assertThat(said).contains("deténlo primero");
        assertThat(Files.readAllBytes(data.resolve("sales.db"))).isEqualTo(before);
    }

    @Test
    void documents_are_salvaged_into_a_file_of_their_own() {
        assertThat(run(
                        "salvage",
                        "--from",
                        data.resolve("sales.db").toString(),
                        "--to",
                        data.resolve("s").toString()))
                .isZero();
        assertThat(said).contains("rescatados 2 documentos, el último el 2");
    }

    @Test
    void mistakes_are_said_and_have_their_status() {
        assertThat(run("restore")).isEqualTo(64);
        assertThat(complained).contains("--from");
        assertThat(run("status", "--data-dir", data.resolve("nowhere").toString()))
                .isEqualTo(1);
        assertThat(complained).contains("--data-dir");
        assertThat(run("restore", "--from", data.toString())).isEqualTo(1);
        assertThat(complained).contains("no es un respaldo");
        assertThat(run("--help")).isZero();
        assertThat(said)
                .contains("support-bundle", "restart-services", "test-hardware", "adopt", "Uso:", "Órdenes")
                .doesNotContain("Usage", "Commands", "Show this");
        String all = said;
        assertThat(run("help")).isZero();
        assertThat(said).isEqualTo(all);
        assertThat(run("help", "restore")).isZero();
        assertThat(said).contains("--from", "Uso:").doesNotContain("Usage", "Show this");
        assertThat(run("stauts")).isEqualTo(64);
        assertThat(complained).startsWith("no se conoce stauts: revisa cómo está escrito");
        assertThat(run("replace", "--hub", "http://hub")).isEqualTo(64);
        assertThat(complained).startsWith("falta --code CÓDIGO");
        assertThat(run("status", "--data-dir")).isEqualTo(64);
        assertThat(complained).startsWith("falta --data-dir CARPETA");
        assertThat(run("test-hardware", "--print", "tickets")).isZero();
        assertThat(said).contains("probados [tickets] con tira");
        assertThat(CommandLineClient.isCommand(new String[] {"--server.port=0"}))
                .isFalse();
        assertThat(CommandLineClient.isCommand(new String[] {})).isFalse();
        // A word that is none is no start either: a connector begun by a slip of the pen would take the folder.
        assertThat(List.of("verify", "adopt", "test-hardware", "help", "-h", "--help", "stauts"))
                .allMatch(word -> CommandLineClient.isCommand(new String[] {word}));
    }

    @Test
    void the_bundle_for_support_tells_no_secret_and_names_nobody() throws IOException {
        OwnerOnly.folder(data.resolve("logs"));
        Files.writeString(data.resolve("logs/connector.log"), """
                2026-03-02 INFO Registrar cashier code user=marta code=493817 expires=soon
                2026-03-02 INFO x pin=493817 Authorization: Bearer canary-token-7f
                2026-03-02 INFO x token canary-token-7f, "password":"hunter2canary", PIN 493817
                2026-03-02 INFO x rfc=XAXX010101000 receptor EKU9003173C9 correo ana.canaria@refacciones.mx
                2026-03-02 INFO x card 4111111111111111 or 4111 1111 1111 1111, tel 5512345678, cliente: Canaria Pérez
                2026-03-02 INFO Till sale recorded sale=019caf47-2000-77e9-b5b1-f7f7f6ca7512 folio=C1-000001 lines=3 total=17800
                2026-03-02 INFO x https://u:hunter2canary@hub.mx/ eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl
                """);
        Path zip = data.resolve("bundle.zip");

        assertThat(run("support-bundle", "--to", zip.toString())).isZero();

        List<String> names = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                names.add(entry.getName());
                all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(names)
                .containsExactly(
                        "about.txt",
                        "status.txt",
                        "verify.txt",
                        "documents.txt",
                        "backups.txt",
                        "files.txt",
                        "logs/connector.log");
        for (String canary : CANARIES) assertThat(all).as(canary).doesNotContainIgnoringCase(canary);
        assertThat(all).doesNotContain("4111 1111", "eyJ").containsPattern("free [\\d,]+\\b");
        assertThat(all)
                .contains(
                        "sale recorded sale=019caf47-2000-77e9-b5b1-f7f7f6ca7512 folio=C1-000001 lines=3 total=17800",
                        "outbox sale n=1",
                        "schema 5",
                        "rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contraseña: s3cr3to",
                "NIP=s3cr3to",
                "{\"access_token\": \"s3cr3to\"}",
                "Set-Cookie: s3cr3to; Path=/",
                "api-key s3cr3to",
                "code is s3cr3to"
            })
    void whatever_a_secret_is_called_it_is_hidden(String line) {
        assertThat(Redactor.redact(line)).doesNotContain("s3cr3to").contains(Redactor.HIDDEN);
    }

    private static int ask(String address, String authorization, String method) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) request.header("Authorization", authorization);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
