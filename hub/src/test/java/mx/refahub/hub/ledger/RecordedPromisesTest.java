package mx.refahub.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import org.junit.jupiter.api.Test;

/** Documents as a store wrote them. */
class RecordedPromisesTest {
    private final Bodies bodies = new Bodies();

    private <T extends Record> T recorded(String type, Class<T> body) {
        return recorded(type, 1, body);
    }

    private <T extends Record> T recorded(String type, int schema, Class<T> body) {
        try (InputStream in = getClass().getResourceAsStream("/recorded/" + type + "-schema-" + schema + ".json")) {
            byte[] bytes = Objects.requireNonNull(in, "recorded " + type).readAllBytes();
            return bodies.read(new Posting.Landed(UUID.randomUUID(), new StoreId(UUID.randomUUID()), bytes), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_layaway_its_deposit_and_its_cancelling_are_read_and_add_up() {
        PromiseMadeBody made = recorded("promise-made", PromiseMadeBody.class);
        PromisePaymentBody paid = recorded("promise-payment", PromisePaymentBody.class);
        PromiseChangedBody changed = recorded("promise-changed", PromiseChangedBody.class);

        assertThat(made.lines().stream().mapToLong(SaleBody.LineBody::total).sum())
                .isEqualTo(made.totals().total());
        assertThat(made.plan().stream()
                        .mapToLong(PromiseMadeBody.InstallmentBody::amount)
                        .sum())
                .isEqualTo(made.totals().total() - paid.amount());
        assertThat(paid.promise()).isEqualTo(made.id());
        assertThat(changed.promise()).isEqualTo(made.id());
        PromiseChangedBody.BackBody back = Objects.requireNonNull(changed.back());
        assertThat(back.returned() + back.kept()).isEqualTo(paid.amount());
        assertThat(paid.foreign()).isNull();
        assertThat(back.gone()).isEqualTo(paid.amount());
    }

    @Test
    void dollars_and_a_slip_of_schema_2_are_read() {
        PromisePaymentBody.ForeignBody dollars = Objects.requireNonNull(
                recorded("promise-payment", 2, PromisePaymentBody.class).foreign());
        assertThat(dollars).isEqualTo(new PromisePaymentBody.ForeignBody("USD", 1_000, "17.5"));
        PromiseChangedBody.BackBody back = Objects.requireNonNull(
                recorded("promise-changed", 2, PromiseChangedBody.class).back());
        assertThat(back.gone()).isEqualTo(59_500);
        assertThat(Objects.requireNonNull(back.slip()).amount()).isEqualTo(12_000);
    }
}
