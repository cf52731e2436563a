package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.BadInput;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what at the console: over the real chain, every row, every role; and what its calls do with bad input. */
class ConsoleAccessTest {
    @TempDir
    static Path folder;

    private static Desk hall;
    /** Calls that would end or lock the session of the test, or that never end. */
    private static final Set<String> SESSIONS =
            Set.of("/console/api/session", "/console/api/sessions/end-others", "/console/api/events", "/api/setup");

    /** A row of the menu: its address, its symbol, the permission. */
    private static final Pattern PLACE = Pattern.compile("(?m)^  \\['([a-z]*)', '[a-z0-9-]+', '[a-z.]+'],$");

    @BeforeAll
    static void open() {
        hall = HallApplication.open(folder);
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    private static Desk.Browser signedIn(Role role) {
        Desk.Browser browser = hall.browser();
        browser.get("/console/api/session");
        Desk.Answer answer = browser.post(
                "/console/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(HallApplication.user(role), HallApplication.PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return browser;
    }

    private static List<AccessRow> rows() {
        List<AccessRow> rows = new ArrayList<>();
        hall.part(ApplicationContext.class)
                .getBeansOfType(AccessTable.class)
                .values()
                .forEach(table -> rows.addAll(table.rows()));
        return rows;
    }

    private static String path(AccessRow row) {
        String path = row.pattern().replace("/**", "").replace("{job}", "nada");
        String id = path.contains("/runs/") ? "987654" : UUID.randomUUID().toString();
        return path.replaceAll("\\{[a-z]+}", id);
    }

    private static String body(AccessRow row) {
        return row.method().name().equals("POST") ? "{}" : null;
    }

    @Test
    void every_call_that_a_controller_answers_has_a_row() {
        Set<String> known = new TreeSet<>();
        rows().forEach(row -> known.add(row.method() + " " + row.pattern()));
        Set<String> answered = new TreeSet<>();
        hall.part(ApplicationContext.class)
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (!method.getBeanType().getName().startsWith("mx.refahub")) return;
                    for (String pattern : mapping.getPatternValues())
                        mapping.getMethodsCondition().getMethods().forEach(verb -> answered.add(verb + " " + pattern));
                });

        assertThat(answered).hasSizeGreaterThan(20).allMatch(known::contains);
    }

    @Test
    void a_role_may_do_what_its_rows_say_and_nothing_else() {
        for (Role role : EnumSet.of(Role.ADMIN, Role.ACCOUNTANT)) {
            for (AccessRow row : rows()) {
                if (row.whom() != AccessRow.Whom.PERSON) continue;
                int status = signedIn(role).status(row.method().name(), path(row), body(row));
                if (row.roles().contains(role))
                    assertThat(status)
                            .as("%s %s as %s", row.method(), row.pattern(), role)
                            .isNotIn(401, 403, 405, 500);
                else
                    assertThat(status)
                            .as("%s %s as %s", row.method(), row.pattern(), role)
                            .isEqualTo(403);
            }
        }
    }

    @Test
    void people_of_the_counter_do_not_get_in_at_all() {
        for (Role role : EnumSet.of(Role.CASHIER, Role.MANAGER, Role.WAREHOUSE, Role.MECHANIC)) {
            Desk.Browser browser = hall.browser();
            browser.get("/console/api/session");
            Desk.Answer answer = browser.post(
                    "/console/api/session",
                    "{\"email\":\"%s\",\"password\":\"%s\"}"
                            .formatted(HallApplication.user(role), HallApplication.PASSWORD));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("role-without-console");
            assertThat(browser.get("/console/api/stores").code()).isEqualTo("not-signed-in");
        }
    }

    @Test
    void nobody_comes_far_without_signing_in() {
        for (AccessRow row : rows()) {
            Desk.Browser browser = hall.browser();
            browser.get("/console/api/session");
            int status = browser.status(row.method().name(), path(row), body(row));
            if (row.whom() == AccessRow.Whom.PERSON)
                assertThat(status).as("%s %s", row.method(), row.pattern()).isEqualTo(401);
            else assertThat(status).as("%s %s", row.method(), row.pattern()).isNotEqualTo(403);
        }
    }

    private static final String GIANT = "ñ".repeat(20_000);
    /** What may be that long: a document's body, a letter's. */
    private static final List<String> LONG = List.of("/edit", "/templates/");

    @Test
    void whatever_is_pasted_into_a_field_is_answered_with_a_sentence_and_never_breaks_anything() {
        RequestMappingHandlerMapping calls = hall.part(ApplicationContext.class)
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Desk.Browser browser = signedIn(Role.ADMIN);
        List<String> broken = new ArrayList<>();
        int tried = 0;
        for (BadInput.Call call : BadInput.calls(calls, SESSIONS)) {
            Desk.Answer answer = browser.send(call.method(), call.path(), call.body());
            tried++;
            boolean sentence = answer.status() < 400
                    || !answer.json().path("detail").asString("").isBlank();
            boolean atField = !call.unreadable()
                    || answer.status() != 400
                    || answer.json().path("errors").size() > 0;
            boolean tooLong = call.body().contains(GIANT)
                    && LONG.stream().noneMatch(call.path()::contains)
                    && answer.status() < 400;
            if (answer.status() == 500 || !sentence || !atField || tooLong) broken.add(call + " -> " + answer);
        }
        for (String query : BadInput.queries(calls, SESSIONS)) {
            tried++;
            int status = browser.status("GET", query, null);
            if (status == 500) broken.add(query + " -> " + status);
        }
        assertThat(broken).isEmpty();
        assertThat(tried).isGreaterThan(2_000);
        assertThat(browser.get("/console/api/stores").status())
                .as("the session is still there")
                .isEqualTo(200);
    }

    @Test
    void every_page_comes_by_its_own_address_as_after_a_reload() throws Exception {
        String script = new ClassPathResource("console/shell/console.js").getContentAsString(StandardCharsets.UTF_8);
        List<String> places = PLACE.matcher(script)
                .results()
                .map(place -> place.group(1))
                .filter(place -> !place.isEmpty())
                .toList();
        Desk.Browser browser = signedIn(Role.ADMIN);

        assertThat(places)
                .hasSizeGreaterThan(20)
                .allSatisfy(place -> assertThat(browser.status("GET", "/console/" + place, null))
                        .isEqualTo(200));
    }

    @Test
    void a_change_without_the_pages_own_token_is_refused() {
        Desk.Browser browser = signedIn(Role.ADMIN).forgetToken();
        int tried = 0;
        for (AccessRow row : rows()) {
            if (row.method().name().equals("GET") || !row.csrf()) continue;
            Desk.Answer answer = browser.send(row.method().name(), path(row), body(row));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("csrf-stale");
            tried++;
        }
        assertThat(tried).isGreaterThan(6);
    }

    @Test
    void every_kind_of_answer_carries_the_strict_headers() {
        Desk.Browser browser = signedIn(Role.ADMIN);
        for (String path :
                List.of("/console", "/assets/console/main.js", "/console/api/stores", "/nada", "/v3/api-docs")) {
            Desk.Answer answer = browser.get(path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe-inline");
        }
    }

    @Test
    void files_that_no_job_can_read_are_refused_by_what_they_contain_and_leave_nothing_behind() throws Exception {
        Desk.Browser browser = signedIn(Role.ADMIN);
        String runs = "/console/api/jobs/catalogue-import/runs";
        assertThat(browser.form("/console/api/jobs/nada/runs", "parts", "../../x.xlsx", "PK\u0003\u0004…")
                        .code())
                .as("what a workbook holds is the job's to find out")
                .isEqualTo("job-unknown");
        assertThat(browser.form(runs, "parts", "foto.csv", "\u0000\u0001\u0002").code())
                .isEqualTo("file-not-text");
        assertThat(browser.form(runs, "parts", "vacio.csv", "").code()).isEqualTo("file-empty");
        assertThat(browser.form("/console/api/jobs/nada/runs", "parts", "a.csv", "a,b\n")
                        .code())
                .isEqualTo("job-unknown");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        Desk.Answer taken = browser.form(runs, "parts", "parts.csv", "line_code,part_number\nFRI,1\n");
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        assertThat(hall.part(FakeJobs.class).received).containsEntry("parts", "line_code,part_number\nFRI,1\n");
    }

    @Test
    void a_file_beyond_the_limit_is_refused_in_a_sentence() {
        try (Desk small = HallApplication.open(
                folder.resolve("small"), "--refahub.console.upload-file=1KB", "--refahub.console.upload-request=2KB")) {
            Desk.Browser browser = small.browser();
            browser.get("/console/api/session");
            browser.post(
                    "/console/api/session",
                    "{\"email\":\"%s\",\"password\":\"%s\"}"
                            .formatted(HallApplication.user(Role.ADMIN), HallApplication.PASSWORD));
            Desk.Answer answer =
                    browser.form("/console/api/jobs/catalogue-import/runs", "parts", "grande.csv", "x".repeat(1500));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().path("detail").asString()).contains("más grande");
        }
    }

    @Test
    void a_new_hub_answers_nothing_but_its_setup_and_then_knows_its_administrator() {
        try (Desk fresh = HallApplication.open(folder.resolve("fresh"), "--hall.setup=true")) {
            Desk.Browser browser = fresh.browser();
            assertThat(browser.get("/console").status()).isEqualTo(200);
            assertThat(browser.get("/api/setup").json().path("needsSetup").asBoolean())
                    .isTrue();
            assertThat(browser.get("/console/api/stores").code()).isEqualTo("setup-needed");
            String form = """
                    {"code":"%s","email":"ana@refahub.example","name":"Ana","password":"una frase larga"}""";
            assertThat(browser.post("/api/setup", form.formatted("WRONG")).code())
                    .isEqualTo("code-wrong");
            Desk.Answer made = browser.post("/api/setup", form.formatted(FakeAccess.SETUP_CODE));
            assertThat(made.json().path("signedIn").asBoolean())
                    .as(made.toString())
                    .isTrue();
            assertThat(browser.get("/console/api/stores").status()).isEqualTo(200);
            assertThat(browser.post("/api/setup", form.formatted(FakeAccess.SETUP_CODE))
                            .code())
                    .isEqualTo("setup-done");
        }
    }

    @Test
    void what_a_person_decides_about_a_run_is_asked_and_done_once() throws Exception {
        FakeJobs jobs = hall.part(FakeJobs.class);
        Desk.Browser browser = signedIn(Role.ADMIN);
        jobs.put(new Jobs.Run(
                9001,
                "catalogue-import",
                Jobs.Status.WAITING_FOR_APPROVAL,
                Instant.parse("2025-11-03T15:00:00Z"),
                null,
                "marta",
                List.of(),
                0,
                ""));
        jobs.previews.put(
                9001L,
                new Jobs.Preview(
                        9001,
                        List.of(new Jobs.Change(
                                Jobs.Change.Kind.PRICE_CHANGED,
                                3,
                                List.of(new Jobs.Example("FRI 1", "list_price", "1.00", "2.00"))))));
        assertThat(browser.get("/console/api/runs/9001").json().toString())
                .contains("\"status\":\"waiting_for_approval\"")
                .contains("\"may\":[\"approve\",\"discard\"]");
        assertThat(browser.get("/console/api/runs/9001/preview").json().toString())
                .isEqualTo(
                        "{\"run\":9001,\"changes\":[{\"kind\":\"price_changed\",\"count\":3,"
                                + "\"examples\":[{\"part\":\"FRI 1\",\"field\":\"list_price\",\"before\":\"1.00\",\"after\":\"2.00\"}]}]}");
        assertThat(browser.get("/console/api/runs/1/preview").code()).isEqualTo("preview-unknown");
        assertThat(browser.post("/console/api/runs/9001/approve", "{}").status())
                .isEqualTo(202);
        assertThat(browser.post("/console/api/runs/9001/discard", "{}").code()).isEqualTo("run-not-waiting");

        assertThat(browser.get("/console/api/runs/9001/undo").code()).isEqualTo("run-not-undoable");
        jobs.offer(new Jobs.Job("catalogue-undo", List.of(new Jobs.Parameter("of", Jobs.Parameter.Kind.TEXT, true))));
        jobs.undos.put(9001L, new Jobs.Undo(9001, 1, 2, 3, 4));
        assertThat(browser.get("/console/api/runs/9001/undo").json().toString())
                .isEqualTo(
                        "{\"run\":9001,\"partsRemoved\":1,\"partsRestored\":2,\"pricesRestored\":3,\"rowsRestored\":4}");
        assertThat(browser.post("/console/api/runs/9001/undo", "{}")
                        .json()
                        .path("job")
                        .asString())
                .isEqualTo("catalogue-undo");

        jobs.made.put(
                9001L, Map.of(new Jobs.RunFile("parts.csv", 3), Files.writeString(folder.resolve("made.csv"), "a,b")));
        assertThat(browser.get("/console/api/runs/9001/files").json().toString())
                .isEqualTo("{\"files\":[{\"name\":\"parts.csv\",\"bytes\":3}]}");
        Desk.Answer file = browser.get("/console/api/runs/9001/file?name=parts.csv");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Disposition")).contains("catalogue-import-9001-parts.csv");
        assertThat(browser.get("/console/api/runs/9001/file?name=../made.csv").code())
                .isEqualTo("run-file-unknown");
        Files.delete(folder.resolve("made.csv"));
    }

    @Test
    void the_columns_of_a_supplier_are_kept_and_guessed() {
        Desk.Browser browser = signedIn(Role.ADMIN);
        String acme =
                "{\"supplier\":\"Acme\",\"columns\":[{\"file\":\"parts\",\"ours\":\"brand\",\"theirs\":\"Marca\"},{\"file\":\"parts\",\"ours\":\"line_code\",\"fixed\":\"ACM\"}]}";
        assertThat(browser.post("/console/api/mappings", acme).status()).isEqualTo(200);
        assertThat(browser.get("/console/api/mappings").json().toString())
                .contains("{\"file\":\"parts\",\"ours\":\"brand\",\"theirs\":\"marca\",\"fixed\":null}");
        assertThat(browser.post("/console/api/mappings", acme.replace("\"ours\":\"line_code\"", "\"ours\":\"brand\""))
                        .code())
                .isEqualTo("mapping-invalid");
        assertThat(browser.form("/console/api/mappings/suggestion", "parts", "lista.csv", "Marca,Clave\nx,1\n")
                        .json()
                        .toString())
                .contains("[\"Marca\",\"Clave\"]");
        assertThat(browser.send("DELETE", "/console/api/mappings?supplier=acme", null)
                        .status())
                .isEqualTo(204);
        assertThat(browser.send("DELETE", "/console/api/mappings?supplier=acme", null)
                        .code())
                .isEqualTo("mapping-unknown");
    }
}
