package mx.refahub.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.LeaseBody;
import org.junit.jupiter.api.Test;

/** A promise as a till of the first schema wrote it. */
class RecordedLeaseTest {
    @Test
    void the_answer_that_a_till_gave_by_itself_is_read() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/recorded/stock-lease-schema-1.json")) {
            byte[] bytes = Objects.requireNonNull(in, "recorded lease").readAllBytes();

            LeaseBody body = new Bodies()
                    .read(
                            new Posting.Landed(UUID.randomUUID(), new StoreId(UUID.randomUUID()), bytes),
                            LeaseBody.class);

            assertThat(body.step()).isEqualTo("RESERVED");
            assertThat(body.pieces()).isEqualTo(1_000);
            assertThat(body.by()).isNull();
            assertThat(DocumentType.STOCK_LEASE_SCHEMA).isEqualTo(1);
        }
    }
}
