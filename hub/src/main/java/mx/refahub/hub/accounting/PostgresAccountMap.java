package mx.refahub.hub.accounting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresAccountMap implements AccountMap {
    private static final Pattern ACCOUNT = Pattern.compile("[\\p{L}\\p{N} ._/&-]{1,30}");
    private static final Pattern GROUP = Pattern.compile("(|[0-9]{3}(\\.[0-9]{2})?)");
    private static final Pattern PLAIN = Pattern.compile("[^\\p{Cntrl}]*");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;

    PostgresAccountMap(DataSource dataSource, PlatformTransactionManager transactions, AuditTrail audit) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.audit = audit;
    }

    @Override
    public Mapping of(ErpTarget target) {
        List<Row> rows = jdbc.sql("""
            select role, kind, store_id, account, name, sat_group
            from account_mapping
            where target = :target
            order by role, kind, store_id nulls first
            """)
                .param("target", target.name())
                .query((row, n) -> new Row(
                        AccountRole.valueOf(row.getString(1)),
                        row.getString(2),
                        store(row.getObject(3, UUID.class)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
        return new Mapping(target, rows, needed(), branches(target));
    }

    private static @Nullable StoreId store(@Nullable UUID id) {
        return id == null ? null : new StoreId(id);
    }

    /** The kinds that each counter can sell today, and what the ledger holds besides; a loose index scan would do no better on so few kinds. */
    private List<Needed> needed() {
        return jdbc
                .sql("""
                    with known (role, kind) as (
                        values ('SALES', '16%'), ('RETURNS', '16%'), ('TAX', '16%'), ('DISCOUNTS', ''), ('CORES', ''), ('TENDER', 'CASH'),
                            ('TENDER', 'CREDIT_CARD'), ('TENDER', 'DEBIT_CARD'), ('TENDER', 'TRANSFER'), ('TENDER', 'CHEQUE'),
                            ('DEPOSITS', ''), ('PENALTIES', ''), ('DIFFERENCE', ''), ('CASH_FUND', ''), ('CASH_IN', ''), ('CASH_OUT', ''),
                            ('CASH_DROPS', ''), ('CASH_COUNTED', ''), ('CASH_DIFFERENCE', '')),
                    sold as (
                        select distinct tax_factor, tax_rate
                        from sale_line
                        where kind not in ('CORE_DEPOSIT', 'CORE_RETURN', 'VOUCHER')),
                    rates as (
                        select case when tax_factor = 'RATE' then trim_scale(tax_rate * 100)::text || '%' else tax_factor end as kind, tax_rate
                        from sold)
                    select role, kind from known
                    union
                    select 'VOUCHERS', '' where exists (select 1 from credit where kind = 'VOUCHER')
                    union
                    select 'TENDER', kind from sale_tender where kind <> 'DEPOSIT'
                    union
                    select 'TENDER', tender from account_entry where tender is not null
                    union
                    select 'TENDER', tender from promise_entry where tender is not null
                    union
                    select 'TENDER', 'ON_ACCOUNT' where exists (select from account_entry)
                    union
                    select 'TENDER', case currency when 'MXN' then kind else 'CASH_USD' end from cash_z_tender
                    union
                    select role, ''
                    from (values ('PURCHASES'), ('TAX_PAID'), ('SUPPLIERS')) as bought (role)
                    where exists (select from supplier_invoice where settled_at is not null)
                    union
                    select 'TAX_WITHHELD', w.tax
                    from supplier_invoice_withheld w
                    join supplier_invoice i on i.id = w.invoice_id
                    where i.settled_at is not null
                    union
                    select role, kind from rates cross join (values ('SALES'), ('RETURNS')) as both_ways (role)
                    union
                    select 'TAX', kind from rates where tax_rate > 0
                    """)
                .query((row, n) -> new Needed(AccountRole.valueOf(row.getString(1)), row.getString(2)))
                .list()
                .stream()
                .sorted((one, other) -> one.role() == other.role()
                        ? one.kind().compareTo(other.kind())
                        : one.role().compareTo(other.role()))
                .toList();
    }

    private List<Branch> branches(ErpTarget target) {
        return jdbc.sql("""
            select s.id, s.code, s.name, coalesce(b.cost_center, '')
            from store s
            left join branch_mapping b on b.store_id = s.id and b.target = :target
            order by s.code
            """)
                .param("target", target.name())
                .query((row, n) -> new Branch(
                        new StoreId(row.getObject(1, UUID.class)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4)))
                .list();
    }

    @Override
    public Outcome<Mapping> put(ErpTarget target, List<Row> rows, List<Branch> branches, Person by) {
        List<Row> kept = rows.stream().filter(row -> !row.account().isEmpty()).toList();
        Refusal wrong = wrong(kept, branches);
        if (wrong != null) return new Outcome.Refused<>(wrong);
        transaction.executeWithoutResult(status -> replace(target, kept, branches, by));
        return Outcome.done(of(target));
    }

    private @Nullable Refusal wrong(List<Row> rows, List<Branch> branches) {
        Set<Object> seen = new HashSet<>();
        Set<UUID> stores =
                new HashSet<>(jdbc.sql("select id from store").query(UUID.class).list());
        for (Row row : rows) {
            if (!ACCOUNT.matcher(row.account()).matches()) return Refusal.of("account-invalid", row.account());
            if (row.name().length() > Row.LONGEST_NAME
                    || !PLAIN.matcher(row.name()).matches()
                    || row.kind().length() > 40) return Refusal.of("account-name-invalid", row.account());
            if (!GROUP.matcher(row.satGroup()).matches()) return Refusal.of("account-group-invalid", row.satGroup());
            StoreId store = row.store();
            if (store != null && !stores.contains(store.value())) return Refusal.of("branch-unknown");
            List<Object> place = new ArrayList<>(List.of(row.role(), row.kind()));
            if (store != null) place.add(store);
            if (!seen.add(place)) return Refusal.of("account-twice", row.account());
        }
        for (Branch branch : branches) {
            if (!stores.contains(branch.store().value()) || !seen.add(branch.store()))
                return Refusal.of("branch-unknown");
            if (!branch.costCenter().isBlank()
                    && !ACCOUNT.matcher(branch.costCenter().strip()).matches())
                return Refusal.of("account-invalid", branch.costCenter());
        }
        return null;
    }

    private void replace(ErpTarget target, List<Row> rows, List<Branch> branches, Person by) {
        // One writer at a time: two that replace at once would leave a mix of both.
        jdbc.sql("select pg_advisory_xact_lock(hashtext('account-mapping'))").query(rs -> {});
        jdbc.sql("delete from account_mapping where target = :target")
                .param("target", target.name())
                .update();
        jdbc.sql("delete from branch_mapping where target = :target")
                .param("target", target.name())
                .update();
        jdbc.sql("""
            insert into account_mapping (target, role, kind, store_id, account, name, sat_group)
            select :target, role, kind, store_id, account, name, sat_group
            from unnest(:roles::text[], :kinds::text[], :stores::uuid[], :accounts::text[], :names::text[], :groups::text[])
                as row (role, kind, store_id, account, name, sat_group)
            """)
                .param("target", target.name())
                .param("roles", rows.stream().map(row -> row.role().name()).toArray(String[]::new))
                .param("kinds", rows.stream().map(Row::kind).toArray(String[]::new))
                .param("stores", rows.stream().map(row -> id(row.store())).toArray(UUID[]::new))
                .param("accounts", rows.stream().map(Row::account).toArray(String[]::new))
                .param(
                        "names",
                        rows.stream()
                                .map(row -> row.name().isEmpty() ? row.account() : row.name())
                                .toArray(String[]::new))
                .param("groups", rows.stream().map(Row::satGroup).toArray(String[]::new))
                .update();
        List<Branch> named = branches.stream()
                .filter(branch -> !branch.costCenter().isBlank())
                .toList();
        jdbc.sql("""
            insert into branch_mapping (target, store_id, cost_center)
            select :target, store_id, cost_center
            from unnest(:stores::uuid[], :centers::text[]) as row (store_id, cost_center)
            """)
                .param("target", target.name())
                .param(
                        "stores",
                        named.stream().map(branch -> branch.store().value()).toArray(UUID[]::new))
                .param(
                        "centers",
                        named.stream()
                                .map(branch -> branch.costCenter().strip())
                                .toArray(String[]::new))
                .update();
        audit.record(by.name(), "account-mapping-changed", target.name());
    }

    private static @Nullable UUID id(@Nullable StoreId store) {
        return store == null ? null : store.value();
    }
}
