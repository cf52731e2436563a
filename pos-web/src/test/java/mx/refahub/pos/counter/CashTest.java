package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The drawer's calls as a page makes them. */
class CashTest {
    private static Desk desk;
    private Desk.Browser marta;
    private String drawer;

    @BeforeAll
    static void open() {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @BeforeEach
    void marta_has_opened_caja_1_with_500() {
        marta = desk.signedIn(Role.CASHIER);
        JsonNode session = marta.post(
                        "/pos/api/registers/" + Desk.CAJA_1 + "/sessions",
                        "{\"id\":\"%s\",\"openingFloat\":50000}".formatted(UUID.randomUUID()))
                .json();
        if (session.path("counted").asBoolean()) {
            closes(session.path("id").asString());
            marta_has_opened_caja_1_with_500();
            return;
        }
        drawer = "/pos/api/cash/sessions/" + session.path("id").asString();
    }

    private void closes(String session) {
        assertThat(marta.post("/pos/api/cash/sessions/" + session + "/z", closing("Fin de la prueba"))
                        .status())
                .isEqualTo(200);
    }

    private static String closing(String reason) {
        return "{\"act\":\"%s\",\"reasons\":[{\"tender\":\"CASH\",\"currency\":\"MXN\",\"reason\":\"%s\"}]}"
                .formatted(UUID.randomUUID(), reason);
    }

    private Desk.Answer move(String amount, String more) {
        return marta.post(
                drawer + "/movements",
                "{\"act\":\"%s\",\"reason\":\"PETTY_CASH\",\"currency\":\"MXN\",\"amount\":%s%s}"
                        .formatted(UUID.randomUUID(), amount, more));
    }

    private static String field(Desk.Answer answer) {
        JsonNode error = answer.json().path("errors").path(0);
        return error.path("field").asString() + ": " + error.path("text").asString();
    }

    @Test
    void whatever_is_typed_as_an_amount_is_taken_or_told_at_its_field() {
        String receipt = ",\"reference\":\"R-1\"";
        assertThat(move("\"145.5\"", receipt).json().path("amount").path("text").asString())
                .isEqualTo("−$145.50");
        assertThat(move("\"$ 1,234\"", receipt).code()).isEqualTo("cash-over-limit");
        for (String bad : List.of(
                "\"-5\"",
                "\"0\"",
                "\"\"",
                "\"12.345\"",
                "\"1e9\"",
                "\"9999999999999999999\"",
                "\"1000000.01\"",
                "\"cien\"",
                "\"\\u0661\\u0662\"",
                "\"\\uD83D\\uDCB0\"",
                "\"1,23\"",
                "-5",
                "12.345")) {
            Desk.Answer answer = move(bad, receipt);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(field(answer))
                    .as(bad)
                    .isEqualTo("amount: Escribe un monto como 500 o 489.50, mayor que cero y hasta 1,000,000.");
        }
        assertThat(field(move("null", receipt))).isEqualTo("amount: Falta este dato");
    }

    @Test
    void words_that_order_a_printer_about_or_cannot_be_seen_are_told_at_their_field() {
        for (String bad : List.of("a\\u200Bb", "a\\nb"))
            assertThat(field(move("\"10\"", ",\"reference\":\"" + bad + "\"")))
                    .as(bad)
                    .isEqualTo(
                            "reference: Hay signos que no se pueden imprimir. Escríbelo otra vez con letras y números.");
        for (String unsaved : List.of("a\\u0000", "a\\u001b@", "\\uD800", "a\\u202Eb"))
            assertThat(field(move("\"10\"", ",\"reference\":\"" + unsaved + "\"")))
                    .as(unsaved)
                    .isEqualTo("reference: Lleva caracteres que no se pueden guardar. Escríbelo en lugar de pegarlo");
        assertThat(field(move("\"10\"", ",\"reference\":\"" + "x".repeat(121) + "\"")))
                .isEqualTo("reference: Lleva demasiados caracteres");
        assertThat(move("\"10\"", ",\"reference\":\" \"").code()).isEqualTo("cash-reference-missing");
        assertThat(move("\"10\"", ",\"reference\":\"Ñandú 漢字 1\"").status()).isEqualTo(200);
    }

    @Test
    void above_the_limit_it_takes_a_managers_pin() {
        String large = ",\"reference\":\"F-9\",\"manager\":\"%s\",\"pin\":\"%s\"";

        assertThat(move("\"500.01\"", ",\"reference\":\"F-9\"").status()).isEqualTo(403);
        assertThat(move("\"500.01\"", large.formatted("toño", "000000")).code()).isEqualTo("sign-in-failed");
        assertThat(move("\"500.01\"", large.formatted("marta", "482915")).code())
                .isEqualTo("cash-approver-wrong");
        assertThat(move("\"500.01\"", large.formatted("toño", "482915"))
                        .json()
                        .path("approvedByName")
                        .asString())
                .isEqualTo("Antonio Méndez");
    }

    @Test
    void a_cashier_does_not_learn_what_should_be_there_before_it_is_counted() {
        JsonNode x = marta.get(drawer + "/x").json();
        JsonNode managers = desk.signedIn(Role.MANAGER).get(drawer + "/x").json();

        assertThat(x.path("withExpected").asBoolean()).isFalse();
        assertThat(x.path("tenders").path(0).path("expected").isNull()).isTrue();
        assertThat(managers.path("tenders")
                        .path(0)
                        .path("expected")
                        .path("minor")
                        .asLong())
                .isPositive();
        assertThat(marta.get(drawer + "/count").code()).isEqualTo("cash-not-counted");
        assertThat(marta.get("/pos/api/cash/days").status()).isEqualTo(403);
        assertThat(desk.signedIn(Role.ACCOUNTANT).get("/pos/api/cash/days").status())
                .isEqualTo(200);
    }

    @Test
    void a_count_is_told_row_by_row_as_it_is_typed_and_bad_pieces_at_their_row() {
        JsonNode tally =
                marta.post("/pos/api/cash/tally", pieces("3", "BILL", 50_000)).json();

        assertThat(tally.path("rows").path(0).path("key").asString()).isEqualTo("MXN-BILL-50000");
        assertThat(tally.path("rows").path(0).path("amount").path("text").asString())
                .isEqualTo("$1,500.00");
        assertThat(tally.path("pesos").path("text").asString()).isEqualTo("$1,500.00");
        for (String bad : List.of("-1", "1.5", "uno", "100000", "\\u0663"))
            assertThat(field(marta.post("/pos/api/cash/tally", pieces(bad, "BILL", 50_000))))
                    .as(bad)
                    .isEqualTo("pieces[0].count: Escribe cuántas piezas son, solo con números: de 0 a 99,999.");
        assertThat(marta.post("/pos/api/cash/tally", pieces("1", "BILL", 3_000)).code())
                .isEqualTo("cash-count-invalid");
    }

    @Test
    void count_result_reason_and_z_in_three_steps() {
        String count = "{\"act\":\"%s\",\"vouchers\":[{\"tender\":\"DEBIT_CARD\",\"amount\":\"\"}],%s"
                .formatted(UUID.randomUUID(), pieces("9", "BILL", 100_000).substring(1));
        JsonNode result = marta.post(drawer + "/count", count).json();
        assertThat(result.path("tenders").path(0).path("state").asString()).isEqualTo("over");
        assertThat(result.path("tenders").path(0).path("needsReason").asBoolean())
                .isTrue();
        assertThat(marta.get("/pos/api/registers")
                        .json()
                        .path("registers")
                        .path(0)
                        .path("session")
                        .path("counted")
                        .asBoolean())
                .isTrue();

        Desk.Answer without = marta.post(drawer + "/z", closing(" "));
        JsonNode z = marta.post(drawer + "/z", closing("Se prestó a Caja 2")).json();

        assertThat(without.status()).isEqualTo(422);
        assertThat(without.json().path("detail").asString())
                .isEqualTo("La diferencia necesita una explicación: Efectivo. Escríbela para cerrar.");
        assertThat(z.path("number").asLong()).isPositive();
        String id = z.path("z").asString();
        assertThat(marta.get("/pos/api/cash/zs/" + id).json()).isEqualTo(z);
        assertThat(marta.post("/pos/api/cash/zs/" + id + "/reprint", "{}").status())
                .isEqualTo(200);
        assertThat(desk.signedIn(Role.MANAGER).get("/pos/api/cash/zs").json().path("zs"))
                .hasSizeGreaterThan(0);
    }

    @Test
    void a_broken_journal_names_its_row_in_the_callers_language() {
        Desk.Browser manager = desk.signedIn(Role.MANAGER);

        assertThat(manager.get(drawer + "/journal").json().path("text").asString())
                .startsWith("El renglón 3 del diario no es el que se escribió.");
        assertThat(manager.speaking(Locale.ENGLISH.toLanguageTag())
                        .get(drawer + "/journal")
                        .json()
                        .path("text")
                        .asString())
                .startsWith("Row 3 of the journal is not what was written.");
    }

    @Test
    void a_day_is_asked_for_by_its_date_and_anything_else_is_told_at_its_field() {
        Desk.Browser manager = desk.signedIn(Role.MANAGER);

        assertThat(manager.get("/pos/api/cash/days?day=2026-03-02")
                        .json()
                        .path("before")
                        .asString())
                .isEqualTo("2026-03-01");
        assertThat(manager.post("/pos/api/cash/days/2026-03-02/print", "{}").status())
                .isEqualTo(200);
        assertThat(manager.get("/pos/api/cash/days").json().path("after").isNull())
                .isTrue();
        for (String bad : List.of("02/03/2026", "2026-02-30", "ayer", "2026-3-2"))
            assertThat(field(manager.get("/pos/api/cash/days?day=" + bad)))
                    .as(bad)
                    .isEqualTo("day: No tiene el formato esperado");
    }

    private static String pieces(String count, String form, long value) {
        return "{\"pieces\":[{\"currency\":\"MXN\",\"form\":\"%s\",\"value\":%d,\"count\":\"%s\"}]}"
                .formatted(form, value, count);
    }
}
