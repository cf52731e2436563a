package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.BadInput;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what at a till: over the real chain, every row, every role. */
class CounterAccessTest {
    private static Desk desk;
    /** Calls that would end or lock the session of the test, or that never end. */
    private static final Set<String> SESSIONS = Set.of(
            "/pos/api/session",
            "/pos/api/session/redeem",
            "/pos/api/events",
            "/api/setup",
            "/api/setup/printer",
            "/api/setup/replacement");

    @BeforeAll
    static void open() {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static List<AccessRow> rows() {
        List<AccessRow> rows = new ArrayList<>();
        desk.part(ApplicationContext.class)
                .getBeansOfType(AccessTable.class)
                .values()
                .forEach(table -> rows.addAll(table.rows()));
        return rows;
    }

    private static String path(AccessRow row) {
        return row.pattern()
                .replaceAll("\\{[a-z]+}", UUID.randomUUID().toString())
                .replace("/**", "");
    }

    private static String body(AccessRow row) {
        return row.method().name().matches("POST|PUT") ? "{}" : null;
    }

    @Test
    void every_call_that_a_controller_answers_has_a_row() {
        Set<String> known = new TreeSet<>();
        rows().forEach(row -> known.add(row.method() + " " + row.pattern()));
        Set<String> answered = new TreeSet<>();
        desk.part(ApplicationContext.class)
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (!method.getBeanType().getName().startsWith("mx.refahub")) return;
                    for (String pattern : mapping.getPatternValues()) {
                        mapping.getMethodsCondition().getMethods().forEach(verb -> answered.add(verb + " " + pattern));
                    }
                });

        assertThat(answered).hasSizeGreaterThan(20).allMatch(known::contains);
    }

    @Test
    void a_role_may_do_what_its_rows_say_and_nothing_else() {
        for (Role role : Role.values()) {
            Desk.Browser browser = desk.signedIn(role);
            for (AccessRow row : rows()) {
                if (row.whom() != AccessRow.Whom.PERSON) continue;
                int status = browser.status(row.method().name(), path(row), body(row));
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
    void nobody_comes_far_without_signing_in() {
        for (AccessRow row : rows()) {
            int status = desk.browser().token().status(row.method().name(), path(row), body(row));
            if (row.whom() == AccessRow.Whom.PERSON)
                assertThat(status).as("%s %s", row.method(), row.pattern()).isEqualTo(401);
            else assertThat(status).as("%s %s", row.method(), row.pattern()).isNotEqualTo(403);
        }
    }

    @Test
    void whatever_is_pasted_into_a_field_is_answered_with_a_sentence_and_never_breaks_anything() {
        RequestMappingHandlerMapping calls = desk.part(ApplicationContext.class)
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Desk.Browser browser = desk.signedIn(Role.ADMIN);
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
            // What turns its reading direction is kept nowhere, whatever the field.
            boolean turned = call.body().contains("\\u202e") && answer.status() != 400;
            if (answer.status() == 500 || !sentence || !atField || turned) broken.add(call + " -> " + answer);
        }
        for (String query : BadInput.queries(calls, SESSIONS)) {
            tried++;
            int status = browser.status("GET", query, null);
            if (status == 500) broken.add(query + " -> " + status);
        }
        assertThat(broken).isEmpty();
        assertThat(BadInput.unbounded(calls, SESSIONS)).isEmpty();
        assertThat(tried).isGreaterThan(500);
    }

    @Test
    void a_change_without_the_pages_own_token_is_refused() {
        Desk.Browser browser = desk.signedIn(Role.ADMIN).forgetToken();
        int tried = 0;
        for (AccessRow row : rows()) {
            if (row.method().name().equals("GET") || !row.csrf()) continue;
            Desk.Answer answer = browser.send(row.method().name(), path(row), body(row));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("csrf-stale");
            tried++;
        }
        assertThat(tried).isGreaterThan(8);
        assertThat(rows().stream().filter(row -> !row.csrf()).map(AccessRow::pattern))
                .as("only what carries its own secret, and the desk's own switch")
                .containsExactlyInAnyOrder("/api/setup", "/api/setup/printer", "/api/setup/replacement", "/desk/link");
    }

    @Test
    void signing_in_leaves_a_planted_session_behind_and_signing_out_ends_it() {
        Desk.Browser browser = desk.browser().token();
        String planted = browser.session();
        browser.post("/pos/api/session", "{\"user\":\"marta\",\"pin\":\"482915\"}");

        assertThat(browser.session()).isNotEmpty().isNotEqualTo(planted);
        assertThat(browser.get("/pos/api/registers").status()).isEqualTo(200);
        assertThat(browser.delete("/pos/api/session").status()).isEqualTo(200);
        assertThat(browser.get("/pos/api/registers").code()).isEqualTo("not-signed-in");
    }

    @Test
    void the_session_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        assertThat(desk.browser().get("/pos/api/session").header("Set-Cookie"))
                .contains("refahub-pos=")
                .contains("HttpOnly")
                .contains("SameSite=Strict");
    }

    @Test
    void every_kind_of_answer_carries_the_strict_headers() {
        Desk.Browser browser = desk.signedIn(Role.CASHIER);
        for (String path : List.of(
                "/",
                "/assets/pos/main.js",
                "/assets/pos/nada.js",
                "/pos/api/registers",
                "/api/v1/health",
                "/nada",
                "/v3/api-docs",
                "/service-worker.js")) {
            Desk.Answer answer = browser.get(path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("same-origin");
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .contains("base-uri 'none'")
                    .doesNotContain("unsafe-inline")
                    .doesNotContain("unsafe-eval");
        }
    }

    @Test
    void the_pages_only_inline_script_is_the_one_that_the_policy_names() throws Exception {
        Desk.Answer page = desk.browser().get("/");
        Matcher script = Pattern.compile("<script[^>]*>([^<]+)</script>")
                .matcher(page.response().body());

        assertThat(script.find()).isTrue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page.header("Content-Security-Policy"))
                .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        assertThat(script.find()).isFalse();
        assertThat(page.response().body()).doesNotContain("style=").doesNotContain("onclick");
    }

    @Test
    void whatever_the_page_and_its_import_map_name_is_served() {
        String page = desk.browser().get("/").response().body();
        Matcher asset = Pattern.compile("\"(/assets/[^\"]+[a-z0-9])\"").matcher(page);
        int found = 0;
        while (asset.find()) {
            assertThat(desk.browser().get(asset.group(1)).status())
                    .as(asset.group(1))
                    .isEqualTo(200);
            found++;
        }
        assertThat(found).isGreaterThan(8);
    }

    @Test
    void a_browser_keeps_a_script_by_what_it_holds_and_not_by_its_date() {
        Desk.Answer script = desk.browser().get("/assets/pos/main.js");

        assertThat(script.header("ETag")).matches("\"[0-9a-f]{24}\"");
        assertThat(script.header("Cache-Control")).contains("no-cache");
        assertThat(script.response().headers().firstValue("Last-Modified")).isEmpty();
    }

    @Test
    void a_till_serves_nothing_of_the_console() {
        assertThat(desk.browser().get("/assets/console/index.html").status()).isEqualTo(404);
        assertThat(desk.browser().get("/console").status()).isEqualTo(404);
        assertThat(desk.signedIn(Role.ADMIN).get("/console/api/stores").status())
                .isEqualTo(404);
    }

    @Test
    void before_its_setup_a_till_answers_nothing_but_the_setup() {
        try (Desk fresh = Desk.open("--desk.setup=true")) {
            Desk.Browser browser = fresh.browser().token();
            assertThat(browser.get("/").status()).isEqualTo(200);
            assertThat(browser.get("/api/setup").json().path("needed").asBoolean())
                    .isTrue();
            assertThat(browser.get("/pos/api/people").code()).isEqualTo("setup-needed");
            assertThat(browser.get("/api/v1/catalog/search?q=x").code()).isEqualTo("setup-needed");
            assertThat(browser.post("/pos/api/session", "{\"user\":\"marta\",\"pin\":\"482915\"}")
                            .status())
                    .isEqualTo(503);

            String form = """
                    {"oneTimeCode":"%s","hub":"http://localhost:8090","activationCode":"A1","name":"Centro","code":"C01","postalCode":"72000",
                     "taxRegion":"STANDARD","timeZone":"America/Mexico_City","cashierUser":"marta","cashierName":"Marta"}""";
            Desk.Browser script = fresh.browser();
            assertThat(script.post("/api/setup", form.formatted("WRONG")).code())
                    .isEqualTo("code-wrong");
            assertThat(script.post("/api/setup", form.formatted("7K3M-9QXA"))
                            .json()
                            .path("name")
                            .asString())
                    .isEqualTo("Centro");
            assertThat(script.post("/api/setup", form.formatted("7K3M-9QXA")).code())
                    .isEqualTo("setup-done");
            assertThat(browser.get("/pos/api/people").status()).isEqualTo(200);
        }
    }
}
