package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules over HTTP: what a line of cron means, and a schedule's life. */
class SchedulesOverHttpTest {
    private static final String PLACE = "/console/api/schedules";

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

    private static Desk.Answer times(String cron, String zone) {
        return browser.post(PLACE + "/times", "{\"cron\":\"%s\",\"zone\":\"%s\"}".formatted(cron, zone));
    }

    @Test
    void a_line_of_cron_is_told_before_anything_is_kept() {
        Desk.Answer told = times("0 3 * * mon-fri", "America/Mexico_City");
        assertThat(told.json().path("sentence").asString()).isEqualTo("De lunes a viernes, a las 03:00.");
        assertThat(told.json().path("next").size()).isEqualTo(1);
        assertThat(times("0 3 1 * 1", "America/Mexico_City").code()).isEqualTo("cron-invalid");
        assertThat(times("0 3 1 * 1", "America/Mexico_City").status()).isEqualTo(422);
        assertThat(times("0 3 * * *", "Marte/Olympus").code()).isEqualTo("zone-invalid");
        assertThat(browser.get(PLACE).json().path("schedules").size()).isZero();
    }

    @Test
    void a_schedule_is_made_paused_resumed_and_deleted() {
        String one = PLACE + "/0190c5a0-0000-7000-8000-000000000001";
        Desk.Answer made = browser.send("PUT", one, """
                {"job":"index-build","parameters":{"full":" "},"cron":"*/30 * * * *","zone":"UTC","missed":"run_once"}""");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json().path("sentence").asString()).isEqualTo("Todos los días, cada 30 minutos.");
        assertThat(made.json().path("missed").asString()).isEqualTo("run_once");
        assertThat(made.json().path("parameters").size())
                .as("blank is not given")
                .isZero();
        assertThat(made.json().path("madeBy").asString()).isEqualTo("Persona ADMIN");
        assertThat(browser.post(one + "/pause", "{}").json().path("paused").asBoolean())
                .isTrue();
        assertThat(browser.post(one + "/resume", "{}").json().path("paused").asBoolean())
                .isFalse();
        assertThat(browser.send("DELETE", one, "{}").status()).isEqualTo(204);
        assertThat(browser.post(one + "/pause", "{}").code()).isEqualTo("schedule-unknown");
        assertThat(browser.post(one + "/pause", "{}").status()).isEqualTo(404);
    }
}
