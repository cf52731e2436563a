package mx.refahub.search.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.domain.generator.GeneratedCatalogue;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartQuery;

/** SQLite's full text search: all words, the last as a beginning, or the number; by weighted BM25. It knows nothing of misspellings. */
final class Fts5 implements Finder {
    private final String address;
    private final Connection connection;

    private Fts5(String address) throws Exception {
        this.address = address;
        connection = DriverManager.getConnection(address);
        run("pragma cache_size = -200000");
    }

    Fts5(Path folder) throws Exception {
        this("jdbc:sqlite:" + folder.resolve("fts5.db"));
        run("pragma journal_mode = off");
        run("pragma synchronous = off");
        run("""
            create virtual table part using fts5 (
                number, others, words, vehicles,
                content = '', prefix = '3 4 5', tokenize = 'unicode61 remove_diacritics 2'
            )
            """);
    }

    @Override
    public String name() {
        return "SQLite FTS5";
    }

    private void run(String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void fill(GeneratedCatalogue catalogue) throws Exception {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into part (rowid, number, others, words, vehicles) values (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < catalogue.size(); i++) {
                IndexedPart part = catalogue.part(i);
                String normal = part.part().number().normal();
                insert.setInt(1, i);
                insert.setString(2, normal + ' ' + part.part().lineCode() + normal);
                insert.setString(3, Finder.others(part));
                insert.setString(4, Finder.words(part));
                insert.setString(5, Finder.vehicles(part));
                insert.addBatch();
                if (i % 1_000 == 999) insert.executeBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public List<Integer> find(PartQuery query) throws Exception {
        String text = Finder.text(query);
        List<String> words = Stream.of(text.split("[^\\p{L}\\p{N}.]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> '"' + word.toLowerCase(Locale.ROOT) + '"')
                .toList();
        if (words.isEmpty()) return List.of();
        String all = words.stream().collect(Collectors.joining(" AND "));
        String normal = PartNumber.normal(text);
        String match = "(" + all + "*) OR number : \"" + normal + "\" * OR others : \"" + normal + "\"";
        try (PreparedStatement select = connection.prepareStatement(
                "select rowid from part where part match ? order by bm25(part, 10, 6, 3, 1) limit 10")) {
            select.setString(1, match);
            List<Integer> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) found.add(rows.getInt(1));
            }
            return found;
        }
    }

    @Override
    public Finder another() throws Exception {
        return new Fts5(address);
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
