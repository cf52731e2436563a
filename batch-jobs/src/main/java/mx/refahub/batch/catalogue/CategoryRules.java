package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CsvOut;
import mx.refahub.batch.intake.ReferenceFile;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.run.RunRefused;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which category a part has by the words of its name, see docs/catalogue.md. The rules are a table, written by a file of a person's and read as one;
 * they are looked through once for each name, since names repeat.
 */
final class CategoryRules {
    static final String FILE = "rules";
    private static final int MOST = 5_000;
    private static final int WORDS_LENGTH = 200;
    private static final int CATEGORY_LENGTH = 200;

    private static final int WORDS = 0;
    private static final int CATEGORY = 1;
    private static final int LINE_CODE = 2;
    private static final List<Column> COLUMNS = List.of(required("words"), required("category"), optional("line_code"));

    private final JdbcClient jdbc;

    CategoryRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the place of all rules there are.
     *
     * @throws RunRefused if a row is wrong
     */
    int replace(Path file) throws IOException {
        List<String> words = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<String> categories = new ArrayList<>();
        ReferenceFile.read(FILE, file, COLUMNS, MOST, row -> {
            String text = words(row);
            String category = row.requiredText(CATEGORY, CATEGORY_LENGTH);
            String line =
                    row.has(LINE_CODE) && !row.text(LINE_CODE, CATEGORY_LENGTH).isEmpty()
                            ? row.lineCode(LINE_CODE)
                            : "";
            words.add(text);
            lines.add(line);
            categories.add(category);
        });
        jdbc.sql("delete from category_rule").update();
        jdbc.sql("""
                insert into category_rule (place, words, line_code, category)
                select place, words, line, category
                from unnest(:words, :lines, :categories) with ordinality as t (words, line, category, place)
                """)
                .param("words", words.toArray(String[]::new))
                .param("lines", lines.toArray(String[]::new))
                .param("categories", categories.toArray(String[]::new))
                .update();
        return words.size();
    }

    /** In plain small letters; what is neither letter nor digit parts words, a dash in front says that the word must not be there. */
    private static String words(Row row) {
        String typed = row.requiredText(WORDS, WORDS_LENGTH);
        Set<String> words = new TreeSet<>();
        for (String word : typed.strip().split("\\s+")) {
            String plain = plain(word);
            if (!plain.isEmpty()) words.add(word.startsWith("-") ? "-" + plain : plain);
        }
        if (!typed.isEmpty() && words.stream().allMatch(word -> word.startsWith("-")))
            row.reject(WORDS, "Una regla necesita al menos una palabra que esté en el nombre.");
        return String.join(" ", words);
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]", "");
    }

    /** As a file that may be changed and fed again. */
    void write(Path file) throws IOException {
        try (CsvOut out = new CsvOut(file, COLUMNS.stream().map(Column::name).toList())) {
            for (String[] each : jdbc.sql("""
                    select words, category, line_code
                    from category_rule
                    order by place
                    """)
                    .query((row, n) -> new String[] {row.getString(1), row.getString(2), row.getString(3)})
                    .list()) out.row(each);
        }
    }

    /**
     * @param unclassified a query that yields {@code name} and {@code line_code}, may be often the same
     * @return a query that yields {@code name}, {@code line_code}, {@code category} of those that a rule holds for
     */
    static String categories(String unclassified) {
        return """
            select n.name, n.line_code, found.category
            from (
                select distinct name, line_code,
                    ' ' || regexp_replace(
                        regexp_replace(normalize(lower(name), nfd), '[\\u0300-\\u036f]', '', 'g'), '[^a-z0-9]+', ' ', 'g') as plain
                from (
            """ + unclassified + """
                ) as told) as n
            cross join lateral (
                select r.category
                from category_rule r
                where r.line_code in ('', n.line_code)
                and not exists (
                    select
                    from string_to_table(r.words, ' ') as w (word)
                    where case when w.word like '-%' then strpos(n.plain, ' ' || substr(w.word, 2)) > 0
                        else strpos(n.plain, ' ' || w.word) = 0 end)
                order by r.place
                limit 1) as found
            """;
    }
}
