package mx.refahub.store.reference;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CreditSpentRow;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.domain.wire.LeaseRow;
import mx.refahub.domain.wire.OrderRow;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.domain.wire.ReturnRow;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.domain.wire.StockRow;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.TransferRow;
import mx.refahub.domain.wire.UserRow;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Applies downloads to reference.db: all rows and the new version in one transaction, so a crash leaves the old version whole. */
public final class StreamTables {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTables.class);
    private static final Duration ENDED_ORDERS_KEPT = Duration.ofDays(120);

    private final SqliteFile reference;
    private final AppliedStreams applied;
    private final JsonMapper json;
    /** Of what is kept a million times over: without the fields that say nothing. */
    private final JsonMapper spare;

    private final Clock clock;
    private final Map<Stream, Keeper> keepers = new EnumMap<>(Stream.class);

    /** Keeps the rows of a stream that belong elsewhere than in reference.db. The same rows may come again. */
    @FunctionalInterface
    public interface Keeper {
        /**
         * All rows or none are kept when it returns.
         *
         * @param version that they bring the stream to
         */
        void keep(long version, Rows rows);
    }

    /** The rows of one download, in order; may be gone through once. */
    @FunctionalInterface
    public interface Rows {
        void forEach(RowTaker taker) throws SQLException;
    }

    /** Takes one row as it came, a JSON object. */
    @FunctionalInterface
    public interface RowTaker {
        void take(byte[] row) throws SQLException;
    }

    /** Before the first download. What it keeps is safe before the version that brought it is written down here. */
    public void keptBy(Stream stream, Keeper keeper) {
        keepers.put(stream, keeper);
    }

    public StreamTables(SqliteFile reference, AppliedStreams applied, JsonMapper json, Clock clock) {
        this.reference = reference;
        this.applied = applied;
        this.json = json;
        this.spare = json.rebuild()
                .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
        this.clock = clock;
    }

    /**
     * A snapshot replaces everything of its stream; rows that start after another version than ours change nothing.
     *
     * @return whether it was applied
     */
    public boolean apply(Stream stream, StreamFile file) {
        StreamHeader header = file.header();
        Instant at = clock.instant();
        Keeper keeper = keepers.get(stream);
        if (keeper != null && (header.snapshot() || header.from() == applied.version(stream)))
            keeper.keep(header.to(), taker -> {
                try {
                    file.forEachRow(taker::take);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        boolean taken = reference.write(session -> {
            long here = session.first("""
                    select version
                    from stream_version
                    where stream = ?
                    """, row -> row.number("version"), stream.wireName())
                    .orElse(0L);
            if (!header.snapshot() && header.from() != here) return false;
            if (header.snapshot() && keeper == null) empty(session, stream);
            try {
                if (keeper == null) file.forEachRow(row -> put(session, stream, row));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            putVersion(session, stream, header.to(), at);
            return true;
        });
        if (taken) {
            LOG.info("stream applied stream={} version={} rows={}", stream.wireName(), header.to(), file.rows());
            applied.applied(stream, header.to(), at);
        }
        return taken;
    }

    /** What is kept elsewhere was lost there: the stream is asked for anew, whole. */
    public void forget(Stream stream) {
        Instant at = clock.instant();
        reference.change(session -> putVersion(session, stream, 0, at));
        LOG.warn("stream forgotten, it comes again whole stream={}", stream.wireName());
        applied.applied(stream, 0, at);
    }

    /** For a stream whose content is kept elsewhere: the index. */
    public void applied(Stream stream, long version) {
        Instant at = clock.instant();
        reference.change(session -> putVersion(session, stream, version, at));
        LOG.info("stream applied stream={} version={}", stream.wireName(), version);
        applied.applied(stream, version, at);
    }

    private static void putVersion(Session session, Stream stream, long version, Instant at) throws SQLException {
        session.updateOne("""
                insert into stream_version (stream, version, applied_at)
                values (?, ?, ?)
                on conflict (stream) do update set version = excluded.version, applied_at = excluded.applied_at
                """, stream.wireName(), version, at);
    }

    private static void empty(Session session, Stream stream) throws SQLException {
        switch (stream) {
            case CATALOGUE -> {
                session.update("delete from part");
                session.update("delete from part_barcode");
            }
            case PRICES -> session.update("delete from part_price");
            case STOCK -> session.update("delete from branch_stock");
            case USERS -> session.update("delete from person");
            case SETTINGS -> session.update("delete from settings");
            case TRANSFERS -> session.update("delete from transfer");
            case LEASES -> session.update("delete from lease");
            case CUSTOMERS -> {
                session.update("delete from customer");
                session.update("delete from customer_word");
            }
            case PRICE_BOOK -> {
                session.update("delete from price_rule");
                session.update("delete from promotion");
            }
            case ORDERS -> session.update("delete from purchase_order");
            case RETURNS -> {
                session.update("delete from return_rule");
                session.update("delete from misfit");
            }
            case CREDITS -> session.update("delete from credit_elsewhere");
            case INDEX -> throw new IllegalArgumentException("the index is not kept in tables");
            case PROPOSALS -> throw new IllegalStateException("nobody keeps the answers to proposals");
        }
    }

    private void put(Session session, Stream stream, byte[] row) throws SQLException {
        switch (stream) {
            case CATALOGUE -> put(session, json.readValue(row, PartRow.class));
            case PRICES -> put(session, json.readValue(row, PriceRow.class));
            case STOCK -> put(session, json.readValue(row, StockRow.class));
            case USERS -> put(session, json.readValue(row, UserRow.class));
            case SETTINGS -> put(session, json.readValue(row, SettingsRow.class));
            case TRANSFERS -> put(session, json.readValue(row, TransferRow.class));
            case LEASES -> put(session, json.readValue(row, LeaseRow.class));
            case CUSTOMERS -> put(session, json.readValue(row, CustomerRow.class));
            case PRICE_BOOK -> put(session, json.readValue(row, PriceBookRow.class));
            case ORDERS -> put(session, json.readValue(row, OrderRow.class));
            case RETURNS -> put(session, json.readValue(row, ReturnRow.class));
            case CREDITS -> put(session, json.readValue(row, CreditSpentRow.class));
            case INDEX -> throw new IllegalArgumentException("the index is not kept in tables");
            case PROPOSALS -> throw new IllegalStateException("nobody keeps the answers to proposals");
        }
    }

    private static void put(Session session, CreditSpentRow credit) throws SQLException {
        session.updateOne("""
                insert into credit_elsewhere (credit_id, spent)
                values (?, ?)
                on conflict (credit_id) do update set spent = excluded.spent
                """, credit.credit(), credit.spent());
    }

    private void put(Session session, PartRow part) throws SQLException {
        session.update("""
                delete from part_barcode
                where part_id = ?
                """, part.id());
        if (part.removed()) {
            session.update("""
                    delete from part
                    where id = ?
                    """, part.id());
            return;
        }
        session.updateOne(
                """
                insert into part (id, line_code, part_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                                  tax_object, relations, tracking)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                set line_code = excluded.line_code, part_number = excluded.part_number, brand = excluded.brand,
                    name_es = excluded.name_es, name_en = excluded.name_en, category = excluded.category, unit = excluded.unit,
                    tax_class = excluded.tax_class, core = excluded.core, sat_code = excluded.sat_code,
                    sat_unit = excluded.sat_unit, tax_object = excluded.tax_object, relations = excluded.relations, tracking = excluded.tracking
                """,
                part.id(),
                part.lineCode(),
                part.partNumber(),
                part.brand(),
                part.nameEs(),
                part.nameEn(),
                part.category(),
                part.unit(),
                part.taxClass(),
                part.core(),
                part.satCode(),
                part.satUnit(),
                part.taxObject(),
                spare.writeValueAsString(new PartRelations(part.fitments(), part.interchanges(), part.relations())),
                Objects.requireNonNullElse(part.tracking(), "NONE"));
        for (PartRow.BarcodeRow barcode : part.barcodes())
            session.updateOne("""
                    insert into part_barcode (barcode, part_id, pack)
                    values (?, ?, ?)
                    on conflict (barcode) do update set part_id = excluded.part_id, pack = excluded.pack
                    """, barcode.value(), part.id(), barcode.pack());
    }

    private static void put(Session session, PriceRow price) throws SQLException {
        if (price.amount() == null) session.update("""
                    delete from part_price
                    where part_id = ?
                    """, price.part());
        else session.updateOne("""
                    insert into part_price (part_id, amount, currency, includes_tax)
                    values (?, ?, ?, ?)
                    on conflict (part_id) do update
                    set amount = excluded.amount, currency = excluded.currency, includes_tax = excluded.includes_tax
                    """, price.part(), price.amount(), price.currency(), price.includesTax());
    }

    private void put(Session session, PriceBookRow row) throws SQLException {
        PriceBookRow.RuleRow rule = row.rule();
        PriceBookRow.PromotionRow promotion = row.promotion();
        if (rule != null) put(session, row, rule);
        else if (promotion != null)
            session.updateOne("""
                    insert into promotion (id, ends, version, body)
                    values (?, ?, ?, ?)
                    on conflict (id) do update set ends = excluded.ends, version = excluded.version, body = excluded.body
                    """, row.id(), promotion.ends(), row.version(), json.writeValueAsString(promotion));
        else {
            session.update("delete from price_rule where id = ?", row.id());
            session.update("delete from promotion where id = ?", row.id());
        }
    }

    private static void put(Session session, PriceBookRow row, PriceBookRow.RuleRow rule) throws SQLException {
        session.updateOne(
                """
                insert into price_rule (id, target, target_value, level, customer, from_quantity, amount, includes_tax, percent_off, starts, ends,
                                        version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set version = excluded.version
                """,
                row.id(),
                rule.target(),
                rule.targetValue(),
                rule.level(),
                rule.customer(),
                rule.from(),
                rule.amount(),
                rule.includesTax(),
                rule.percentOff(),
                rule.starts(),
                rule.ends(),
                row.version());
    }

    private static void put(Session session, StockRow stock) throws SQLException {
        session.updateOne(
                """
                insert into branch_stock (store_id, part_id, store_code, on_hand, opening, bin, as_of, opening_value, class, promised, promised_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (part_id, store_id) do update
                set store_code = excluded.store_code, on_hand = excluded.on_hand, opening = excluded.opening, bin = excluded.bin,
                    as_of = excluded.as_of, opening_value = excluded.opening_value, class = excluded.class, promised = excluded.promised,
                    promised_until = excluded.promised_until
                """,
                stock.store(),
                stock.part(),
                stock.storeCode(),
                stock.onHand(),
                stock.opening(),
                stock.bin(),
                stock.asOf(),
                stock.openingValue() == null ? 0L : stock.openingValue(),
                stock.abc(),
                stock.promised() == null ? 0L : stock.promised(),
                stock.promisedUntil());
    }

    private static void put(Session session, UserRow user) throws SQLException {
        if (user.removed()) {
            session.update("""
                    delete from person
                    where id = ?
                    """, user.id());
            return;
        }
        // A name that went from one person to another comes as two rows, in any order.
        session.update("""
                delete from person
                where id = ? or username = ?
                """, user.id(), user.user());
        session.updateOne(
                """
                insert into person (id, username, name, role, pin_hash, code_hash, code_expires_at, discount_limit)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                user.id(),
                user.user(),
                user.name(),
                user.role(),
                user.pinHash(),
                user.codeHash(),
                user.codeExpiresAt(),
                user.discountLimit() == null ? null : user.discountLimit().toPlainString());
    }

    private void put(Session session, TransferRow transfer) throws SQLException {
        if (transfer.done()) session.update("""
                    delete from transfer
                    where number = ?
                    """, transfer.number());
        else session.updateOne("""
                    insert into transfer (number, body)
                    values (?, ?)
                    on conflict (number) do update set body = excluded.body
                    """, transfer.number(), json.writeValueAsString(transfer));
    }

    private void put(Session session, LeaseRow lease) throws SQLException {
        session.updateOne("""
                insert into lease (id, body)
                values (?, ?)
                on conflict (id) do update set body = excluded.body
                """, lease.id(), json.writeValueAsString(lease));
    }

    private void put(Session session, CustomerRow row) throws SQLException {
        session.updateOne("""
                insert into customer (id, heard, body)
                values (?, ?, ?)
                on conflict (id) do update set heard = excluded.heard, body = excluded.body
                """, row.id(), row.heard(), json.writeValueAsString(row));
        session.update("""
                delete from customer_word
                where customer_id = ?
                """, row.id());
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        for (CustomerField field : CustomerField.values()) {
            String text = row.fields().get(field.name());
            if (text != null) fields.put(field, text);
        }
        for (String word : new Customer(row.id(), fields).words()) session.updateOne("""
                    insert into customer_word (word, customer_id)
                    values (?, ?)
                    """, word, row.id());
    }

    /** One of which nothing more will come stays for a while: goods that name it are beyond it, and that is to be said. */
    private void put(Session session, OrderRow order) throws SQLException {
        session.updateOne("""
                insert into purchase_order (id, number, body)
                values (?, ?, ?)
                on conflict (id) do update set number = excluded.number, body = excluded.body
                """, order.id(), order.number(), json.writeValueAsString(order));
        if (order.done()) session.update("""
                    delete from purchase_order
                    where json_extract(body, '$.done')
                    and json_extract(body, '$.sentAt') < ?
                    """, clock.instant().minus(ENDED_ORDERS_KEPT));
    }

    private void put(Session session, ReturnRow row) throws SQLException {
        ReturnRow.MisfitRow misfit = row.misfit();
        ReturnRow.PolicyRow policy = row.policy();
        if (misfit != null)
            session.updateOne(
                    """
                    insert into misfit (part_id, make, model, year, engine, times)
                    values (?, ?, ?, ?, ?, ?)
                    on conflict (part_id, make, model, year, engine) do update set times = excluded.times
                    """, misfit.part(), misfit.make(), misfit.model(), misfit.year(), misfit.engine(), misfit.times());
        else if (policy == null)
            session.update(
                    "delete from return_rule where target = ? and target_value = ?", row.target(), row.targetValue());
        else session.updateOne("""
                    insert into return_rule (target, target_value, body)
                    values (?, ?, ?)
                    on conflict (target, target_value) do update set body = excluded.body
                    """, row.target(), row.targetValue(), json.writeValueAsString(policy));
    }

    private void put(Session session, SettingsRow settings) throws SQLException {
        session.updateOne("""
                insert into settings (only_row, body)
                values (1, ?)
                on conflict (only_row) do update set body = excluded.body
                """, json.writeValueAsString(settings));
    }
}
