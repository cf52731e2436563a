package mx.refahub.hub.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.hub.TestHub;
import org.apache.ibatis.cursor.Cursor;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of streams as a branch gets them, for tests of other rooms. */
public final class StreamsTold {
    private StreamsTold() {}

    public static List<String> leases(UUID store) {
        return Objects.requireNonNull(TestHub.bean(TransactionTemplate.class).execute(status -> {
            List<String> rows = new ArrayList<>();
            try (Cursor<String> cursor = TestHub.bean(StreamRows.class).leases(store, 0, true)) {
                cursor.forEach(rows::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return rows;
        }));
    }
}
