package mx.refahub.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.SaleBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as tills of each schema wrote them: a till that was offline for a month still sends the old ones. */
class RecordedSalesTest {
    private final Bodies bodies = new Bodies();

    private SaleBody recorded(int schema) {
        try (InputStream in = getClass().getResourceAsStream("/recorded/sale-schema-" + schema + ".json")) {
            byte[] body = Objects.requireNonNull(in, "recorded sale").readAllBytes();
            return bodies.read(
                    new Posting.Landed(UUID.randomUUID(), new StoreId(UUID.randomUUID()), body), SaleBody.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void each_schema_is_read_and_adds_up(int schema) {
        SaleBody body = recorded(schema);

        assertThat(SaleCheck.differences(body)).isEmpty();
        assertThat(SaleBody.of(body.toSale()).lines()).hasSameSizeAs(body.lines());
    }

    @Test
    void the_newest_schema_is_among_them() {
        assertThat(DocumentType.SALE_SCHEMA).isEqualTo(5);
    }

    @Test
    void a_sale_on_account_says_whose_and_when_it_is_due_and_an_older_one_says_nobody() {
        Sale sale = recorded(4).toSale();

        assertThat(sale.onAccount().minor()).isEqualTo(20_000);
        assertThat(sale.buyer()).isNotNull();
        assertThat(SaleBody.of(sale).buyer()).isEqualTo(recorded(4).buyer());
        assertThat(recorded(3).toSale().buyer()).isNull();
    }

    @Test
    void a_line_without_a_part_says_so_and_moves_nothing() {
        Sale sale = recorded(3).toSale();

        assertThat(sale.lines())
                .extracting(SaleLine::kind)
                .containsExactly(SaleLine.Kind.MISC, SaleLine.Kind.MISC_RETURN);
        assertThat(sale.lines()).extracting(SaleLine::part).containsOnly(PartId.NONE);
        assertThat(sale.lines())
                .allSatisfy(line -> assertThat(StockMovement.Kind.of(line)).isNull());
    }
}
