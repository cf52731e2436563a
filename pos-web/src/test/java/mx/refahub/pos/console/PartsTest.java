package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.desk.DeskImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Parts and their pictures over HTTP. */
class PartsTest {
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

    private static String form(String version, String name, String price) {
        return """
                {"version":"%s","lineCode":"fri","number":"7974-d1045","brand":"Fritec","nameEs":"%s","taxClass":"GENERAL",
                 "satCode":"25171702","satUnit":"KT","price":"%s","priceIncludesTax":true,
                 "barcodes":[{"value":"7501","pack":"12"}],
                 "fitments":[{"make":"VW","model":"Jetta","yearFrom":"2011","yearTo":"2018"}]}""".formatted(version, name, price);
    }

    @Test
    void a_part_is_made_and_mended_and_its_history_reads_like_a_sentence() {
        Desk.Answer made = browser.post("/console/api/parts", form("", "Balata", "489"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String part = "/console/api/parts/" + made.json().path("id").asString();
        assertThat(made.json().path("priceText").asString()).isEqualTo("$489.00");

        Desk.Answer stale = browser.send("PUT", part, form("v0", "Balata cerámica", "520.5"));
        assertThat(stale.code()).isEqualTo("part-changed");
        Desk.Answer mended =
                browser.send("PUT", part, form(made.json().path("version").asString(), "Balata cerámica", "520.5"));
        assertThat(mended.status()).as(mended.toString()).isEqualTo(200);

        JsonNode lines =
                browser.get(part + "/changes").json().path("changes").path(0).path("lines");
        List<String> told = new ArrayList<>();
        for (JsonNode line : lines)
            told.add(line.path("field").asString() + ": " + line.path("before").asString("") + " → "
                    + line.path("after").asString(""));
        assertThat(told)
                .containsExactly(
                        "Nombre: Balata → Balata cerámica", "Precio de lista: $489.00 con IVA → $520.50 con IVA");
        Desk.Answer undone = browser.post(part + "/changes/" + UUID.randomUUID() + "/undo", "{}");
        assertThat(undone.json().path("detail").asString()).contains("Nombre cambió otra vez");
    }

    @Test
    void a_faulty_form_says_of_each_field_what_to_do() {
        Desk.Answer answer = browser.post("/console/api/parts", form("", "", "1,000"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("form-faulty");
        List<String> faults = new ArrayList<>();
        for (JsonNode error : answer.json().path("errors"))
            faults.add(
                    error.path("field").asString() + ": " + error.path("text").asString());
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "nameEs: Escribe este dato; es obligatorio.",
                        "price: Escríbelo como 1234.50, con punto decimal y sin comas ni signos.");
    }

    @Test
    void a_zip_is_taken_and_what_became_of_it_told_and_nothing_is_left_in_the_folder() throws Exception {
        assertThat(browser.form("/console/api/image-batches", "zip", "a.zip", "nada")
                        .code())
                .isEqualTo("zip-broken");
        Desk.Answer taken = browser.form("/console/api/image-batches", "zip", "../fotos.zip", "PK");
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        assertThat(taken.json().path("fileName").asString()).isEqualTo("fotos.zip");
        JsonNode told = browser.get(
                        "/console/api/image-batches/" + taken.json().path("id").asString())
                .json();
        assertThat(told.path("files").path(0).path("reason").asString())
                .isEqualTo("No hay una pieza FRI 1 en el catálogo.");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_picture_is_cached_for_ever_by_its_hash_and_asked_for_again_by_its_place() {
        PartId part = new PartId(UUID.randomUUID());
        String large = "a".repeat(64);
        String small = "b".repeat(64);
        DeskImages images = hall.part(DeskImages.class);
        images.lists.put(part, List.of(new PartImage(large, small, 1200, 800)));
        images.files.put(small, "webp".getBytes(StandardCharsets.UTF_8));

        JsonNode listed = browser.get("/api/v1/catalog/parts/" + part + "/images")
                .json()
                .path("images")
                .path(0);
        Desk.Answer known = browser.get(listed.path("small").asString());
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.header("Content-Type")).isEqualTo("image/webp");
        assertThat(known.header("Cache-Control")).contains("immutable").contains("private");
        assertThat(known.header("ETag")).isEqualTo("\"" + small + "\"");

        String byPlace = "/api/v1/catalog/parts/" + part + "/images/1";
        assertThat(browser.get(byPlace).header("Cache-Control")).contains("no-cache");
        assertThat(browser.get(byPlace + "?size=1200").code()).isEqualTo("image-unknown");
        assertThat(browser.get(byPlace + "?size=77").code()).isEqualTo("image-size-unknown");
        assertThat(browser.get("/api/v1/catalog/parts/" + part + "/images/2").status())
                .isEqualTo(404);
    }
}
