package mx.refahub.search;

import static mx.refahub.search.Shelf.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.search.IndexedPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynonymTest {
    private static final List<IndexedPart> PARTS = List.of(
            part("A", "1-B", "X", "Balata delantera", "Front brake pad", "Frenos/Balatas"),
            part("A", "2-M", "X", "Marcha nueva", "Starter, new", "Eléctrico/Marchas"),
            part("A", "3-D", "X", "Disco delantero", "Front rotor", "Frenos/Discos"),
            part("B", "4-P", "X", "Pastilla para la tos", "Lozenge", "Varios"));

    private static SynonymFile read(String... lines) throws IOException {
        return SynonymFile.read(new BufferedReader(new StringReader(String.join("\n", lines))));
    }

    @Test
    void a_wrong_line_is_named_with_its_number_and_costs_only_itself() throws IOException {
        SynonymFile file = read(
                "# frenos",
                "balata = pastilla # de freno",
                "sola",
                "",
                "marcha = = arranque",
                "a -> b -> c",
                "de = para",
                "bomba filtro banda disco faro foco = lista",
                "marcha = motor de arranque");
        assertThat(file.lines())
                .extracting(SynonymFile.Line::text)
                .containsExactly("balata = pastilla", "marcha = motor de arranque");
        assertThat(file.wrong())
                .extracting(wrong -> wrong.substring(0, wrong.indexOf(':')))
                .containsExactly("line 3", "line 5", "line 6", "line 7", "line 8");
    }

    @Test
    void what_is_packed_reads_the_same() throws IOException {
        SynonymFile file = read("Balata = PASTILLA de  freno=brake pad", "rotor -> disco = brake disc");
        assertThat(SynonymFile.packed(file.pack())).isEqualTo(file);
    }

    @Test
    void the_programs_own_file_has_no_wrong_line() {
        SynonymFile file = SynonymFile.read(Shelf.SYNONYMS_OF_PROGRAM);
        assertThat(file.wrong()).isEmpty();
        assertThat(file.lines()).hasSizeGreaterThan(400);
    }

    @Test
    void each_finds_each_but_an_arrow_goes_one_way_and_the_typed_word_comes_first(@TempDir Path folder)
            throws IOException {
        Path synonyms = Files.write(
                folder.resolve("synonyms.txt"),
                List.of(
                        "balata = pastilla de freno = pastilla",
                        "marcha = motor de arranque",
                        "rotor de freno -> disco"));
        try (Shelf shelf = new Shelf(folder.resolve("index"), synonyms)) {
            shelf.rebuild(1, PARTS);
            assertThat(shelf.found("motor de arranque")).containsExactly("A 2-M WORD");
            assertThat(shelf.found("MOTORES arranque nueva")).containsExactly("A 2-M WORD");
            assertThat(shelf.found("motor de arr")).as("unfinished").containsExactly("A 2-M WORD");
            assertThat(shelf.found("pastillas delanteras")).containsExactly("A 1-B WORD");
            assertThat(shelf.found("pastiya delantera")).as("misspelt").containsExactly("A 1-B SIMILAR");
            assertThat(shelf.found("pastilla")).as("the word itself first").containsExactly("B 4-P WORD", "A 1-B WORD");
            assertThat(shelf.found("balata")).containsExactly("A 1-B WORD", "B 4-P WORD");
            assertThat(shelf.found("rotor de freno")).containsExactly("A 3-D WORD");
            assertThat(shelf.found("disco")).containsExactly("A 3-D WORD");
            assertThat(shelf.found("arranque")).as("half a phrase").isEmpty();
        }
    }

    @Test
    void an_edited_file_takes_effect_with_the_next_publication_at_the_hub_and_at_a_store(@TempDir Path folder)
            throws IOException {
        Path synonyms = Files.writeString(folder.resolve("synonyms.txt"), "marcha = arranque\n");
        try (Shelf hub = new Shelf(folder.resolve("hub"), synonyms);
                Shelf store = new Shelf(folder.resolve("store"))) {
            hub.rebuild(1, PARTS);
            fetch(hub, store);
            Files.writeString(synonyms, "marcha = burro\n");
            for (Shelf each : List.of(hub, store)) {
                assertThat(each.found("arranque")).containsExactly("A 2-M WORD");
                assertThat(each.found("burro")).isEmpty();
            }
            hub.update(2);
            fetch(hub, store);
            for (Shelf each : List.of(hub, store)) {
                assertThat(each.found("arranque")).isEmpty();
                assertThat(each.found("burro")).containsExactly("A 2-M WORD");
            }
        }
    }

    @Test
    void a_file_that_is_no_text_harms_nobody(@TempDir Path folder) throws IOException {
        Path synonyms = folder.resolve("synonyms.txt");
        byte[] bytes = "marcha = arranque\n\u0000\u0001 = \u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(synonyms, bytes);
        try (Shelf shelf = new Shelf(folder.resolve("index"), synonyms)) {
            shelf.rebuild(1, PARTS);
            assertThat(shelf.found("arranque")).containsExactly("A 2-M WORD");
        }
    }

    static void fetch(Shelf hub, Shelf store) throws IOException {
        IndexManifest newest = hub.index.newest().orElseThrow();
        IndexReplica replica = new ReplicaFiles(store.snapshots, store.search);
        for (IndexReplica.Missing missing : replica.missing(newest)) {
            Path file = hub.index.file(newest.version(), missing.file().name()).orElseThrow();
            replica.receive(newest, missing.file(), new ByteArrayInputStream(Files.readAllBytes(file)));
        }
        replica.swap(newest);
    }
}
