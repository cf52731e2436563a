package mx.refahub.hub.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import mx.refahub.domain.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies. Unknown fields are kept where they are, in the document; a missing one makes it unreadable, unless it is marked as one that may be null: those
 * are the fields that an older schema did not have.
 */
final class Bodies {
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final JsonMapper sparse = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** @throws Failure {@code REJECTED} naming the place, never the content */
    <T extends Record> T read(Posting.Landed document, Class<T> type) {
        try {
            T body = json.readValue(document.body(), type);
            Completeness.check(body, type.getSimpleName());
            return body;
        } catch (JacksonException e) {
            throw Failure.rejected("body is not readable as " + type.getSimpleName() + ": " + place(e));
        }
    }

    /** As JSON for the database, which takes it apart: an array of objects, without what is null. */
    String rows(List<? extends Record> rows) {
        return sparse.writeValueAsString(rows);
    }

    private static String place(JacksonException e) {
        String path = e.getPathReference();
        String where = path == null || path.isBlank() ? "" : " at " + path.replaceAll("mx\\.refahub\\.[a-z.]+", "");
        return e.getClass().getSimpleName().replace("Exception", "")
                + where
                + (e.getLocation() == null
                        ? ""
                        : " line " + e.getLocation().getLineNr() + " column "
                                + e.getLocation().getColumnNr());
    }
}
