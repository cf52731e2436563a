package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of jobs, and the calendar, over HTTP. */
class JobRulesOverHttpTest {
    private static final String RULES = "/console/api/job-rules";
    private static final String ONE = "/console/api/job-followers/0190c5a0-0000-7000-8000-000000000001";
    private static final String DAYS = "/console/api/days-off";

    @TempDir
    static Path folder;

    private static Desk hall;
    private static Desk.Browser browser;

    @BeforeAll
    static void open() {
        hall = HallApplication.open(folder);
        browser = hall.browser();
        browser.get("/console/api/session");
        browser.post(
                "/console/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(HallApplication.user(Role.ADMIN), HallApplication.PASSWORD));
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    @Test
    void a_rule_is_decided_and_taken_back() {
        Desk.Answer put = browser.send("PUT", RULES + "/index-build", """
                {"inCharge":"Compras","timeoutMinutes":30,"retries":2,"retryAfterMinutes":10,"told":["ADMIN","ana@example.mx"]}""");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(put.json().path("timeoutMinutes").asLong()).isEqualTo(30);
        assertThat(put.json().path("changedBy").asString()).isEqualTo("Persona ADMIN");
        Desk.Answer wrong = browser.send("PUT", RULES + "/index-build", """
                {"inCharge":"Compras","timeoutMinutes":0,"retries":2,"retryAfterMinutes":10,"told":["nadie"]}""");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.code()).isEqualTo("job-rule-wrong");
        assertThat(browser.send("DELETE", RULES + "/index-build", "{}")
                        .json()
                        .path("retries")
                        .asInt())
                .isEqualTo(1);
        assertThat(browser.get(RULES)
                        .json()
                        .path("views")
                        .get(0)
                        .path("tookMillis")
                        .asLong())
                .isEqualTo(1500);
    }

    @Test
    void what_people_do_to_a_run_is_in_the_audit_trail_before_it_is_done() {
        browser.post("/console/api/runs/4711/stop", "{}");
        browser.post("/console/api/runs/4711/abandon", "{}");
        assertThat(HallApplication.ACTS).contains("Persona ADMIN run-stop 4711", "Persona ADMIN run-abandon 4711");
        assertThat(browser.get(RULES + "/changes").json().path("changes").size())
                .isZero();
        assertThat(browser.get("/console/api/runs/4711/reconciled")
                        .json()
                        .path("stores")
                        .get(0)
                        .path("outcome")
                        .asString())
                .isEqualTo("DIFFERENT");
    }

    @Test
    void a_job_follows_another_until_it_does_not() {
        Desk.Answer made = browser.send("PUT", ONE, """
                {"job":"index-build","after":"catalogue-import","onlyChanged":true,"parameters":{"x":" "}}""");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json().path("parameters").size()).isZero();
        assertThat(made.json().path("last").path("started").asLong()).isEqualTo(8);
        Desk.Answer cycle = browser.send("PUT", ONE, """
                {"job":"index-build","after":"index-build"}""");
        assertThat(cycle.status()).isEqualTo(422);
        assertThat(cycle.code()).isEqualTo("job-after-cycle");
        assertThat(browser.send("DELETE", ONE, "{}").status()).isEqualTo(200);
        assertThat(browser.send("DELETE", ONE, "{}").status()).isEqualTo(404);
    }

    @Test
    void the_calendar_of_a_year_is_read_and_changed() {
        assertThat(browser.get(DAYS + "?year=2027").json().path("days").size()).isEqualTo(7);
        assertThat(browser.send("PUT", DAYS + "/2027-11-02", "{\"name\":\"Día de muertos\"}")
                        .status())
                .isEqualTo(204);
        assertThat(browser.send("PUT", DAYS + "/2027-05-01", "{\"worked\":true}")
                        .status())
                .isEqualTo(204);
        assertThat(browser.send("PUT", DAYS + "/2027-05-02", "{\"worked\":true}")
                        .code())
                .isEqualTo("day-not-official");
        assertThat(browser.send("PUT", DAYS + "/week", "{\"days\":[7]}").status())
                .isEqualTo(204);
        assertThat(browser.send("PUT", DAYS + "/mañana", "{}").code()).isEqualTo("day-wrong");
        assertThat(browser.get(DAYS + "?year=2027").json().path("days").size()).isEqualTo(8);
        assertThat(browser.get(DAYS + "?year=2027").json().path("week").get(0).asInt())
                .isEqualTo(7);
        assertThat(browser.send("DELETE", DAYS + "/2027-11-02", "{}").status()).isEqualTo(204);
        assertThat(browser.get(DAYS + "?year=1").code()).isEqualTo("day-wrong");
    }
}
