package mx.refahub.store.credit;

import mx.refahub.domain.Outcome;
import mx.refahub.domain.credit.Credits;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.sqlite.SqliteFile;

/** Looks credits up in sales.db and by the branches' keys. */
public final class SqliteCredits implements Credits {
    private final SqliteFile sales;
    private final BranchSettings branches;
    private final SpentElsewhere elsewhere;

    public SqliteCredits(SqliteFile sales, BranchSettings branches, SpentElsewhere elsewhere) {
        this.sales = sales;
        this.branches = branches;
        this.elsewhere = elsewhere;
    }

    @Override
    public Outcome<Standing> look(String text) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.read(session -> CreditRows.standing(session, branch, elsewhere, text));
    }
}
