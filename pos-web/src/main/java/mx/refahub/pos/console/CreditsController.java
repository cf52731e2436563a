package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the company owes as store credit. */
@RestController
final class CreditsController {
    private static final int SHOWN = 200;

    private final CreditBoard board;

    CreditsController(CreditBoard board) {
        this.board = board;
    }

    record Spending(String store, String folio, String amount, Instant at) {}

    /** @param overspent more was paid with it than it is worth */
    record Row(
            UUID id,
            String code,
            String issuer,
            String amount,
            String left,
            boolean overspent,
            @Nullable Instant issuedAt,
            List<Spending> spendings,
            boolean voucher) {}

    /** @param vouchers what is left of the gift vouchers that were sold */
    record Credits(String liability, String vouchers, List<Row> credits) {}

    @GetMapping("/console/api/credits")
    Credits credits() {
        CreditBoard.Standing standing = board.standing(SHOWN);
        return new Credits(
                standing.liability().text(),
                standing.vouchers().text(),
                standing.credits().stream().map(CreditsController::row).toList());
    }

    private static Row row(CreditBoard.Credit credit) {
        Money amount = credit.amount() == null ? Money.mxn(0) : credit.amount();
        return new Row(
                credit.id(),
                credit.code(),
                credit.issuer(),
                amount.text(),
                amount.minus(credit.spent()).text(),
                credit.isOverspent(),
                credit.issuedAt(),
                credit.spendings().stream()
                        .map(one -> new Spending(
                                one.store(), one.folio(), one.amount().text(), one.at()))
                        .toList(),
                credit.kind() == StoreCredit.Kind.VOUCHER);
    }
}
