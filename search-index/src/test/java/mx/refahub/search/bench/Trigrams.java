package mx.refahub.search.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.domain.generator.GeneratedCatalogue;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartQuery;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** PostgreSQL: a weighted text vector, all words, the last as a beginning, or the number; where that finds nothing, names by trigrams. */
final class Trigrams implements Finder {
    private final EmbeddedPostgres server;
    private final Connection connection;
    private final boolean first;

    Trigrams() throws Exception {
        this(
                EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "512MB")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_wal_size", "4GB")
                        .setServerConfig("maintenance_work_mem", "256MB")
                        .setServerConfig("jit", "off")
                        .start(),
                true);
    }

    private Trigrams(EmbeddedPostgres server, boolean first) throws Exception {
        this.server = server;
        this.first = first;
        connection = server.getPostgresDatabase().getConnection();
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    private void run(String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void fill(GeneratedCatalogue catalogue) throws Exception {
        run("create extension pg_trgm");
        run("create unlogged table part (place int, number text, others text, words text, vehicles text)");
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < catalogue.size(); i++) {
            IndexedPart part = catalogue.part(i);
            String normal = part.part().number().normal();
            rows.append(i).append('\t');
            rows.append(normal)
                    .append(' ')
                    .append(part.part().lineCode())
                    .append(normal)
                    .append('\t');
            rows.append(Finder.others(part)).append('\t');
            rows.append(folded(Finder.words(part))).append('\t');
            rows.append(folded(Finder.vehicles(part))).append('\n');
            if (i % 5_000 == 4_999 || i == catalogue.size() - 1) {
                copy.copyIn("copy part from stdin", new StringReader(rows.toString()));
                rows.setLength(0);
            }
        }
        run("""
            alter table part add column found tsvector generated always as (
                setweight(to_tsvector('simple', number), 'A') || setweight(to_tsvector('simple', others), 'B')
                || setweight(to_tsvector('simple', words), 'C') || setweight(to_tsvector('simple', vehicles), 'D')
            ) stored
            """);
        run("create index on part using gin (found)");
        run("create index on part using gin (words gin_trgm_ops)");
        run("analyze part");
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Integer> find(PartQuery query) throws Exception {
        String text = folded(Finder.text(query));
        List<String> words = Stream.of(text.split("[^\\p{L}\\p{N}.]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> '\'' + word + '\'')
                .toList();
        if (words.isEmpty()) return List.of();
        String normal = PartNumber.normal(text).toLowerCase(Locale.ROOT);
        String asked = "(" + words.stream().collect(Collectors.joining(" & ")) + ":*) | '" + normal + "':*";
        List<Integer> found = places("""
                select place
                from part, to_tsquery('simple', ?) asked
                where found @@ asked
                order by ts_rank(found, asked) desc
                limit 10
                """, asked);
        if (!found.isEmpty()) return found;
        return places("""
                select place
                from part
                where words %> ?
                order by words <->> ?
                limit 10
                """, text, text);
    }

    private List<Integer> places(String sql, String... values) throws Exception {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) select.setString(i + 1, values[i]);
            List<Integer> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) found.add(rows.getInt(1));
            }
            return found;
        }
    }

    @Override
    public Finder another() throws Exception {
        return new Trigrams(server, false);
    }

    @Override
    public void close() throws Exception {
        connection.close();
        if (first) server.close();
    }
}
