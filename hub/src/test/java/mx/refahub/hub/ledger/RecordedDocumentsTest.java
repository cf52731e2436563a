package mx.refahub.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.domain.wire.CustomerChangedBody;
import mx.refahub.domain.wire.InvoiceRequestedBody;
import mx.refahub.domain.wire.LostSaleBody;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.domain.wire.PinChosenBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.domain.wire.StockBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of every type as tills wrote them, of the present schema and of those before: they are read whole, whatever version of the program wrote them. */
class RecordedDocumentsTest {
    /** Types by their body and newest schema. */
    private record Kind(Class<? extends Record> body, int newest) {}

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(DocumentType.SALE, new Kind(SaleBody.class, DocumentType.SALE_SCHEMA));
        KINDS.put(
                DocumentType.CASH_SESSION_OPENED,
                new Kind(CashSessionOpenedBody.class, DocumentType.CASH_SESSION_OPENED_SCHEMA));
        KINDS.put(DocumentType.PIN_CHOSEN, new Kind(PinChosenBody.class, DocumentType.PIN_CHOSEN_SCHEMA));
        KINDS.put(
                DocumentType.INVOICE_REQUESTED,
                new Kind(InvoiceRequestedBody.class, DocumentType.INVOICE_REQUESTED_SCHEMA));
        KINDS.put(DocumentType.BANK_DEPOSIT, new Kind(BankDepositBody.class, DocumentType.BANK_DEPOSIT_SCHEMA));
        KINDS.put(DocumentType.CASH_MOVEMENT, new Kind(CashMovementBody.class, DocumentType.CASH_MOVEMENT_SCHEMA));
        KINDS.put(
                DocumentType.CASHIER_SWITCHED,
                new Kind(CashierSwitchedBody.class, DocumentType.CASHIER_SWITCHED_SCHEMA));
        KINDS.put(
                DocumentType.CASH_SESSION_CLOSED,
                new Kind(CashSessionClosedBody.class, DocumentType.CASH_SESSION_CLOSED_SCHEMA));
        KINDS.put(
                DocumentType.CASH_SESSION_REOPENED,
                new Kind(CashSessionReopenedBody.class, DocumentType.CASH_SESSION_REOPENED_SCHEMA));
        KINDS.put(DocumentType.PART_PROPOSED, new Kind(PartProposedBody.class, DocumentType.PART_PROPOSED_SCHEMA));
        KINDS.put(DocumentType.LOST_SALE, new Kind(LostSaleBody.class, DocumentType.LOST_SALE_SCHEMA));
        KINDS.put(DocumentType.CORES_GIVEN, new Kind(CoresGivenBody.class, DocumentType.CORES_GIVEN_SCHEMA));
        for (String stock : new String[] {
            DocumentType.STOCK_RECEIPT,
            DocumentType.STOCK_TRANSFER_OUT,
            DocumentType.STOCK_TRANSFER_IN,
            DocumentType.STOCK_COUNT,
            DocumentType.STOCK_ADJUSTMENT
        }) KINDS.put(stock, new Kind(StockBody.class, DocumentType.STOCK_SCHEMA));
        KINDS.put(
                DocumentType.CUSTOMER_CHANGED,
                new Kind(CustomerChangedBody.class, DocumentType.CUSTOMER_CHANGED_SCHEMA));
        KINDS.put(
                DocumentType.ACCOUNT_PAYMENT, new Kind(AccountPaymentBody.class, DocumentType.ACCOUNT_PAYMENT_SCHEMA));
        KINDS.put(DocumentType.CHEQUE_BOUNCED, new Kind(ChequeBouncedBody.class, DocumentType.CHEQUE_BOUNCED_SCHEMA));
    }

    private final Bodies bodies = new Bodies();

    private static Stream<String> types() {
        return KINDS.keySet().stream();
    }

    private static InputStream file(String type, int schema) {
        return RecordedDocumentsTest.class.getResourceAsStream("/recorded/" + type + "-schema-" + schema + ".json");
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_schema_that_was_ever_recorded_is_read(String type) throws IOException {
        Kind kind = KINDS.get(type);
        int read = 0;
        for (int schema = 1; schema <= kind.newest(); schema++) {
            try (InputStream in = file(type, schema)) {
                if (in == null) continue;
                Record body = bodies.read(
                        new Posting.Landed(UUID.randomUUID(), new StoreId(UUID.randomUUID()), in.readAllBytes()),
                        kind.body());
                assertThat(body).isInstanceOf(kind.body());
                read++;
            }
        }
        assertThat(read).as("%s was recorded", type).isPositive();
    }

    @Test
    void the_present_and_the_two_schemas_before_of_what_has_more_than_one_are_among_them() {
        for (int schema = Math.max(1, DocumentType.SALE_SCHEMA - 2); schema < DocumentType.SALE_SCHEMA; schema++)
            assertThat(file(DocumentType.SALE, schema)).isNotNull();
        for (int schema = 1; schema <= DocumentType.STOCK_SCHEMA; schema++)
            assertThat(file(DocumentType.STOCK_RECEIPT, schema)).isNotNull();
    }

    @Test
    void a_body_that_lacks_what_its_type_needs_is_not_read() throws IOException {
        try (InputStream in = Objects.requireNonNull(file(DocumentType.LOST_SALE, 1))) {
            String cut = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replaceFirst("\"id\":\"[^\"]+\",?", "");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> bodies.read(
                            new Posting.Landed(
                                    UUID.randomUUID(),
                                    new StoreId(UUID.randomUUID()),
                                    cut.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                            LostSaleBody.class))
                    .isInstanceOf(mx.refahub.domain.Failure.class);
        }
    }
}
