package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Example;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationTest {
    private static final String CATEGORIES = """
        select part_number || ' ' || category || case when category_by_rule then ' by rule' else '' end
        from part
        order by 1
        """;

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static String part(String number, String name, String category) {
        return Hub.part("FRI", number, name, "1.00").replace("Frenos/Balatas", category);
    }

    private Run importing(String parts) {
        Run run = hub.feed("catalogue-import", "parts", PARTS + parts);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private Run classify(Map<String, Path> files) {
        Run run = hub.run("classify", files);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    @Test
    void a_part_that_comes_without_a_category_gets_one_by_the_words_of_its_name_and_is_marked() {
        Run run = importing(part("1", "BALATAS Cerámicas delanteras", "")
                + part("2", "Bujía de iridio", "Mis bujías")
                + part("3", "Cosa sin nombre", "")
                + part("4", "Cables para bujía", ""));
        assertThat(run.message()).contains("Piezas sin categoría que la tienen por regla: 2.");
        assertThat(hub.texts(CATEGORIES))
                .containsExactly("1 Frenos/Balatas by rule", "2 Mis bujías", "3 ", "4 Motor/Encendido/Cables by rule");

        // What a file tells takes its place, and it is no rule's any more; a file without the column leaves what was
        // told.
        importing(part("1", "BALATAS Cerámicas delanteras", "Frenos/Otras"));
        hub.feed(
                "catalogue-import",
                "parts",
                "line_code,part_number,brand,name_es,list_price,price_includes_tax,tax_class,sat_code,sat_unit\n"
                        + "FRI,1,Brand FRI,Disco de freno,1.00,true,general,25171702,KT\n");
        assertThat(hub.texts(CATEGORIES).getFirst()).isEqualTo("1 Frenos/Otras");
    }

    @Test
    void rules_of_a_persons_own_take_the_place_of_those_there_are_and_can_be_taken_back() {
        importing(part("1", "Balata delantera", "")
                + part("2", "Bujía de iridio", "Mis bujías")
                + part("3", "Xilófono", ""));
        Path rules = hub.file(
                "rules",
                "words,category,line_code\nxilofono -rojo,Música/Percusión,\nBalata,Frenos/Pastillas,fri\nbujia,Otra,\n");
        long run = Hub.done(hub.jobs().start("classify", Map.of("approve", "true"), Map.of("rules", rules), "marta"))
                .id();

        assertThat(hub.settled(run).status()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        assertThat(hub.jobs().preview(run).orElseThrow().changes())
                .containsExactly(new Change(
                        Change.Kind.PART_CHANGED,
                        2,
                        List.of(
                                new Example("FRI 1", "category", "Frenos/Balatas", "Frenos/Pastillas"),
                                new Example("FRI 3", "category", "", "Música/Percusión"))));
        Hub.done(hub.jobs().approve(run, "marta"));
        Run done = hub.ended(run);

        assertThat(done.message()).contains("Reglas nuevas: 3.", "Piezas clasificadas por regla: 2.");
        assertThat(hub.texts(CATEGORIES))
                .containsExactly("1 Frenos/Pastillas by rule", "2 Mis bujías", "3 Música/Percusión by rule");
        assertThat(hub.texts("select part_number from part where catalogue_version = 2"))
                .containsExactlyInAnyOrder("1", "3");
        assertThat(hub.jobs().files(run)).extracting(file -> file.name()).containsExactly("rules.csv");

        assertThat(classify(Map.of()).message()).contains("Nada cambió");
        assertThat(hub.version("catalogue")).isEqualTo(2);

        hub.ended(Hub.done(hub.jobs().undo(run, "marta")).id());
        assertThat(hub.texts(CATEGORIES)).containsExactly("1 Frenos/Balatas by rule", "2 Mis bujías", "3 ");
    }

    @Test
    void a_rule_without_a_word_that_must_be_there_refuses_the_file_and_leaves_the_rules() {
        long before = hub.count("category_rule");
        Run run = hub.run("classify", Map.of("rules", hub.file("rules", "words,category\n-balata,Frenos\n")));
        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message()).contains("Una regla necesita al menos una palabra que esté en el nombre.");
        assertThat(hub.count("category_rule")).isEqualTo(before);
    }

    /** The rules were written by the names of the lines A to M; those of the others are what is measured here. */
    @Test
    void of_the_sample_with_its_categories_hidden_nearly_all_parts_get_the_right_one() throws IOException {
        Path sample = Path.of("sample", "parts.csv");
        hub.run(
                "catalogue-import",
                Map.of("parts", hub.file("parts", Files.readString(sample, StandardCharsets.UTF_8))));
        hub.sql
                .sql("create table told as select id, category from part where category <> ''")
                .update();
        hub.sql.sql("update part set category = ''").update();

        Run run = classify(Map.of());

        String right =
                "select count(*) from told t join part p using (id) where p.line_code >= 'N' and p.category = t.category";
        String wrong =
                "select count(*) from told t join part p using (id) where p.line_code >= 'N' and p.category not in ('', t.category)";
        double all = hub.one("select count(*) from told t join part p using (id) where p.line_code >= 'N'", Long.class);
        assertThat(hub.one(right, Long.class) / all).as(run.message()).isGreaterThanOrEqualTo(0.97);
        assertThat(hub.one(wrong, Long.class) / all).isLessThanOrEqualTo(0.003);
    }
}
