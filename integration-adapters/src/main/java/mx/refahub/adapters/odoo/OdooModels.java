package mx.refahub.adapters.odoo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Every field that the adapter reads or writes. Those of models whose description by a real server is at hand are checked against it by a test; the rest are named in docs/erp-odoo.md.
 */
final class OdooModels {
    enum Type {
        CHAR,
        TEXT,
        BOOLEAN,
        INTEGER,
        FLOAT,
        MONETARY,
        DATE,
        DATETIME,
        SELECTION,
        MANY2ONE,
        ONE2MANY,
        MANY2MANY,
        JSON
    }

    /**
     * @param relation the other model; empty where the type has none
     * @param since the first major version that has it
     * @param until the last that has it
     */
    record Field(Type type, String relation, int since, int until) {
        boolean isIn(int version) {
            return since <= version && version <= until;
        }
    }

    static final int OLDEST = 14;
    static final int JSON_2_SINCE = 19;
    private static final int OPEN = Integer.MAX_VALUE;

    static final String MOVE = "account.move";
    static final String MOVE_LINE = "account.move.line";
    static final String PAYMENT = "account.payment";
    static final String REGISTER = "account.payment.register";
    static final String ACCOUNT = "account.account";
    static final String JOURNAL = "account.journal";
    static final String TAX = "account.tax";
    static final String PARTNER = "res.partner";
    static final String COMPANY = "res.company";
    static final String CURRENCY = "res.currency";
    static final String COUNTRY = "res.country";
    static final String PRODUCT = "product.product";
    static final String TEMPLATE = "product.template";
    static final String PRICE_LIST = "product.pricelist";
    static final String PRICE_ITEM = "product.pricelist.item";
    static final String QUANT = "stock.quant";
    static final String LOCATION = "stock.location";
    static final String ANALYTIC = "account.analytic.account";

    private static final Map<String, Map<String, Field>> ALL = new LinkedHashMap<>();

    static {
        model(MOVE)
                .with("name", "char")
                .with("ref", "char")
                .with("move_type", "selection")
                .with("state", "selection")
                .with("date", "date")
                .with("invoice_date", "date")
                .with("journal_id", "many2one " + JOURNAL)
                .with("partner_id", "many2one " + PARTNER)
                .with("invoice_origin", "char")
                .with("line_ids", "one2many " + MOVE_LINE)
                .with("invoice_line_ids", "one2many " + MOVE_LINE)
                .with("currency_id", "many2one " + CURRENCY)
                .with("amount_total", "monetary")
                .with("amount_residual", "monetary")
                .with("payment_state", "selection")
                .with("reversed_entry_id", "many2one " + MOVE)
                .with("write_date", "datetime");
        model(MOVE_LINE)
                .with("move_id", "many2one " + MOVE)
                .with("name", "char")
                .with("account_id", "many2one " + ACCOUNT)
                .with("partner_id", "many2one " + PARTNER)
                .with("debit", "monetary")
                .with("credit", "monetary")
                .with("product_id", "many2one " + PRODUCT)
                .with("quantity", "float")
                .with("price_unit", "float")
                .with("discount", "float")
                .with("tax_ids", "many2many " + TAX)
                .with("analytic_distribution", "json", 16, OPEN)
                .with("analytic_account_id", "many2one " + ANALYTIC, OLDEST, 15);
        model(PAYMENT)
                .with("name", "char")
                .with("payment_type", "selection")
                .with("partner_type", "selection")
                .with("partner_id", "many2one " + PARTNER)
                .with("amount", "monetary")
                .with("date", "date")
                .with("journal_id", "many2one " + JOURNAL)
                .with("memo", "char", 18, OPEN)
                .with("ref", "char", OLDEST, 17)
                .with("state", "selection")
                .with("move_id", "many2one " + MOVE);
        model(REGISTER)
                .with("amount", "monetary")
                .with("payment_date", "date")
                .with("journal_id", "many2one " + JOURNAL)
                .with("communication", "char");
        model(ACCOUNT).with("code", "char").with("name", "char");
        model(JOURNAL).with("code", "char").with("name", "char").with("type", "selection");
        model(ANALYTIC).with("code", "char").with("name", "char");
        model(COUNTRY).with("code", "char").with("name", "char");
        model(CURRENCY).with("name", "char");
        model(COMPANY).with("name", "char").with("currency_id", "many2one " + CURRENCY);
        model(TAX)
                .with("name", "char")
                .with("amount", "float")
                .with("amount_type", "selection")
                .with("type_tax_use", "selection")
                .with("price_include", "boolean")
                .with("company_id", "many2one " + COMPANY)
                .with("active", "boolean");
        model(PARTNER)
                .with("name", "char")
                .with("vat", "char")
                .with("ref", "char")
                .with("is_company", "boolean")
                .with("email", "char")
                .with("phone", "char")
                .with("street", "char")
                .with("city", "char")
                .with("zip", "char")
                .with("country_id", "many2one " + COUNTRY)
                .with("customer_rank", "integer")
                .with("active", "boolean")
                .with("write_date", "datetime");
        model(PRODUCT)
                .with("name", "char")
                .with("default_code", "char")
                .with("barcode", "char")
                .with("type", "selection")
                .with("is_storable", "boolean", 18, OPEN)
                .with("list_price", "float")
                .with("standard_price", "float")
                .with("taxes_id", "many2many " + TAX)
                .with("product_tmpl_id", "many2one " + TEMPLATE)
                .with("sale_ok", "boolean")
                .with("qty_available", "float")
                .with("active", "boolean")
                .with("write_date", "datetime");
        model(TEMPLATE)
                .with("name", "char")
                .with("type", "selection")
                .with("default_code", "char")
                .with("list_price", "float")
                .with("product_variant_ids", "one2many " + PRODUCT)
                .with("write_date", "datetime");
        model(PRICE_LIST).with("name", "char").with("active", "boolean").with("item_ids", "one2many " + PRICE_ITEM);
        model(PRICE_ITEM)
                .with("pricelist_id", "many2one " + PRICE_LIST)
                .with("product_id", "many2one " + PRODUCT)
                .with("product_tmpl_id", "many2one " + TEMPLATE)
                .with("applied_on", "selection")
                .with("compute_price", "selection")
                .with("fixed_price", "float")
                .with("min_quantity", "float")
                .with("date_start", "datetime")
                .with("date_end", "datetime")
                .with("write_date", "datetime");
        model(QUANT)
                .with("product_id", "many2one " + PRODUCT)
                .with("location_id", "many2one " + LOCATION)
                .with("quantity", "float")
                .with("reserved_quantity", "float")
                .with("inventory_quantity", "float")
                .with("write_date", "datetime");
        model(LOCATION)
                .with("name", "char")
                .with("complete_name", "char")
                .with("usage", "selection")
                .with("active", "boolean");
    }

    private OdooModels() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    /** @throws IllegalArgumentException if the adapter does not know the model */
    static Map<String, Field> fields(String model) {
        Map<String, Field> found = ALL.get(model);
        if (found == null) throw new IllegalArgumentException("model " + model + " is not declared");
        return found;
    }

    /** @throws IllegalArgumentException if it is not declared */
    static Field field(String model, String name) {
        if (name.equals("id")) return new Field(Type.INTEGER, "", OLDEST, OPEN);
        Field found = fields(model).get(name);
        if (found == null) throw new IllegalArgumentException("field " + name + " of " + model + " is not declared");
        return found;
    }

    private static Model model(String name) {
        Map<String, Field> fields = new LinkedHashMap<>();
        ALL.put(name, fields);
        return new Model(fields);
    }

    private record Model(Map<String, Field> fields) {
        Model with(String name, String type) {
            return with(name, type, OLDEST, OPEN);
        }

        Model with(String name, String type, int since, int until) {
            String[] parts = type.split(" ", -1);
            fields.put(
                    name,
                    new Field(
                            Type.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                            parts.length > 1 ? parts[1] : "",
                            since,
                            until));
            return this;
        }
    }
}
