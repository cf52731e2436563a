package mx.refahub.hub.credit;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.domain.credit.CreditCode;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.money.Money;

final class PostgresCreditBoard implements CreditBoard {
    private static final int MOST = 500;
    private final CreditTable table;

    PostgresCreditBoard(CreditTable table) {
        this.table = table;
    }

    @Override
    public Standing standing(int limit) {
        List<CreditTable.CreditRow> rows = table.latest(Math.clamp(limit, 1, MOST));
        Map<UUID, List<CreditTable.SpendingRow>> spendings =
                table.spendings(rows.stream().map(CreditTable.CreditRow::id).toArray(UUID[]::new)).stream()
                        .collect(Collectors.groupingBy(CreditTable.SpendingRow::creditId));
        return new Standing(
                Money.mxn(table.liability(StoreCredit.Kind.CREDIT.name())),
                Money.mxn(table.liability(StoreCredit.Kind.VOUCHER.name())),
                rows.stream()
                        .map(row -> new Credit(
                                row.id(),
                                new CreditCode(row.code()).text(),
                                row.issuer(),
                                Money.mxn(row.amount()),
                                Money.mxn(row.spent()),
                                row.issuedAt(),
                                spendings.getOrDefault(row.id(), List.of()).stream()
                                        .map(one -> new Spending(
                                                one.store(), one.paid(), Money.mxn(one.amount()), one.at()))
                                        .toList(),
                                StoreCredit.Kind.valueOf(row.kind())))
                        .toList());
    }
}
