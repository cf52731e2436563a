package mx.refahub.adapters.odoo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a database of Odoo does with the calls that the adapter makes: the same refusals, the same silence about a reference that is there twice. A call is a
 * transaction. Not for several threads.
 */
final class OdooStore {
    /** A Python exception. */
    static final class Raised extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String name;

        Raised(String name, String message) {
            super(message);
            this.name = name;
        }

        String name() {
            return name;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** Something that changed. @param reference of the move or payment, code of the product; empty for others */
    record Effect(String model, String method, long id, String reference) {}

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int SECONDS = 19;
    private static final String VALIDATION = "odoo.exceptions.ValidationError";
    private static final String USER = "odoo.exceptions.UserError";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<String, TreeMap<Long, Map<String, Object>>> tables = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Effect> log = new ArrayList<>();
    private final int version;
    private final InstantSource clock;

    OdooStore(int version, InstantSource clock) {
        this.version = version;
        this.clock = clock;
    }

    List<Effect> log() {
        return List.copyOf(log);
    }

    /** All or nothing. */
    @Nullable
    Object call(String model, String method, List<Long> ids, Map<String, ?> arguments, Map<?, ?> context) {
        undo.clear();
        int logged = log.size();
        try {
            if (!OdooModels.names().contains(model))
                throw new Raised("werkzeug.exceptions.NotFound", "the model '" + model + "' does not exist");
            return done(model, method, ids, arguments, context);
        } catch (Raised e) {
            while (!undo.isEmpty()) undo.pop().run();
            log.subList(logged, log.size()).clear();
            throw e;
        }
    }

    private @Nullable Object done(
            String model, String method, List<Long> ids, Map<String, ?> arguments, Map<?, ?> context) {
        for (Long id : ids)
            if (!table(model).containsKey(id))
                throw new Raised(
                        "odoo.exceptions.MissingError",
                        "Record does not exist or has been deleted.\n(Record: " + model + "(" + id + ",), User: 2)");
        return switch (method) {
            case "search" -> found(model, arguments, context);
            case "search_count" -> found(model, arguments, context).size();
            case "search_read" ->
                read(model, found(model, arguments, context), texts(arguments.get("fields")), context);
            case "read" -> read(model, ids, texts(arguments.get("fields")), context);
            case "create" -> {
                List<Long> made = new ArrayList<>();
                for (Object each : list(arguments.get("vals_list"))) made.add(create(model, map(each), context));
                yield made;
            }
            case "write" -> {
                for (Long id : ids) write(model, id, map(arguments.get("vals")));
                yield true;
            }
            case "unlink" -> {
                ids.forEach(each -> unlink(model, each));
                yield true;
            }
            case "action_post" -> {
                ids.forEach(each -> post(model, each));
                yield false;
            }
            case "button_draft", "action_draft" -> {
                for (Long id : ids) state(model, method, id, "draft");
                yield null;
            }
            case "button_cancel", "action_cancel" -> {
                for (Long id : ids)
                    state(model, method, id, model.equals(OdooModels.PAYMENT) && version >= 18 ? "canceled" : "cancel");
                yield null;
            }
            case "action_apply_inventory" -> {
                ids.forEach(this::applyInventory);
                yield null;
            }
            case "action_create_payments" -> {
                ids.forEach(this::pay);
                yield Map.of("type", "ir.actions.act_window_close");
            }
            default ->
                throw new Raised(
                        "werkzeug.exceptions.NotFound", "The method '" + model + "." + method + "' does not exist");
        };
    }

    // What a call makes of the tables.

    /** For whoever prepares a database: without its rules. */
    long insert(String model, Map<String, ?> values) {
        long id = last.merge(model, 1L, Long::sum);
        put(model, id, values);
        return id;
    }

    void put(String model, long id, Map<String, ?> values) {
        Map<String, Object> row = new LinkedHashMap<>(values);
        row.put("id", id);
        row.put("write_date", STAMP.format(clock.instant()));
        if (has(model, "active")) row.putIfAbsent("active", true);
        table(model).put(id, row);
        last.merge(model, id, Math::max);
        undo.push(() -> table(model).remove(id));
    }

    private long create(String model, Map<String, Object> given, Map<?, ?> context) {
        known(model, given);
        return switch (model) {
            case OdooModels.MOVE -> move(given);
            case OdooModels.PRODUCT -> product(given);
            case OdooModels.QUANT -> quant(given, context);
            case OdooModels.REGISTER -> {
                Map<String, Object> all = new LinkedHashMap<>(given);
                all.put("_moves", list(context.get("active_ids")));
                yield insert(model, all);
            }
            case OdooModels.PARTNER,
                    OdooModels.PRICE_ITEM,
                    OdooModels.PRICE_LIST,
                    OdooModels.ACCOUNT,
                    OdooModels.JOURNAL,
                    OdooModels.TAX,
                    OdooModels.LOCATION,
                    OdooModels.ANALYTIC -> {
                if (model.equals(OdooModels.PARTNER) && text(given, "name").isEmpty())
                    throw new Raised(VALIDATION, "The operation cannot be completed: Contacts require a name");
                long id = insert(model, given);
                effect(model, "create", id, text(given, "ref"));
                yield id;
            }
            default ->
                throw new Raised(
                        "odoo.exceptions.AccessError", "You are not allowed to create '" + model + "' records.");
        };
    }

    private long move(Map<String, Object> given) {
        Map<String, Object> row = new LinkedHashMap<>(given);
        row.remove("line_ids");
        row.remove("invoice_line_ids");
        row.putIfAbsent("move_type", "entry");
        row.putIfAbsent(
                "date",
                row.getOrDefault(
                        "invoice_date",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString()));
        row.put("state", "draft");
        row.put("payment_state", "not_paid");
        row.put("currency_id", table(OdooModels.COMPANY).firstEntry().getValue().get("currency_id"));
        if (row.get("journal_id") == null && text(row, "move_type").startsWith("in_"))
            row.put("journal_id", journal("purchase"));
        exists(OdooModels.JOURNAL, row.get("journal_id"));
        if (row.get("partner_id") != null) exists(OdooModels.PARTNER, row.get("partner_id"));
        long id = insert(OdooModels.MOVE, row);
        BigDecimal debit = BigDecimal.ZERO;
        BigDecimal credit = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        List<Object> lines = new ArrayList<>();
        boolean invoice = !"entry".equals(row.get("move_type"));
        for (Object command : list(given.get(invoice ? "invoice_line_ids" : "line_ids"))) {
            Map<String, Object> line = new LinkedHashMap<>(map(list(command).getLast()));
            known(OdooModels.MOVE_LINE, line);
            line.put("move_id", id);
            if (invoice) total = total.add(invoiced(line));
            else {
                exists(OdooModels.ACCOUNT, line.get("account_id"));
                debit = debit.add(number(line, "debit"));
                credit = credit.add(number(line, "credit"));
            }
            lines.add(insert(OdooModels.MOVE_LINE, line));
        }
        if (debit.compareTo(credit) != 0)
            throw new Raised(
                    USER,
                    "The entry is not balanced.\nThe total of debits equals " + debit
                            + " and the total of credits equals " + credit + ".");
        row = row(OdooModels.MOVE, id);
        row.put(invoice ? "invoice_line_ids" : "line_ids", lines);
        row.put("amount_total", invoice ? total : debit);
        row.put("amount_residual", invoice ? total : BigDecimal.ZERO);
        effect(OdooModels.MOVE, "create", id, text(row, "ref"));
        return id;
    }

    /** The first of its kind, as Odoo chooses where none is given. */
    private long journal(String type) {
        return table(OdooModels.JOURNAL).values().stream()
                .filter(each -> type.equals(each.get("type")))
                .map(each -> id(each.get("id")))
                .findFirst()
                .orElseThrow(() -> new Raised(USER, "No journal could be found for type " + type + "."));
    }

    /** Before tax rounded, each tax rounded: what Odoo does where it rounds by line. */
    private BigDecimal invoiced(Map<String, Object> line) {
        if (line.get("product_id") != null) exists(OdooModels.PRODUCT, line.get("product_id"));
        BigDecimal base = number(line, "price_unit")
                .multiply(line.containsKey("quantity") ? number(line, "quantity") : BigDecimal.ONE)
                .multiply(HUNDRED.subtract(number(line, "discount")))
                .divide(HUNDRED)
                .setScale(2, RoundingMode.HALF_UP);
        BigDecimal total = base;
        for (Object command : list(line.get("tax_ids")))
            for (Object tax : list(list(command).getLast())) {
                exists(OdooModels.TAX, tax);
                total = total.add(base.multiply(number(row(OdooModels.TAX, id(tax)), "amount"))
                        .divide(HUNDRED)
                        .setScale(2, RoundingMode.HALF_UP));
            }
        return total;
    }

    private long product(Map<String, Object> given) {
        String type = text(given, "type");
        if (type.equals(version >= 18 ? "product" : "combo"))
            throw new Raised("ValueError", "Wrong value for product.template.type: '" + type + "'");
        if (text(given, "name").isEmpty())
            throw new Raised(
                    VALIDATION,
                    "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\nModel: Product (product.template)\nField: Name (name)");
        barcodeIsFree(0, given);
        Map<String, Object> template = new LinkedHashMap<>();
        for (String each : List.of("name", "default_code", "list_price", "type"))
            if (given.containsKey(each)) template.put(each, Objects.requireNonNull(given.get(each)));
        long id = last.getOrDefault(OdooModels.PRODUCT, 0L) + 1;
        template.put("product_variant_ids", List.of(id));
        Map<String, Object> row = new LinkedHashMap<>(given);
        row.put("product_tmpl_id", insert(OdooModels.TEMPLATE, template));
        row.putIfAbsent("sale_ok", true);
        insert(OdooModels.PRODUCT, row);
        effect(OdooModels.PRODUCT, "create", id, text(given, "default_code"));
        return id;
    }

    private void barcodeIsFree(long but, Map<String, Object> given) {
        String barcode = text(given, "barcode");
        if (barcode.isEmpty()) return;
        for (Map<String, Object> other : table(OdooModels.PRODUCT).values())
            if (id(other.get("id")) != but && barcode.equals(other.get("barcode")))
                throw new Raised(
                        VALIDATION,
                        "Barcode(s) already assigned:\n\n- Barcode \"" + barcode
                                + "\" already assigned to product(s): " + name(OdooModels.PRODUCT, id(other.get("id")))
                                + " and " + text(given, "name")
                                + "\n\nNote: products that you don't have access to will not be shown above.");
    }

    /** A second quant of the same product and place is the first one, counted anew. */
    private long quant(Map<String, Object> given, Map<?, ?> context) {
        if (given.containsKey("inventory_quantity") && !Boolean.TRUE.equals(context.get("inventory_mode")))
            throw new Raised("odoo.exceptions.AccessError", "You are not allowed to create 'Quants' records.");
        exists(OdooModels.PRODUCT, given.get("product_id"));
        exists(OdooModels.LOCATION, given.get("location_id"));
        long id = 0;
        for (Map<String, Object> each : table(OdooModels.QUANT).values())
            if (id(each.get("product_id")) == id(given.get("product_id"))
                    && id(each.get("location_id")) == id(given.get("location_id"))) id = id(each.get("id"));
        if (id == 0) {
            Map<String, Object> row = new LinkedHashMap<>(given);
            row.putIfAbsent("quantity", BigDecimal.ZERO);
            id = insert(OdooModels.QUANT, row);
        } else change(OdooModels.QUANT, id, "inventory_quantity", number(given, "inventory_quantity"));
        if (version < 15) applyInventory(id);
        return id;
    }

    private void applyInventory(long id) {
        change(OdooModels.QUANT, id, "quantity", number(row(OdooModels.QUANT, id), "inventory_quantity"));
        change(OdooModels.QUANT, id, "write_date", STAMP.format(clock.instant()));
        effect(OdooModels.QUANT, "apply", id, "");
    }

    private void write(String model, long id, Map<String, Object> values) {
        known(model, values);
        if (model.equals(OdooModels.PRODUCT)) barcodeIsFree(id, values);
        if (model.equals(OdooModels.MOVE)
                && "posted".equals(row(model, id).get("state"))
                && !values.keySet().equals(Set.of("ref"))) throw new Raised(USER, "You cannot modify a posted entry");
        values.forEach((name, value) -> change(model, id, name, value));
        change(model, id, "write_date", STAMP.format(clock.instant()));
        effect(model, "write", id, "");
    }

    private void unlink(String model, long id) {
        Map<String, Object> row = row(model, id);
        if (model.equals(OdooModels.MOVE) && !text(row, "name").isEmpty())
            throw new Raised(USER, "You cannot delete an entry which has been posted once.");
        remove(model, id);
        if (model.equals(OdooModels.MOVE))
            List.copyOf(table(OdooModels.MOVE_LINE).values()).stream()
                    .filter(each -> id(each.get("move_id")) == id)
                    .forEach(each -> remove(OdooModels.MOVE_LINE, id(each.get("id"))));
        effect(model, "unlink", id, text(row, "ref"));
    }

    private void remove(String model, long id) {
        Map<String, Object> row = row(model, id);
        table(model).remove(id);
        undo.push(() -> table(model).put(id, row));
    }

    private void post(String model, long id) {
        Map<String, Object> row = row(model, id);
        String name = text(row, "name");
        if (!"draft".equals(row.get("state")))
            throw new Raised(USER, "The entry " + name + " (id " + id + ") must be in draft.");
        boolean invoice = !"entry".equals(row.get("move_type"));
        if (invoice && row.get("partner_id") == null)
            throw new Raised(
                    USER, "The field 'Customer' is required, please complete it to validate the Customer Invoice.");
        if (name.isEmpty()) {
            String journal = text(row(OdooModels.JOURNAL, id(row.get("journal_id"))), "code");
            String start = (text(row, "move_type").endsWith("_refund") ? "R" : "") + journal + "/"
                    + text(row, "date").substring(0, 4) + "/";
            long number = 1;
            for (Map<String, Object> each : table(model).values())
                if (text(each, "name").startsWith(start)) number++;
            change(model, id, "name", start + String.format(Locale.ROOT, "%05d", number));
        }
        change(model, id, "state", "posted");
        change(model, id, "write_date", STAMP.format(clock.instant()));
        effect(model, "post", id, text(row, "ref"));
    }

    private void state(String model, String method, long id, String state) {
        if (model.equals(OdooModels.PAYMENT) && !state.equals("draft")) settle(id, false);
        change(model, id, "state", state);
        effect(model, method, id, text(row(model, id), model.equals(OdooModels.PAYMENT) ? memo() : "ref"));
    }

    private void pay(long wizard) {
        Map<String, Object> asked = row(OdooModels.REGISTER, wizard);
        exists(OdooModels.JOURNAL, asked.get("journal_id"));
        for (Object each : list(asked.get("_moves"))) {
            long move = id(each);
            Map<String, Object> paid = row(OdooModels.MOVE, move);
            if (!"posted".equals(paid.get("state")))
                throw new Raised(USER, "You can only register payment for posted journal entries.");
            Map<String, Object> payment = new LinkedHashMap<>();
            payment.put("payment_type", "out_refund".equals(paid.get("move_type")) ? "outbound" : "inbound");
            payment.put("partner_type", "customer");
            payment.put("partner_id", Objects.requireNonNull(paid.get("partner_id")));
            payment.put("amount", number(asked, "amount"));
            payment.put("date", text(asked, "payment_date"));
            payment.put("journal_id", Objects.requireNonNull(asked.get("journal_id")));
            payment.put(memo(), text(asked, "communication"));
            payment.put("state", version >= 18 ? "paid" : "posted");
            payment.put("_paid", move);
            long id = insert(OdooModels.PAYMENT, payment);
            settle(id, true);
            effect(OdooModels.PAYMENT, "pay", id, text(asked, "communication"));
        }
    }

    private String memo() {
        return version >= 18 ? "memo" : "ref";
    }

    private void settle(long payment, boolean on) {
        Map<String, Object> row = row(OdooModels.PAYMENT, payment);
        long move = id(row.get("_paid"));
        BigDecimal amount = number(row, "amount");
        BigDecimal left = number(row(OdooModels.MOVE, move), "amount_residual").subtract(on ? amount : amount.negate());
        change(OdooModels.MOVE, move, "amount_residual", left);
        change(
                OdooModels.MOVE,
                move,
                "payment_state",
                left.signum() <= 0
                        ? "paid"
                        : left.compareTo(number(row(OdooModels.MOVE, move), "amount_total")) < 0
                                ? "partial"
                                : "not_paid");
    }

    private void change(String model, long id, String field, @Nullable Object value) {
        Map<String, Object> row = row(model, id);
        Object before = row.get(field);
        if (value == null) row.remove(field);
        else row.put(field, value);
        undo.push(() -> {
            if (before == null) row.remove(field);
            else row.put(field, before);
        });
    }

    private void effect(String model, String method, long id, String reference) {
        log.add(new Effect(model, method, id, reference));
    }

    // What a call asks of the tables.

    private List<Long> found(String model, Map<String, ?> arguments, Map<?, ?> context) {
        List<?> domain = list(arguments.get("domain"));
        boolean active = has(model, "active")
                && !Boolean.FALSE.equals(context.get("active_test"))
                && domain.stream()
                        .noneMatch(each ->
                                each instanceof List<?> part && part.getFirst().equals("active"));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : table(model).values())
            if ((!active || Boolean.TRUE.equals(row.get("active"))) && holds(model, domain, row)) rows.add(row);
        if (arguments.get("order") instanceof String order) rows.sort(order(order));
        int from = arguments.get("offset") instanceof Number offset ? offset.intValue() : 0;
        int most = arguments.get("limit") instanceof Number limit ? limit.intValue() : Integer.MAX_VALUE;
        return rows.stream()
                .skip(from)
                .limit(most)
                .map(each -> id(each.get("id")))
                .toList();
    }

    private static Comparator<Map<String, Object>> order(String text) {
        Comparator<Map<String, Object>> all = Comparator.comparing(each -> 0);
        for (String part : text.split(",", -1)) {
            String[] words = part.strip().split("\\s+", -1);
            Comparator<Map<String, Object>> one = (a, b) -> compared(a.get(words[0]), b.get(words[0]));
            all = all.thenComparing(words.length > 1 && words[1].equalsIgnoreCase("desc") ? one.reversed() : one);
        }
        return all;
    }

    /** Polish notation, what stands without an operator is joined by 'and'. */
    private boolean holds(String model, List<?> domain, Map<String, Object> row) {
        Deque<Boolean> stack = new ArrayDeque<>();
        List<?> backwards = new ArrayList<>(domain).reversed();
        for (Object each : backwards) {
            if (each instanceof List<?> part) stack.push(holds(model, part.getFirst(), part.get(1), part.get(2), row));
            else
                switch (String.valueOf(each)) {
                    case "&" -> {
                        boolean one = stack.pop();
                        boolean other = stack.pop();
                        stack.push(one && other);
                    }
                    case "|" -> {
                        boolean one = stack.pop();
                        boolean other = stack.pop();
                        stack.push(one || other);
                    }
                    case "!" -> stack.push(!stack.pop());
                    default -> throw new Raised("ValueError", "Invalid domain term " + each);
                }
        }
        return stack.stream().allMatch(each -> each);
    }

    private boolean holds(
            String model, Object field, Object operator, @Nullable Object wanted, Map<String, Object> row) {
        String name = (String) field;
        if (!name.equals("id") && !has(model, name))
            throw new Raised("ValueError", "Invalid field " + model + "." + name + " in condition");
        Object has = row.getOrDefault(name, zero(OdooModels.field(model, name).type()));
        return switch (String.valueOf(operator)) {
            case "=" -> same(has, wanted);
            case "!=" -> !same(has, wanted);
            case "in" -> list(wanted).stream().anyMatch(each -> same(has, each));
            case "not in" -> list(wanted).stream().noneMatch(each -> same(has, each));
            case ">" -> has != null && compared(has, wanted) > 0;
            case ">=" -> has != null && compared(has, wanted) >= 0;
            case "<" -> has != null && compared(has, wanted) < 0;
            case "<=" -> has != null && compared(has, wanted) <= 0;
            case "=ilike" -> String.valueOf(has).equalsIgnoreCase(String.valueOf(wanted));
            default -> throw new Raised("ValueError", "Invalid operator " + operator);
        };
    }

    private static @Nullable Object zero(OdooModels.Type type) {
        return switch (type) {
            case FLOAT, MONETARY, INTEGER -> 0L;
            default -> null;
        };
    }

    private static boolean same(@Nullable Object has, @Nullable Object wanted) {
        if (has == null) return wanted == null || Boolean.FALSE.equals(wanted) || "".equals(wanted);
        if (has instanceof Number && wanted instanceof Number) return compared(has, wanted) == 0;
        return has.equals(wanted);
    }

    private static int compared(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) return Boolean.compare(one != null, other != null);
        if (one instanceof Number && other instanceof Number)
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
        return one.toString().compareTo(other.toString());
    }

    private List<Map<String, Object>> read(String model, List<Long> ids, List<String> fields, Map<?, ?> context) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String each : fields)
            if (!each.equals("id") && !has(model, each))
                throw new Raised("ValueError", "Invalid field '" + each + "' on '" + model + "'");
        for (Long id : ids) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", id);
            for (String each : fields)
                shown.put(
                        each,
                        each.equals("qty_available")
                                ? onHand(id, context)
                                : shown(model, each, row(model, id).get(each)));
            all.add(shown);
        }
        return all;
    }

    /** All quants of it at the location of the context and below; without one, at all that are internal. */
    private BigDecimal onHand(long product, Map<?, ?> context) {
        String place = context.get("location") instanceof Number location
                ? text(row(OdooModels.LOCATION, location.longValue()), "complete_name")
                : "";
        BigDecimal sum = new BigDecimal("0.0");
        for (Map<String, Object> quant : table(OdooModels.QUANT).values()) {
            Map<String, Object> at = row(OdooModels.LOCATION, id(quant.get("location_id")));
            String name = text(at, "complete_name");
            boolean inside = place.isEmpty()
                    ? text(at, "usage").equals("internal")
                    : name.equals(place) || name.startsWith(place + "/");
            if (inside && id(quant.get("product_id")) == product) sum = sum.add(number(quant, "quantity"));
        }
        return sum;
    }

    private Object shown(String model, String field, @Nullable Object value) {
        OdooModels.Field declared = OdooModels.field(model, field);
        return switch (declared.type()) {
            case MANY2ONE ->
                value == null || id(value) == 0 ? false : List.of(id(value), name(declared.relation(), id(value)));
            case ONE2MANY, MANY2MANY -> value == null ? List.of() : ids(value);
            case FLOAT, MONETARY -> value == null ? new BigDecimal("0.0") : value;
            case INTEGER -> value == null ? 0 : value;
            case BOOLEAN -> Boolean.TRUE.equals(value);
            case DATETIME -> value == null ? false : value.toString().substring(0, SECONDS);
            case CHAR, TEXT, DATE, SELECTION, JSON -> value == null || value.equals("") ? false : value;
        };
    }

    private static List<Object> ids(Object value) {
        List<Object> ids = new ArrayList<>();
        for (Object each : list(value)) {
            if (each instanceof List<?> command) ids.addAll(list(command.getLast()));
            else ids.add(each);
        }
        return ids;
    }

    /** As a list shows it. */
    private String name(String model, long id) {
        Map<String, Object> row = table(model).get(id);
        if (row == null) return "";
        return switch (model) {
            case OdooModels.PRODUCT ->
                (text(row, "default_code").isEmpty() ? "" : "[" + text(row, "default_code") + "] ") + text(row, "name");
            case OdooModels.LOCATION -> text(row, "complete_name");
            case OdooModels.ACCOUNT -> text(row, "code") + " " + text(row, "name");
            default -> text(row, "name");
        };
    }

    private void known(String model, Map<String, ?> values) {
        for (String each : values.keySet())
            if (!has(model, each)) throw new Raised("ValueError", "Invalid field '" + each + "' in '" + model + "'");
    }

    private boolean has(String model, String field) {
        OdooModels.Field declared = OdooModels.fields(model).get(field);
        return declared != null && declared.isIn(version);
    }

    private void exists(String model, @Nullable Object id) {
        if (id == null || !table(model).containsKey(id(id)))
            throw new Raised(
                    VALIDATION,
                    "The operation cannot be completed: another model requires the record being deleted, or the record of '"
                            + model + "' is not set.");
    }

    private Map<String, Object> row(String model, long id) {
        return Objects.requireNonNull(table(model).get(id), () -> model + " " + id);
    }

    TreeMap<Long, Map<String, Object>> table(String model) {
        return tables.computeIfAbsent(model, any -> new TreeMap<>());
    }

    private static long id(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static String text(Map<String, ?> values, String field) {
        return values.get(field) instanceof String text ? text : "";
    }

    private static BigDecimal number(Map<String, ?> values, String field) {
        return values.get(field) instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String.class::cast).toList();
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given)
            given.forEach((key, each) -> {
                // What is false is empty, but for a flag, where both are the same.
                if (each != null) all.put((String) key, each);
            });
        return all;
    }

    static List<Long> numbers(@Nullable Object value) {
        if (value instanceof Number one) return List.of(one.longValue());
        return list(value).stream().map(OdooStore::id).toList();
    }

    static Map<?, ?> mapped(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
