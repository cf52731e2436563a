package mx.refahub.batch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices together hold every record once, on the line on which the whole file has it. */
class FileSlicesTest {
    private static final List<Column> COLUMNS = List.of();
    private static final String[] CELLS = {
        "",
        "a",
        "\"b\"",
        "\"two\nlines\"",
        "\"c\r\nd\"",
        "\"q\"\"q\"",
        "in\"ner",
        " \"x\" ",
        "ñandú €",
        "\"1,2\"",
        "\"\r\"",
        "\"\""
    };
    private static final String[] ENDS = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r"};

    @TempDir
    Path folder;

    @Test
    void slices_of_any_size_hold_every_record_once_on_its_own_line() throws IOException {
        Random random = new Random(5);
        for (int file = 0; file < 300; file++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
            if (random.nextInt(5) == 0) text.append('\n');
            char separator = ",;\t|".charAt(random.nextInt(4));
            text.append("one,two,three".replace(',', separator));
            int records = random.nextInt(12);
            for (int i = 0; i < records; i++) {
                text.append(ENDS[random.nextInt(ENDS.length)]);
                for (int c = 0; c < 3; c++)
                    text.append(c == 0 ? "" : separator).append(CELLS[random.nextInt(CELLS.length)]);
            }
            if (random.nextBoolean()) text.append(ENDS[random.nextInt(ENDS.length)]);
            Path path = Files.writeString(folder.resolve("f" + file + ".csv"), text);
            List<String> whole = new ArrayList<>();
            try (CsvSource source = new CsvSource("f", path, StandardCharsets.UTF_8, COLUMNS, Wording.OURS)) {
                read(source, whole);
            }
            for (long bytes : new long[] {1, 7, 40, 1000}) {
                List<String> sliced = new ArrayList<>();
                for (FileSlice slice : FileSlices.of(path, bytes))
                    try (CsvSource source =
                            CsvSource.slice("f", path, StandardCharsets.UTF_8, COLUMNS, Wording.OURS, slice)) {
                        read(source, sliced);
                    }
                assertThat(sliced).as(text.toString()).isEqualTo(whole);
            }
        }
    }

    @Test
    void a_file_whose_quotes_do_not_close_is_not_cut() throws IOException {
        for (String text : List.of("a,b\n1,2\n3,\"4\n5,6\n", "a,b\n1,\"2\"x\n3,4\n"))
            assertThat(FileSlices.of(Files.writeString(folder.resolve("broken.csv"), text), 1))
                    .as(text)
                    .isEmpty();
    }

    private static void read(CsvSource source, List<String> into) {
        for (Row row = source.next(); row != null; row = source.next()) into.add(row.line() + ":" + row.fields());
    }
}
