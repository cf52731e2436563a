package mx.refahub.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;

/** Any bytes as a question: the first says what is chosen beside it, the rest is typed. Whatever it is, it is answered. */
public final class QueryFuzz {
    private static final Shelf SHELF = shelf();

    private QueryFuzz() {}

    private static Shelf shelf() {
        try {
            return Shelf.stocked(Files.createTempDirectory("query-fuzz"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length == 0) return;
        int how = bytes[0];
        String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        boolean lifted = (how & 1) != 0;
        boolean chosen = (how & 2) != 0;
        PartQuery query = new PartQuery(
                (how & 4) != 0 && chosen ? "" : text,
                chosen ? "Volkswagen" : "",
                chosen ? text : "",
                (how & 8) != 0 ? 2015 : 0,
                "",
                (how & 16) != 0 ? text : "",
                "",
                "",
                (how & 32) != 0,
                lifted ? Set.of(text) : Set.of(),
                (how & 64) != 0,
                20,
                0);
        PartHits hits = SHELF.search.find(query, new StockBeside());
        if (hits.hits().size() > hits.total() || hits.hits().size() > 20)
            throw new IllegalStateException(hits.hits().size() + " hits of " + hits.total());
        SHELF.search.choices(query);
    }
}
