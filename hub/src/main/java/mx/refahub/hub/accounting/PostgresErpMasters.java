package mx.refahub.hub.accounting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What was told last is kept as a hash of its words: what changes, and nothing else, is told again. */
final class PostgresErpMasters implements ErpMasters, ErpCodes {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final Clock clock;

    PostgresErpMasters(JdbcClient jdbc, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<ErpCode> codes(ErpTarget target) {
        return jdbc.sql("""
            with ours (kind, ours) as (
                select 'WAREHOUSE', code from store where closed_at is null
                union
                select 'PRICE_LIST', ''
                where :spoken
                union
                select n.kind, n.ours
                from (
                    select 'CUSTOMER' as kind, '' as ours
                    union all
                    select kind, '' from (values ('CORE_ITEM'), ('VOUCHER_ITEM'), ('MISC_ITEM')) as item (kind)
                    union all
                    select 'TENDER', kind from (values ('CASH'), ('CREDIT_CARD'), ('DEBIT_CARD'), ('TRANSFER'), ('CHEQUE')) as usual (kind)
                    union
                    select 'TENDER', kind from sale_tender where kind <> 'ON_ACCOUNT'
                    union
                    select 'TAX', '16%'
                    union
                    select 'TAX', case when tax_factor = 'RATE' then trim_scale(tax_rate * 100)::text || '%' else tax_factor end
                    from (select distinct tax_factor, tax_rate from sale_line) as sold
                    union
                    select 'TENDER', tender from account_entry where tender is not null) n
                where exists (select from accounting_way w where w.target = :target and w.subject = 'TICKETS' and w.way = 'DOCUMENTS')
                union
                select n.kind, n.ours
                from (
                    select 'MISC_ITEM' as kind, '' as ours
                    union
                    select 'SUPPLIER', p.code
                    from supplier p
                    where exists (select from supplier_invoice v where v.supplier_id = p.id)
                    union
                    select 'PURCHASE_TAX', '16%'
                    union
                    select 'PURCHASE_TAX', case when tax_factor = 'RATE' then trim_scale(tax_rate * 100)::text || '%' else tax_factor end
                    from (select distinct tax_factor, tax_rate from supplier_invoice_line where tax is not null) as bought) n
                where exists (select from accounting_way w where w.target = :target and w.subject = 'PURCHASES' and w.way = 'DOCUMENTS'))
            select o.kind, o.ours, coalesce(c.theirs, '')
            from ours o
            left join erp_code c on c.target = :target and c.kind = o.kind and c.ours = o.ours
            order by o.kind, o.ours
            """)
                .param("target", target.name())
                .param("spoken", target.isSpoken())
                .query((row, n) ->
                        new ErpCode(ErpCode.Kind.valueOf(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    @Override
    public Outcome<List<ErpCode>> put(ErpTarget target, List<ErpCode> codes, Person by) {
        Set<String> ours = new HashSet<>();
        for (ErpCode each : codes(target)) ours.add(each.kind() + " " + each.ours());
        for (ErpCode each : codes) {
            if (!ours.remove(each.kind() + " " + each.ours()))
                return new Outcome.Refused<>(Refusal.of("erp-code-strange", each.ours()));
            if (each.theirs().chars().anyMatch(Character::isISOControl)
                    || each.kind() == ErpCode.Kind.PRICE_LIST
                            && !each.theirs().isEmpty()
                            && target == ErpTarget.SAP
                            && !each.theirs().matches("[1-9][0-9]{0,5}"))
                return new Outcome.Refused<>(Refusal.of("erp-code-invalid", each.theirs()));
        }
        List<ErpCode> kept =
                codes.stream().filter(each -> !each.theirs().isEmpty()).toList();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from erp_code where target = :target")
                    .param("target", target.name())
                    .update();
            jdbc.sql("""
                insert into erp_code (target, kind, ours, theirs)
                select :target, kind, ours, theirs
                from unnest(:kinds::text[], :ours::text[], :theirs::text[]) as row (kind, ours, theirs)
                """)
                    .param("target", target.name())
                    .param(
                            "kinds",
                            kept.stream().map(each -> each.kind().name()).toArray(String[]::new))
                    .param("ours", kept.stream().map(ErpCode::ours).toArray(String[]::new))
                    .param("theirs", kept.stream().map(ErpCode::theirs).toArray(String[]::new))
                    .update();
            audit.record(by.name(), "erp-codes-changed", target.name());
        });
        return Outcome.done(codes(target));
    }

    /** Code, words and hash of each; the words are what {@link #words} makes of the same master. */
    private static String now(Master.Kind kind) {
        return switch (kind) {
            case PARTS -> """
                select p.line_code || '-' || p.part_number as code, p.name_es as a,
                    coalesce((select min(b.barcode) from part_barcode b where b.part_id = p.id), '') as b, p.sat_unit as c,
                    (p.removed_at is null)::text as d
                from part p
                """;
            case STOCK -> """
                select p.line_code || '-' || p.part_number || '@' || c.theirs as code, p.line_code || '-' || p.part_number as a, c.theirs as b,
                    sum(h.on_hand)::bigint::text as c, '' as d
                from stock_on_hand h
                join part p on p.id = h.part_id
                join store s on s.id = h.store_id
                join erp_code c on c.target = :target and c.kind = 'WAREHOUSE' and c.ours = s.code
                where p.removed_at is null
                group by p.id, c.theirs
                """;
            case PRICES -> """
                select p.line_code || '-' || p.part_number as code, c.theirs as a,
                    case
                        when r.includes_tax and p.tax_class = 'GENERAL' then round(r.amount / 1.16)
                        else r.amount
                    end::bigint::text as b, '' as c, '' as d
                from part_price r
                join part p on p.id = r.part_id
                join erp_code c on c.target = :target and c.kind = 'PRICE_LIST' and c.ours = ''
                where r.amount is not null
                and r.currency = 'MXN'
                and p.removed_at is null
                """;
            case CUSTOMERS -> throw new IllegalArgumentException("customers are not told");
        };
    }

    private static String due(Master.Kind kind) {
        return """
            with standing as (
            """ + now(kind) + """
            ), due as (
                select n.code, n.a, n.b, n.c, n.d
                from standing n
                left join erp_master m on m.target = :target and m.books = (select erp_books(:target)) and m.kind = :kind and m.code = n.code
                where m.hash is distinct from sha256(convert_to(concat_ws('|', n.a, n.b, n.c, n.d), 'UTF8'))
                and (m.code is not null or :kind <> 'PARTS' or n.d = 'true'))
            """;
    }

    @Override
    public List<Master> due(ErpTarget target, Master.Kind kind, String after, int most) {
        return jdbc.sql(due(kind) + """
            select code, a, b, c, d
            from due
            where code collate "C" > :after
            order by code collate "C"
            limit :most
            """)
                .param("after", after)
                .param("target", target.name())
                .param("kind", kind.name())
                .param("most", most)
                .query((row, n) -> master(kind, row))
                .list();
    }

    private static Master master(Master.Kind kind, ResultSet row) throws SQLException {
        return switch (kind) {
            case PARTS ->
                new Master.Part(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Boolean.parseBoolean(row.getString(5)));
            case STOCK ->
                new Master.Stock(row.getString(2), row.getString(3), new Quantity(Long.parseLong(row.getString(4))));
            case PRICES ->
                new Master.Price(row.getString(1), row.getString(2), Money.mxn(Long.parseLong(row.getString(3))));
            case CUSTOMERS -> throw new IllegalArgumentException("customers are not told");
        };
    }

    @Override
    public long left(ErpTarget target, Master.Kind kind) {
        return jdbc.sql(due(kind) + "select count(*) from due")
                .param("target", target.name())
                .param("kind", kind.name())
                .query(Long.class)
                .single();
    }

    /** As the statements above put them together. */
    private static String words(Master master) {
        return switch (master) {
            case Master.Part part ->
                String.join("|", part.description(), part.barcode(), part.satUnit(), Boolean.toString(part.sold()));
            case Master.Stock stock ->
                String.join(
                        "|",
                        stock.code(),
                        stock.warehouse(),
                        Long.toString(stock.quantity().thousandths()),
                        "");
            case Master.Price price ->
                String.join("|", price.list(), Long.toString(price.price().minor()), "", "");
            case Master.Customer customer -> throw new IllegalArgumentException("customers are not told");
        };
    }

    private static byte[] hash(Master master) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(words(master).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void told(ErpTarget target, Master.Kind kind, List<? extends Master> masters, List<Delivery> outcomes) {
        List<String> codes = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < masters.size(); i++) {
            String reason = reason(outcomes.get(i));
            if (reason == null) continue;
            codes.add(masters.get(i).key());
            hashes.add(hash(masters.get(i)));
            states.add(reason.isEmpty() ? "DELIVERED" : "REFUSED");
            reasons.add(reason);
        }
        jdbc.sql("""
            insert into erp_master (target, books, kind, code, hash, state, reason, told_at)
            select :target, erp_books(:target), :kind, code, hash, state, reason, :now
            from unnest(:codes::text[], :hashes::bytea[], :states::text[], :reasons::text[]) as row (code, hash, state, reason)
            on conflict (target, books, kind, code) do update
            set hash = excluded.hash, state = excluded.state, reason = excluded.reason, told_at = excluded.told_at
            """)
                .param("target", target.name())
                .param("kind", kind.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("codes", codes.toArray(String[]::new))
                .param("hashes", hashes.toArray(byte[][]::new))
                .param("states", states.toArray(String[]::new))
                .param("reasons", reasons.toArray(String[]::new))
                .update();
    }

    /** Null: not reached. */
    private static @Nullable String reason(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Delivered done -> "";
            case Delivery.Refused no -> (no.code() + " " + no.reason()).strip();
            case Delivery.Unreachable lost -> null;
        };
    }

    @Override
    public Set<String> places(ErpTarget target) {
        return new TreeSet<>(
                jdbc.sql("""
            select distinct c.theirs
            from erp_code c
            join store s on s.code = c.ours
            where c.target = :target
            and c.kind = 'WAREHOUSE'
            and s.closed_at is null
            """).param("target", target.name()).query(String.class).list());
    }

    @Override
    public String cursor(ErpTarget target, Master.Kind kind) {
        return jdbc.sql("""
            select cursor
            from erp_cursor
            where target = :target
            and books = (select erp_books(:target))
            and kind = :kind
            """)
                .param("target", target.name())
                .param("kind", kind.name())
                .query(String.class)
                .optional()
                .orElse("");
    }

    @Override
    public void heard(ErpTarget target, Master.Kind kind, ErpGateway.Changes page) {
        // The last of a code counts: a page may have one twice.
        Map<String, Master.Customer> customers = new LinkedHashMap<>();
        for (Master each : page.masters())
            if (each instanceof Master.Customer customer && !customer.code().isEmpty())
                customers.put(customer.code(), customer);
        Map<String, Heard> others = new LinkedHashMap<>();
        for (Master each : page.masters()) {
            Heard heard = Heard.of(each);
            if (heard != null) others.put(heard.code() + "@" + heard.place(), heard);
        }
        transaction.executeWithoutResult(status -> {
            if (!customers.isEmpty()) keep(target, List.copyOf(customers.values()));
            if (!others.isEmpty()) keepOthers(target, kind, List.copyOf(others.values()));
            jdbc.sql("""
                insert into erp_cursor (target, books, kind, cursor, read_at)
                values (:target, erp_books(:target), :kind, :cursor, :now)
                on conflict (target, books, kind) do update
                set cursor = excluded.cursor, read_at = excluded.read_at
                """)
                    .param("target", target.name())
                    .param("kind", kind.name())
                    .param("cursor", page.cursor())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        });
    }

    /** @param place warehouse or price list @param amount thousandths or centavos */
    private record Heard(String code, String place, String name, String barcode, boolean sold, long amount) {
        static @Nullable Heard of(Master master) {
            return switch (master) {
                case Master.Part part -> new Heard(part.code(), "", part.description(), part.barcode(), part.sold(), 0);
                case Master.Stock stock ->
                    new Heard(
                            stock.code(),
                            stock.warehouse(),
                            "",
                            "",
                            true,
                            stock.quantity().thousandths());
                case Master.Price price ->
                    new Heard(
                            price.code(),
                            price.list(),
                            "",
                            "",
                            true,
                            price.price().minor());
                case Master.Customer customer -> null;
            };
        }
    }

    private void keepOthers(ErpTarget target, Master.Kind kind, List<Heard> heard) {
        Boolean[] sold = heard.stream().map(Heard::sold).toArray(Boolean[]::new);
        Long[] amounts = heard.stream().map(Heard::amount).toArray(Long[]::new);
        jdbc.sql("""
            insert into erp_heard (target, books, kind, code, place, name, barcode, sold, amount, heard_at)
            select :target, erp_books(:target), :kind, code, place, name, barcode, sold, amount, :now
            from unnest(:codes::text[], :places::text[], :names::text[], :barcodes::text[], :sold::boolean[], :amounts::bigint[])
                as row (code, place, name, barcode, sold, amount)
            on conflict (target, books, kind, code, place) do update
            set name = excluded.name, barcode = excluded.barcode, sold = excluded.sold, amount = excluded.amount, heard_at = excluded.heard_at
            """)
                .param("target", target.name())
                .param("kind", kind.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("codes", heard.stream().map(Heard::code).toArray(String[]::new))
                .param("places", heard.stream().map(Heard::place).toArray(String[]::new))
                .param("names", heard.stream().map(each -> plain(each.name())).toArray(String[]::new))
                .param("barcodes", heard.stream().map(Heard::barcode).toArray(String[]::new))
                .param("sold", sold)
                .param("amounts", amounts)
                .update();
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private void keep(ErpTarget target, List<Master.Customer> customers) {
        jdbc.sql("""
            insert into erp_customer (target, books, code, name, rfc, phone, email, postal_code, heard_at)
            select :target, erp_books(:target), code, name, rfc, phone, email, postal_code, :now
            from unnest(:codes::text[], :names::text[], :rfcs::text[], :phones::text[], :emails::text[], :postals::text[])
                as row (code, name, rfc, phone, email, postal_code)
            on conflict (target, books, code) do update
            set name = excluded.name, rfc = excluded.rfc, phone = excluded.phone, email = excluded.email, postal_code = excluded.postal_code,
                heard_at = excluded.heard_at, decided = null, decided_at = null, decided_by = null
            where (erp_customer.name, erp_customer.rfc, erp_customer.phone, erp_customer.email, erp_customer.postal_code)
                is distinct from (excluded.name, excluded.rfc, excluded.phone, excluded.email, excluded.postal_code)
            """)
                .param("target", target.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("codes", customers.stream().map(Master.Customer::code).toArray(String[]::new))
                .param("names", normal(customers, CustomerField.NAME, Master.Customer::name))
                .param("rfcs", normal(customers, CustomerField.RFC, Master.Customer::rfc))
                .param("phones", normal(customers, CustomerField.PHONE, Master.Customer::phone))
                .param("emails", normal(customers, CustomerField.EMAIL, Master.Customer::email))
                .param("postals", normal(customers, CustomerField.POSTAL_CODE, Master.Customer::postalCode))
                .update();
    }

    private static String[] normal(
            List<Master.Customer> customers, CustomerField field, Function<Master.Customer, String> of) {
        return customers.stream()
                .map(each -> PostgresErpCustomers.normal(field, of.apply(each)))
                .toArray(String[]::new);
    }

    @Override
    public List<Refused> refused(ErpTarget target, int most) {
        return jdbc.sql("""
            select kind, code, reason
            from erp_master
            where target = :target
            and books = (select erp_books(:target))
            and state = 'REFUSED'
            order by kind, code collate "C"
            limit :most
            """)
                .param("target", target.name())
                .param("most", most)
                .query((row, n) ->
                        new Refused(Master.Kind.valueOf(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    @Override
    public void forgetRefused(ErpTarget target) {
        jdbc.sql("""
            delete from erp_master
            where target = :target
            and books = (select erp_books(:target))
            and state = 'REFUSED'
            """).param("target", target.name()).update();
    }
}
