package mx.refahub.hub.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A credit of 100.00, spent at two other branches that could not know of each other. */
class CreditLedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long TOTAL = 433_900;
    private final TestShop centro = TestShop.open();
    private final TestShop norte = TestShop.open();
    private final TestShop sur = TestShop.open();
    private final CreditBoard board = TestHub.bean(CreditBoard.class);

    private static StoreCredit credit(TestShop by, long centavos) throws GeneralSecurityException {
        StoreCredit bare =
                new StoreCredit(UUID.randomUUID(), by.id, Money.mxn(centavos), LocalDate.parse("2026-11-21"), "");
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(by.keys.getPrivate());
        signer.update(bare.message());
        return bare.signed(signer.sign());
    }

    private static Document sale(TestShop at, StoreCredit credit, UUID tender, long byCredit) {
        Sale sale = at.cashSaleOf(UUID.randomUUID(), 1);
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sale)));
        json.set(
                "tenders",
                JSON.valueToTree(List.of(
                        new SaleBody.TenderBody(
                                tender,
                                "STORE_CREDIT",
                                "17",
                                byCredit,
                                byCredit,
                                credit.code().text(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                credit.id(),
                                credit.proof()),
                        new SaleBody.TenderBody(
                                UUID.randomUUID(),
                                "CASH",
                                "01",
                                TOTAL - byCredit,
                                TOTAL - byCredit,
                                "",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null))));
        return at.writeRaw("sale:" + sale.id(), DocumentType.SALE, DocumentType.SALE_SCHEMA, json.toString());
    }

    private static void land(TestShop shop, Document document) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(List.of(document)));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
    }

    private static List<String> said(Document document) {
        return TestHub.sql()
                .sql("select what from ledger_difference where document_id = ?")
                .param(document.envelope().id())
                .query(String.class)
                .list();
    }

    private CreditBoard.Credit shown(StoreCredit credit) {
        return board.standing(500).credits().stream()
                .filter(one -> one.id().equals(credit.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_spent_twice_is_charged_to_the_branch_that_came_later() throws GeneralSecurityException {
        StoreCredit credit = credit(centro, 10_000);
        Document first = sale(norte, credit, UUID.randomUUID(), 6_000);
        Document issued = sale(centro, credit, credit.id(), -10_000);
        Document second = sale(sur, credit, UUID.randomUUID(), 5_000);

        // The spending comes before the credit itself: its slip proves it.
        land(norte, first);
        assertThat(said(first)).isEmpty();
        land(centro, issued);
        assertThat(said(issued)).isEmpty();
        assertThat(shown(credit).spent()).isEqualTo(Money.mxn(6_000));
        assertThat(shown(credit).isOverspent()).isFalse();

        land(sur, second);
        assertThat(said(second))
                .containsExactly("credit " + credit.code().text() + " was spent beyond its amount: 11000 of 10000");
        assertThat(shown(credit).isOverspent()).isTrue();
        assertThat(shown(credit).spendings())
                .extracting(CreditBoard.Spending::amount)
                .containsExactlyInAnyOrder(Money.mxn(6_000), Money.mxn(5_000));
        assertThat(board.standing(1).credits().getFirst().isOverspent()).isTrue();
    }

    @Test
    void a_credit_that_no_branch_signed_is_flagged_and_owes_nothing() throws GeneralSecurityException {
        Money before = board.standing(1).liability();
        StoreCredit real = credit(centro, 10_000);
        StoreCredit forged =
                new StoreCredit(real.id(), real.issuer(), Money.mxn(90_000), real.issuedOn(), real.signature());
        Document spent = sale(norte, forged, UUID.randomUUID(), 50_000);
        land(norte, spent);

        assertThat(said(spent)).containsExactly("credit " + real.code().text() + " is signed by no branch");
        assertThat(board.standing(1).liability()).isEqualTo(before);
    }
}
