package mx.refahub.hub.accounting;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.ErpImports;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.NewPart;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows never come into memory: they go from a cursor into the file that the import takes over. */
final class PostgresErpImports implements ErpImports {
    private static final int FETCH = 1_000;

    /** Of parts: what is heard of each against what is here. The price is that of the list that we have a code for, before tax; 16 % is added where ours has it in. */
    private static final String PARTS = """
        with heard as (
            select code, split_part(code, '-', 1) as line, substr(code, strpos(code, '-') + 1) as number, max(name) as name, bool_or(sold) as sold,
                max(price) as price, max(heard_at) as heard_at
            from (
                select h.code, h.name, h.sold, null::bigint as price, h.heard_at
                from erp_heard h
                where h.target = :target
                and h.books = (select erp_books(:target))
                and h.kind = 'PARTS'
                union all
                select h.code, null, null, h.amount, h.heard_at
                from erp_heard h
                join erp_code c on c.target = :target and c.kind = 'PRICE_LIST' and c.ours = ''
                where h.target = :target
                and h.books = (select erp_books(:target))
                and h.kind = 'PRICES'
                and h.amount > 0
                and h.place in (c.theirs, c.theirs || ' (MXN)')) each
            group by code),
        lines as materialized (
            select distinct on (line_code) line_code, brand
            from (
                select line_code, brand, count(*) as parts
                from part
                where line_code in (select line from heard)
                group by line_code, brand) each
            order by line_code, parts desc, brand),
        known as (
            select h.code, h.line, h.number, h.name, h.sold, h.heard_at, p.id, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.sat_code,
                p.sat_unit, p.tax_object, r.amount, coalesce(r.includes_tax, false) as includes_tax,
                case when r.includes_tax and p.tax_class = 'GENERAL' then round(h.price * 1.16)::bigint else h.price end as price,
                h.price is not null
                    and h.price is distinct from case when r.includes_tax and p.tax_class = 'GENERAL' then round(r.amount / 1.16)::bigint else r.amount end
                    as otherwise,
                coalesce(b.brand, '') as usual,
                strpos(h.code, '-') > 1 and (p.id is not null or b.brand is not null) as ours
            from heard h
            left join part p on p.line_code = h.line and p.part_number = h.number and p.removed_at is null
            left join part_price r on r.part_id = p.id and r.currency = 'MXN'
            left join lines b on b.line_code = h.line and p.id is null),
        rows as (
            select k.*, id is null and name is not null and coalesce(sold, false) as fresh,
                id is not null and (otherwise or coalesce(name, '') not in ('', name_es, rtrim(left(name_es, 100)))) as changed
            from known k)
        """;

    /**
     * Of stock: what was heard within a day of each part at each warehouse that is one branch's. The file says the opening that makes the ERP's figure of what is
     * on hand, for the import moves stock by what the opening changes; no opening is below zero.
     */
    private static final String STOCK = """
        with place as (
            select c.theirs, min(s.code) as store, (array_agg(s.id))[1] as store_id, count(*) as many
            from erp_code c
            join store s on s.code = c.ours
            where c.target = :target
            and c.kind = 'WAREHOUSE'
            and s.closed_at is null
            group by c.theirs),
        rows as (
            select n.*, one and opening >= 0 as ours, one and opening >= 0 and amount <> on_hand as changed, false as fresh
            from (
                select h.code, w.store, p.line_code, p.part_number, h.amount, h.heard_at, coalesce(o.on_hand, 0) as on_hand,
                    h.amount - coalesce(o.on_hand, 0) + coalesce(o.opening, 0) as opening, w.many = 1 and p.id is not null and h.amount >= 0 as one
                from erp_heard h
                join place w on w.theirs = h.place
                left join part p on p.line_code = split_part(h.code, '-', 1) and p.part_number = substr(h.code, strpos(h.code, '-') + 1)
                    and strpos(h.code, '-') > 1 and p.removed_at is null
                left join stock_on_hand o on o.store_id = w.store_id and o.part_id = p.id
                where h.target = :target
                and h.books = (select erp_books(:target))
                and h.kind = 'STOCK'
                and h.heard_at > cast(:now as timestamptz) - interval '1 day') n)
        """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate streaming;
    private final TransactionTemplate oneLook;
    private final Supplier<Jobs> jobs;
    private final Connections connections;
    private final AuditTrail audit;
    private final Clock clock;

    /** @param jobs of the process that has them */
    PostgresErpImports(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Supplier<Jobs> jobs,
            Connections connections,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.streaming = new NamedParameterJdbcTemplate(dataSource);
        streaming.getJdbcTemplate().setFetchSize(FETCH);
        this.oneLook = new TransactionTemplate(transactions);
        oneLook.setReadOnly(true);
        this.jobs = jobs;
        this.connections = connections;
        this.audit = audit;
        this.clock = clock;
    }

    private static String rows(Subject subject) {
        return switch (subject) {
            case CATALOGUE -> PARTS;
            case STOCK -> STOCK;
        };
    }

    @Override
    public Standing standing(ErpTarget target, Subject subject) {
        return jdbc.sql(rows(subject) + """
            select count(*) filter (where fresh and ours), count(*) filter (where changed), count(*) filter (where not ours), max(heard_at)
            from rows
            """)
                .params(values(target))
                .query((row, n) -> new Standing(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        instant(row.getObject(4, OffsetDateTime.class))))
                .single();
    }

    private Map<String, Object> values(ErpTarget target) {
        return Map.of("target", target.name(), "now", clock.instant().atOffset(ZoneOffset.UTC));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    @Override
    public NewPart newPart(ErpTarget target) {
        return connections.of(target.name().toLowerCase(Locale.ROOT)).stream()
                .findFirst()
                .map(NewPart::of)
                .orElse(NewPart.GENERAL);
    }

    @Override
    public void write(ErpTarget target, Subject subject, OutputStream to) throws IOException {
        Writer out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        try {
            switch (subject) {
                case CATALOGUE -> parts(target, out);
                case STOCK -> stock(target, out);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        out.flush();
    }

    private void parts(ErpTarget target, Writer out) throws IOException {
        NewPart fresh = newPart(target);
        line(
                out,
                List.of(
                        "line_code",
                        "part_number",
                        "brand",
                        "name_es",
                        "name_en",
                        "category",
                        "unit",
                        "list_price",
                        "price_includes_tax",
                        "tax_class",
                        "sat_code",
                        "sat_unit",
                        "tax_object"));
        each(
                PARTS + """
                select line, number, coalesce(brand, usual), case when name = rtrim(left(name_es, 100)) then name_es else coalesce(nullif(name, ''), name_es, '') end, coalesce(name_en, ''), coalesce(category, ''),
                    coalesce(unit, ''), case when otherwise or id is null then price else amount end, includes_tax, coalesce(lower(tax_class), 'general'),
                    sat_code, sat_unit, coalesce(tax_object, '')
                from rows
                where ours
                and (fresh or changed)
                order by line collate "C", number collate "C"
                """,
                target,
                row -> line(
                        out,
                        List.of(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8) == null ? "" : decimal(row.getLong(8), 2),
                                Boolean.toString(row.getBoolean(9)),
                                row.getString(10),
                                Objects.requireNonNullElse(row.getString(11), fresh.satCode()),
                                Objects.requireNonNullElse(row.getString(12), fresh.satUnit()),
                                row.getString(13))));
    }

    private void stock(ErpTarget target, Writer out) throws IOException {
        line(out, List.of("store_code", "line_code", "part_number", "quantity"));
        each(
                STOCK + """
                select store, line_code, part_number, opening
                from rows
                where changed
                order by store, line_code collate "C", part_number collate "C"
                """,
                target,
                row -> line(
                        out,
                        List.of(row.getString(1), row.getString(2), row.getString(3), decimal(row.getLong(4), 3))));
    }

    private interface Take {
        void row(ResultSet row) throws SQLException, IOException;
    }

    /** By a cursor: outside a transaction the driver would fetch everything at once. */
    private void each(String sql, ErpTarget target, Take take) {
        oneLook.executeWithoutResult(status -> streaming.query(sql, values(target), row -> {
            try {
                take.row(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static void line(Writer out, List<String> fields) throws IOException {
        out.write(
                String.join(",", fields.stream().map(PostgresErpImports::quoted).toList()));
        out.write("\r\n");
    }

    /** RFC 4180. */
    private static String quoted(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.contains(",") || plain.contains("\"") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    private static String decimal(long amount, int places) {
        return BigDecimal.valueOf(amount, places).toPlainString();
    }

    @Override
    public Outcome<Long> start(ErpTarget target, Subject subject, Person by) {
        Standing standing = standing(target, subject);
        if (standing.fresh() + standing.changed() == 0) return Outcome.refused("erp-nothing-differs");
        try {
            Path file = Files.createTempFile("refahub-erp-", ".csv");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    write(target, subject, out);
                }
                Map<String, String> asked = Map.of("approve", "true");
                Outcome<Jobs.Run> started = switch (subject) {
                    case CATALOGUE -> jobs.get().start("catalogue-import", asked, Map.of("parts", file), by.name());
                    case STOCK -> jobs.get().start("opening-stock", asked, Map.of("stock", file), by.name());
                };
                return started.fold(
                        run -> {
                            audit.record(by.name(), "erp-import-started", target + " " + subject + " " + run.id());
                            return Outcome.done(run.id());
                        },
                        Outcome.Refused::new);
            } finally {
                // The job has taken it over; a refused one has not.
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
