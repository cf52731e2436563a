package mx.refahub.hub.price;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.pricing.PriceFormula;
import mx.refahub.domain.pricing.PriceFormulas;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresPriceFormulas implements PriceFormulas {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPriceFormulas.class);
    private static final int LONGEST = 200;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    PostgresPriceFormulas(JdbcClient jdbc, AuditTrail audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public List<String> suppliers() {
        return jdbc.sql("""
                select name
                from (
                    select supplier as name from price_formula
                    union
                    select supplier from supplier_cost
                    union
                    select code from supplier where archived_at is null) as known
                order by lower(name)
                limit 2000
                """).query((row, n) -> row.getString("name")).list();
    }

    @Override
    public Kept of(String supplier) {
        List<PriceFormula> formulas = jdbc.sql("""
                select brand, category, cost_from, level, method, hundredths, ending
                from price_formula
                where supplier = :supplier
                order by lower(brand), lower(category), level, cost_from
                """)
                .param("supplier", supplier)
                .query((row, number) -> new PriceFormula(
                        row.getString("brand"),
                        row.getString("category"),
                        Money.mxn(row.getLong("cost_from")),
                        new PriceLevel(row.getString("level")),
                        PriceFormula.Method.valueOf(row.getString("method")),
                        row.getInt("hundredths"),
                        PriceFormula.Ending.valueOf(row.getString("ending"))))
                .list();
        return new Kept(supplier, formulas, seen(formulas));
    }

    private static String seen(List<PriceFormula> formulas) {
        StringBuilder text = new StringBuilder();
        for (PriceFormula each : formulas)
            text.append(each.of())
                    .append('\n')
                    .append(each.method().name())
                    .append(each.hundredths())
                    .append(each.ending().name())
                    .append('\n');
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.toString().getBytes(StandardCharsets.UTF_8)),
                            0,
                            8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Outcome<Kept> keep(String supplier, List<PriceFormula> formulas, String seen, Person by) {
        String name = supplier.strip();
        if (name.isEmpty() || name.length() > LONGEST) return Outcome.refused("formulas-supplier", "" + LONGEST);
        if (formulas.size() > MOST) return Outcome.refused("formulas-too-many", "" + MOST);
        Set<String> of = new HashSet<>();
        for (PriceFormula each : formulas)
            if (!of.add(each.of()))
                return Outcome.refused(
                        "formulas-twice",
                        each.brand(),
                        each.category(),
                        each.costFrom().text(),
                        each.level().code());
        return Objects.requireNonNull(transaction.execute(status -> {
            // One after the other: also a supplier without a row yet.
            jdbc.sql("lock table price_formula in share row exclusive mode").update();
            Kept there = of(name);
            if (there.formulas().equals(formulas)) return Outcome.done(there);
            if (!there.seen().equals(seen)) return Outcome.refused("formulas-changed");
            jdbc.sql("delete from price_formula where supplier = :supplier")
                    .param("supplier", name)
                    .update();
            jdbc.sql("""
                    insert into price_formula (supplier, brand, category, cost_from, level, method, hundredths, ending)
                    select :supplier, f.brand, f.category, f.cost_from, f.level, f.method, f.hundredths, f.ending
                    from unnest(:brands, :categories, :from, :levels, :methods, :hundredths, :endings)
                        as f (brand, category, cost_from, level, method, hundredths, ending)
                    """)
                    .param("supplier", name)
                    .param("brands", formulas.stream().map(PriceFormula::brand).toArray(String[]::new))
                    .param(
                            "categories",
                            formulas.stream().map(PriceFormula::category).toArray(String[]::new))
                    .param(
                            "from",
                            formulas.stream()
                                    .map(each -> each.costFrom().minor())
                                    .toArray(Long[]::new))
                    .param(
                            "levels",
                            formulas.stream().map(each -> each.level().code()).toArray(String[]::new))
                    .param(
                            "methods",
                            formulas.stream().map(each -> each.method().name()).toArray(String[]::new))
                    .param(
                            "hundredths",
                            formulas.stream()
                                    .map(each -> (long) each.hundredths())
                                    .toArray(Long[]::new))
                    .param(
                            "endings",
                            formulas.stream().map(each -> each.ending().name()).toArray(String[]::new))
                    .update();
            audit.record(
                    by.id().toString(),
                    "price formulas kept",
                    name + " " + there.formulas().size() + "→" + formulas.size());
            LOG.info("price formulas kept supplier={} formulas={}", name, formulas.size());
            return Outcome.done(of(name));
        }));
    }
}
