package mx.refahub.store.sale;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.core.CoreBank;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.sqlite.SqliteFile;

/** Deposits that wait for their old piece, by customer: those of sales.db, and those that another system took. */
public final class SqliteCoreBank implements CoreBank {
    private static final int MOST = 200;
    private final SqliteFile sales;
    private final BranchSettings branches;
    private final SaleRows saleRows;
    private final OpeningCores openings;
    private final Clock clock;

    public SqliteCoreBank(
            SqliteFile sales, BranchSettings branches, SaleRows saleRows, AccountLedger accounts, Clock clock) {
        this.sales = sales;
        this.branches = branches;
        this.saleRows = saleRows;
        openings = new OpeningCores(accounts);
        this.clock = clock;
    }

    private static Owed owed(OpeningCores.Opening opening, LocalDate today) {
        SaleLine line = opening.line();
        return new Owed(
                line.id(),
                line.id(),
                "",
                line.lineCode().value(),
                line.number().value(),
                line.description(),
                opening.left(),
                line.amounts()
                        .returned(line.quantity(), opening.back(), opening.left())
                        .total()
                        .negated(),
                opening.told().since(),
                ChronoUnit.DAYS.between(opening.told().since(), today),
                null,
                false);
    }

    private record Row(UUID sale, UUID line, Quantity back) {}

    @Override
    public Standing of(UUID customer) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return new Standing(List.of(), Quantity.ZERO, Money.mxn(0), Optional.empty());
        LocalDate today = clock.instant().atZone(branch.zone()).toLocalDate();
        List<Owed> owed = sales.read(session -> {
            List<Row> rows = session.all(
                    """
                    select core_owed.sale_id, core_owed.line_id, -coalesce(sum(back.quantity), 0) as back
                    from core_owed
                    left join sale_line back on back.return_line = core_owed.line_id
                    where core_owed.customer_id = ?
                    group by core_owed.line_id
                    having core_owed.quantity + coalesce(sum(back.quantity), 0) > 0
                    order by core_owed.sold_on, core_owed.line_id
                    limit ?
                    """,
                    row -> new Row(row.id("sale_id"), row.id("line_id"), new Quantity(row.number("back"))),
                    customer,
                    MOST);
            List<Owed> all = new ArrayList<>();
            for (OpeningCores.Opening opening : openings.of(session, customer, branch)) all.add(owed(opening, today));
            for (Row row : rows) {
                Sale sale = saleRows.stored(session, row.sale()).orElseThrow().sale();
                SaleLine line = sale.lines().stream()
                        .filter(one -> one.id().equals(row.line()))
                        .findFirst()
                        .orElseThrow();
                Quantity left = line.quantity().plus(row.back().negated());
                LocalDate until = line.coreUntil();
                all.add(new Owed(
                        sale.id(),
                        line.id(),
                        sale.folio().text(),
                        line.lineCode().value(),
                        line.number().value(),
                        line.description(),
                        left,
                        line.amounts()
                                .returned(line.quantity(), row.back(), left)
                                .total()
                                .negated(),
                        sale.businessDay(),
                        ChronoUnit.DAYS.between(sale.businessDay(), today),
                        until,
                        until != null && today.isAfter(until)));
            }
            all.sort(Comparator.comparing(Owed::soldOn).thenComparing(Owed::line));
            return all;
        });
        return new Standing(
                owed,
                owed.stream().map(Owed::left).reduce(Quantity.ZERO, Quantity::plus),
                owed.stream().map(Owed::deposit).reduce(Money.mxn(0), Money::plus),
                branch.cores().limitOf(customer));
    }
}
