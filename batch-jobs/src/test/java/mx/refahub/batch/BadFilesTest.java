package mx.refahub.batch;

import static mx.refahub.batch.Hub.FITMENTS;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadFilesTest {
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

    private void assertTooLong(Path file) {
        Run run = hub.run("catalogue-import", Map.of("parts", file));
        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message()).contains("más largo que cualquier renglón de verdad");
        assertThat(hub.count("part")).isZero();
    }

    @Test
    void a_line_without_an_end_is_refused_before_it_fills_the_memory() throws IOException {
        assertTooLong(hub.file("parts", PARTS + "x".repeat(3_000_000)));
        assertTooLong(hub.file("parts", PARTS + part("A", "1", "x", "1") + "A,\"" + "x\n".repeat(1_500_000)));
        assertTooLong(hub.file("parts", PARTS + ",".repeat(20_000) + "x\n"));
        assertTooLong(hub.file("parts", PARTS + "x,".repeat(10_000) + "y".repeat(1_040_000) + "\n"));
        assertTooLong(hub.file("parts", "x".repeat(3_000_000)));
    }

    @Test
    void a_file_of_zero_bytes_only_is_no_text_however_large() throws IOException {
        Path file = hub.file("parts", "");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
        }
        Run run = hub.run("catalogue-import", Map.of("parts", file));
        assertThat(run.message()).contains("byte cero en la posición 1");
    }

    @Test
    void a_fitment_of_a_part_that_has_left_the_catalogue_is_one_of_no_part() {
        Run first = hub.feed("catalogue-import", "parts", PARTS + part("A", "1", "x", "1"));
        hub.ended(Hub.done(hub.jobs().undo(first.id(), "marta")).id());

        Run run = hub.feed(
                "catalogue-import", "fitments", FITMENTS + "A,1,VW,Jetta,2018,2011,,,\nA,1,VW,Jetta,2011,2018,,,\n");

        assertThat(hub.texts("select line || ' ' || reason from job_run_reject order by line"))
                .containsExactly("2 Es menor que year_from (2018).", "3 No hay una pieza A 1 en el catálogo.");
        assertThat(run.rejected()).isEqualTo(2);
    }

    @Test
    void text_in_an_encoding_that_is_neither_of_the_two_is_read_as_the_latin_one_and_said() {
        byte[] cp1252 = (PARTS + part("A", "1", "Balata “premium” 5€", "1"))
                .getBytes(java.nio.charset.Charset.forName("windows-1252"));
        Run run = hub.run("catalogue-import", Map.of("parts", hub.file("parts", cp1252)));
        assertThat(run.message()).contains("se leyó como Latin-1");
        assertThat(hub.texts("select name_es from part")).containsExactly("Balata “premium” 5€");

        Run wide = hub.run("catalogue-import", Map.of("parts", hub.file("parts", PARTS, StandardCharsets.UTF_16BE)));
        assertThat(wide.status()).isEqualTo(Status.FAILED);
        assertThat(wide.message()).contains("byte cero");
    }
}
