package mx.refahub.adapters.odoo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mx.refahub.domain.Failure;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpGateway.Changes;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/** Parts, stock, prices and customers, out and in. */
final class OdooMasters {
    private static final int MOST = 1_000;
    private static final int STORABLE_FLAG_SINCE = 18;
    private static final int APPLY_SINCE = 15;
    private static final String MEXICO = "MX";
    /** What a customer is called who has no reference in Odoo. */
    private static final String BY_ID = "odoo:";
    /** RFCs that many share: those of the public and of foreigners. */
    private static final Set<String> SHARED_RFC = Set.of("XAXX010101000", "XEXX010101000");

    private static final Map<String, Object> ARCHIVED_TOO = Map.of("active_test", false);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    /** A transaction that began earlier may end later, and its records bear the time of its beginning. */
    private static final int OVERLAP_SECONDS = 120;

    private final OdooDatabase database;
    private final OdooCalls calls;

    OdooMasters(OdooDatabase database) {
        this.database = database;
        calls = database.calls();
    }

    // Out.

    List<Delivery> put(List<? extends Master> masters) {
        @Nullable Delivery[] outcomes = new Delivery[masters.size()];
        try {
            parts(chosen(masters, Master.Part.class), outcomes);
            stock(chosen(masters, Master.Stock.class), outcomes);
            prices(chosen(masters, Master.Price.class), outcomes);
            customers(chosen(masters, Master.Customer.class), outcomes);
        } catch (Failure e) {
            rest(outcomes, new Delivery.Unreachable(String.valueOf(e.getMessage()), null));
        } catch (OdooRefused e) {
            rest(outcomes, new Delivery.Unreachable(OdooSentences.of(e), OdooGateway.UNTIL_MENDED));
        }
        return Arrays.asList(outcomes).stream()
                .map(each -> each == null ? new Delivery.Unreachable("Odoo no dijo qué fue de él", null) : each)
                .toList();
    }

    private static void rest(@Nullable Delivery[] outcomes, Delivery with) {
        for (int i = 0; i < outcomes.length; i++) if (outcomes[i] == null) outcomes[i] = with;
    }

    /** By their place. */
    private static <M extends Master> Map<Integer, M> chosen(List<? extends Master> masters, Class<M> kind) {
        Map<Integer, M> found = new LinkedHashMap<>();
        for (int i = 0; i < masters.size(); i++)
            if (kind.isInstance(masters.get(i))) found.put(i, kind.cast(masters.get(i)));
        return found;
    }

    /** What should be there. @param place in the call */
    private record Wish(int place, String code, Map<String, Object> values) {}

    private void parts(Map<Integer, Master.Part> parts, @Nullable Delivery[] outcomes) {
        if (parts.isEmpty()) return;
        List<Wish> wishes = new ArrayList<>();
        parts.forEach((place, part) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("name", part.description().isEmpty() ? part.code() : part.description());
            if (!part.barcode().isEmpty()) values.put("barcode", part.barcode());
            values.put("sale_ok", part.sold());
            wishes.add(new Wish(place, part.code(), values));
        });
        Map<String, Object> goods = new LinkedHashMap<>();
        if (calls.version() >= STORABLE_FLAG_SINCE) {
            goods.put("type", "consu");
            goods.put("is_storable", true);
        } else goods.put("type", "product");
        keep(OdooModels.PRODUCT, "default_code", List.of("name", "barcode", "sale_ok"), wishes, goods, outcomes);
    }

    /**
     * Creates what is not there in one call, changes what is there and differs. Codes are not unique in Odoo: of several the oldest is meant, and those that a
     * request which came twice has made are put away.
     */
    private void keep(
            String model,
            String code,
            List<String> compared,
            List<Wish> wishes,
            Map<String, Object> always,
            @Nullable Delivery[] outcomes) {
        Set<String> codes = new TreeSet<>();
        wishes.forEach(each -> codes.add(each.code()));
        Map<String, OdooRecord> there = oldest(model, code, compared, codes, null);
        Map<String, Map<String, Object>> missing = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            OdooRecord found = there.get(wish.code());
            if (found == null) {
                Map<String, Object> values = new LinkedHashMap<>(wish.values());
                values.put(code, wish.code());
                values.putAll(always);
                missing.put(wish.code(), values);
            } else outcomes[wish.place()] = changed(model, found, wish.values());
        }
        if (missing.isEmpty()) return;
        Map<String, Delivery> made = new HashMap<>();
        create(model, missing, made);
        List<Long> twice = new ArrayList<>();
        Map<String, OdooRecord> shown = oldest(model, code, List.of(), missing.keySet(), twice);
        if (!twice.isEmpty()) calls.execute(OdooCall.act(model, "unlink", twice));
        for (Wish wish : wishes) {
            OdooRecord record = shown.get(wish.code());
            Delivery refused = made.get(wish.code());
            if (!missing.containsKey(wish.code())) continue;
            if (record != null) outcomes[wish.place()] = new Delivery.Delivered(Long.toString(record.id()), false);
            else if (refused != null) outcomes[wish.place()] = refused;
        }
    }

    /** @param others where ids of the younger ones go */
    private Map<String, OdooRecord> oldest(
            String model, String code, List<String> fields, Set<String> codes, @Nullable List<Long> others) {
        List<String> read = new ArrayList<>(fields);
        read.add(code);
        Map<String, OdooRecord> found = new HashMap<>();
        for (OdooRecord each :
                calls.records(OdooCall.searchRead(model, List.of(OdooCall.where(code, "in", List.copyOf(codes))), read)
                        .ordered("id", MOST)
                        .in(ARCHIVED_TOO)))
            if (found.putIfAbsent(each.text(code), each) != null && others != null) others.add(each.id());
        return found;
    }

    private void create(String model, Map<String, Map<String, Object>> values, Map<String, Delivery> refused) {
        try {
            calls.execute(OdooCall.create(model, List.copyOf(values.values())));
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY || e.kind() == OdooRefused.Kind.ACCESS) throw e;
            if (values.size() == 1)
                refused.put(values.keySet().iterator().next(), new Delivery.Refused("", OdooSentences.of(e)));
            else values.forEach((code, one) -> create(model, Map.of(code, one), refused));
        }
    }

    private Delivery changed(String model, OdooRecord found, Map<String, Object> wanted) {
        Map<String, Object> differs = new LinkedHashMap<>();
        wanted.forEach((field, value) -> {
            boolean same = value instanceof Boolean flag
                    ? found.flag(field) == flag
                    : found.text(field).equals(value);
            if (!same) differs.put(field, value);
        });
        Delivery delivered = new Delivery.Delivered(Long.toString(found.id()), differs.isEmpty());
        if (differs.isEmpty()) return delivered;
        try {
            calls.execute(OdooCall.write(model, List.of(found.id()), differs));
            return delivered;
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY || e.kind() == OdooRefused.Kind.ACCESS) throw e;
            return new Delivery.Refused("", OdooSentences.of(e));
        }
    }

    /** Counted anew, as an inventory: the same again changes nothing. */
    private void stock(Map<Integer, Master.Stock> stock, @Nullable Delivery[] outcomes) {
        if (stock.isEmpty()) return;
        Set<String> codes = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        stock.values().forEach(each -> {
            codes.add(each.code());
            names.add(each.warehouse());
        });
        Map<String, Long> products = database.products(codes);
        Map<String, Long> places = database.places(names);
        Map<Integer, Map<String, Object>> counts = new LinkedHashMap<>();
        stock.forEach((place, each) -> {
            Long product = products.get(each.code());
            Long location = places.get(each.warehouse());
            if (product == null) outcomes[place] = lacks("el producto", each.code());
            else if (location == null) outcomes[place] = lacks("la ubicación", each.warehouse());
            else {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("product_id", product);
                values.put("location_id", location);
                values.put("inventory_quantity", each.quantity().value());
                counts.put(place, values);
            }
        });
        count(counts, outcomes);
    }

    private void count(Map<Integer, Map<String, Object>> counts, @Nullable Delivery[] outcomes) {
        if (counts.isEmpty()) return;
        try {
            List<Long> quants = calls.ids(OdooCall.create(OdooModels.QUANT, List.copyOf(counts.values()))
                    .in(Map.of("inventory_mode", true)));
            if (calls.version() >= APPLY_SINCE)
                calls.execute(OdooCall.act(OdooModels.QUANT, "action_apply_inventory", quants));
            int next = 0;
            for (int place : counts.keySet())
                outcomes[place] =
                        new Delivery.Delivered(next < quants.size() ? Long.toString(quants.get(next++)) : "", false);
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY || e.kind() == OdooRefused.Kind.ACCESS) throw e;
            if (counts.size() == 1)
                outcomes[counts.keySet().iterator().next()] = new Delivery.Refused("", OdooSentences.of(e));
            else counts.forEach((place, one) -> count(Map.of(place, one), outcomes));
        }
    }

    /** A price of no list is the product's own. */
    private void prices(Map<Integer, Master.Price> prices, @Nullable Delivery[] outcomes) {
        if (prices.isEmpty()) return;
        Set<String> codes = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        prices.values().forEach(each -> {
            codes.add(each.code());
            if (!each.list().isEmpty()) names.add(each.list());
        });
        Map<String, Long> products = database.products(codes);
        Map<String, Long> lists = database.priceLists(names);
        Map<List<Long>, List<OdooRecord>> items = items(products, lists);
        Map<Integer, Map<String, Object>> missing = new LinkedHashMap<>();
        prices.forEach((place, price) -> {
            Long product = products.get(price.code());
            Long list = lists.get(price.list());
            BigDecimal amount = price.price().amount();
            if (product == null) outcomes[place] = lacks("el producto", price.code());
            else if (price.list().isEmpty())
                outcomes[place] = written(OdooModels.PRODUCT, product, Map.of("list_price", amount));
            else if (list == null) outcomes[place] = lacks("la lista de precios", price.list());
            else {
                List<OdooRecord> there = items.get(List.of(list, product));
                if (there == null) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    values.put("pricelist_id", list);
                    values.put("product_id", product);
                    values.put("applied_on", "0_product_variant");
                    values.put("compute_price", "fixed");
                    values.put("fixed_price", amount);
                    missing.put(place, values);
                } else if (there.getFirst().number("fixed_price").compareTo(amount) == 0)
                    outcomes[place] = new Delivery.Delivered(
                            Long.toString(there.getFirst().id()), true);
                else
                    outcomes[place] =
                            written(OdooModels.PRICE_ITEM, there.getFirst().id(), Map.of("fixed_price", amount));
            }
        });
        if (missing.isEmpty()) return;
        calls.execute(OdooCall.create(OdooModels.PRICE_ITEM, List.copyOf(missing.values())));
        Map<List<Long>, List<OdooRecord>> shown = items(products, lists);
        List<Long> twice = new ArrayList<>();
        missing.forEach((place, values) -> {
            List<OdooRecord> there = shown.getOrDefault(
                    List.of((Long) values.get("pricelist_id"), (Long) values.get("product_id")), List.of());
            if (there.isEmpty()) return;
            outcomes[place] =
                    new Delivery.Delivered(Long.toString(there.getFirst().id()), false);
            there.stream().skip(1).forEach(each -> twice.add(each.id()));
        });
        if (!twice.isEmpty()) calls.execute(OdooCall.act(OdooModels.PRICE_ITEM, "unlink", twice));
    }

    /** Fixed prices from one piece on, by list and product, oldest first. */
    private Map<List<Long>, List<OdooRecord>> items(Map<String, Long> products, Map<String, Long> lists) {
        Map<List<Long>, List<OdooRecord>> found = new HashMap<>();
        if (lists.isEmpty() || products.isEmpty()) return found;
        for (OdooRecord each : calls.records(OdooCall.searchRead(
                        OdooModels.PRICE_ITEM,
                        List.of(
                                OdooCall.where("pricelist_id", "in", List.copyOf(lists.values())),
                                OdooCall.where("product_id", "in", List.copyOf(products.values())),
                                OdooCall.where("compute_price", "=", "fixed"),
                                OdooCall.where("min_quantity", "<=", 1)),
                        List.of("pricelist_id", "product_id", "fixed_price"))
                .ordered("id", MOST)))
            found.computeIfAbsent(List.of(each.link("pricelist_id"), each.link("product_id")), any -> new ArrayList<>())
                    .add(each);
        return found;
    }

    private Delivery written(String model, long id, Map<String, Object> values) {
        try {
            calls.execute(OdooCall.write(model, List.of(id), values));
            return new Delivery.Delivered(Long.toString(id), false);
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY || e.kind() == OdooRefused.Kind.ACCESS) throw e;
            return new Delivery.Refused("", OdooSentences.of(e));
        }
    }

    private static Delivery lacks(String what, String code) {
        return new Delivery.Refused("", "No está en Odoo " + what + " " + code + ".");
    }

    /** By reference; who has no reference in Odoo and the same RFC gets it. */
    private void customers(Map<Integer, Master.Customer> customers, @Nullable Delivery[] outcomes) {
        if (customers.isEmpty()) return;
        Map<String, Object> goods = new LinkedHashMap<>();
        goods.put("customer_rank", 1);
        Long mexico = database.countries(List.of(MEXICO)).get(MEXICO);
        if (mexico != null) goods.put("country_id", mexico);
        adopt(customers);
        List<Wish> wishes = new ArrayList<>();
        customers.forEach((place, customer) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("name", customer.name());
            if (!customer.rfc().isEmpty()) values.put("vat", customer.rfc());
            if (!customer.phone().isEmpty()) values.put("phone", customer.phone());
            if (!customer.email().isEmpty()) values.put("email", customer.email());
            if (!customer.postalCode().isEmpty()) values.put("zip", customer.postalCode());
            if (customer.code().startsWith(BY_ID))
                outcomes[place] = written(
                        OdooModels.PARTNER, Long.parseLong(customer.code().substring(BY_ID.length())), values);
            else wishes.add(new Wish(place, customer.code(), values));
        });
        if (!wishes.isEmpty())
            keep(OdooModels.PARTNER, "ref", List.of("name", "vat", "phone", "email", "zip"), wishes, goods, outcomes);
    }

    private void adopt(Map<Integer, Master.Customer> customers) {
        Map<String, String> codes = new LinkedHashMap<>();
        customers.values().forEach(each -> {
            if (!each.rfc().isEmpty()
                    && !SHARED_RFC.contains(each.rfc())
                    && !each.code().startsWith(BY_ID)) codes.putIfAbsent(each.rfc(), each.code());
        });
        if (codes.isEmpty()) return;
        Set<String> taken = oldest(OdooModels.PARTNER, "ref", List.of(), Set.copyOf(codes.values()), null)
                .keySet();
        for (OdooRecord each : calls.records(OdooCall.searchRead(
                        OdooModels.PARTNER,
                        List.of(
                                OdooCall.where("vat", "in", List.copyOf(codes.keySet())),
                                OdooCall.where("ref", "=", false)),
                        List.of("vat"))
                .ordered("id", MOST))) {
            String code = codes.remove(each.text("vat"));
            if (code != null && !taken.contains(code))
                calls.execute(OdooCall.write(OdooModels.PARTNER, List.of(each.id()), Map.of("ref", code)));
        }
    }

    // In.

    /**
     * Pages of a window of time, by id: {@code from|until|last id}. Odoo tells times by the second and a whole import bears one time, so neither time nor place in a
     * list tells pages apart; ids do. A window ends with the newest change that is there when it begins; what changes meanwhile falls into the next one, which begins
     * two minutes before.
     */
    Changes changedSince(Master.Kind kind, String cursor, int most) {
        String[] parts = cursor.isEmpty() ? new String[] {"", "", "0"} : cursor.split("\\|", -1);
        String model = model(kind);
        List<Object> domain = new ArrayList<>(only(kind));
        if (!parts[0].isEmpty()) domain.add(OdooCall.where("write_date", ">=", parts[0]));
        String until = parts[1];
        if (until.isEmpty()) {
            List<OdooRecord> newest = calls.records(OdooCall.searchRead(model, domain, List.of("write_date"))
                    .ordered("write_date desc", 1)
                    .in(ARCHIVED_TOO));
            if (newest.isEmpty()) return new Changes(List.of(), cursor, false);
            until = newest.getFirst().text("write_date");
        }
        // Below the second in which it changed there are millionths that Odoo keeps and does not tell.
        domain.add(OdooCall.where("write_date", "<", later(until, 1)));
        domain.add(OdooCall.where("id", ">", Long.parseLong(parts[2])));
        List<OdooRecord> page = calls.records(OdooCall.searchRead(model, domain, fields(kind))
                .ordered("id", most)
                .in(ARCHIVED_TOO));
        List<Master> masters = masters(kind, page);
        boolean more = page.size() == most;
        return new Changes(
                masters,
                more ? parts[0] + "|" + until + "|" + page.getLast().id() : later(until, -OVERLAP_SECONDS) + "||0",
                more);
    }

    /**
     * Of every storable product what Odoo itself shows as on hand at each place, the places below it included: a quant is a lot, a package or an owner of it, and
     * one that is used up is gone, so what changed of quants is not what is there. Pages by id, all of them anew each time.
     *
     * @throws Failure {@code REJECTED} naming a place that Odoo does not have
     */
    Changes stock(Set<String> places, String cursor, int most) {
        if (places.isEmpty()) return new Changes(List.of(), "", false);
        if (cursor.isEmpty()) database.forget();
        Map<String, Long> ids = database.places(places);
        for (String each : new TreeSet<>(places))
            if (!ids.containsKey(each)) throw Failure.rejected("No está en Odoo la ubicación " + each);
        List<Object> domain = new ArrayList<>(only(Master.Kind.STOCK));
        domain.add(
                calls.version() >= STORABLE_FLAG_SINCE
                        ? OdooCall.where("is_storable", "=", true)
                        : OdooCall.where("type", "=", "product"));
        domain.add(OdooCall.where("id", ">", cursor.isEmpty() ? 0L : Long.parseLong(cursor)));
        List<Master> all = new ArrayList<>();
        long last = Long.MAX_VALUE;
        boolean more = false;
        for (Map.Entry<String, Long> place : ids.entrySet()) {
            List<OdooRecord> page =
                    calls.records(OdooCall.searchRead(OdooModels.PRODUCT, domain, fields(Master.Kind.STOCK))
                            .ordered("id", most)
                            .in(Map.of("location", place.getValue())));
            // A page that goes less far, because something was made meanwhile, is where the next one begins.
            if (page.size() == most) {
                more = true;
                last = Math.min(last, page.getLast().id());
            }
            Map<String, Long> meant = database.products(
                    page.stream().map(row -> row.text("default_code")).toList());
            for (OdooRecord row : page)
                if (Long.valueOf(row.id()).equals(meant.get(row.text("default_code"))))
                    all.add(new Master.Stock(
                            row.text("default_code"),
                            place.getKey(),
                            Quantity.of(row.number("qty_available").setScale(3, RoundingMode.HALF_UP))));
        }
        return new Changes(all, more ? Long.toString(last) : "", more);
    }

    private static String later(String stamp, int seconds) {
        return STAMP.format(LocalDateTime.parse(stamp, STAMP).plusSeconds(seconds));
    }

    private static String model(Master.Kind kind) {
        return switch (kind) {
            case PARTS -> OdooModels.PRODUCT;
            case STOCK -> throw new IllegalArgumentException("stock has no time of its own");
            case PRICES -> OdooModels.PRICE_ITEM;
            case CUSTOMERS -> OdooModels.PARTNER;
        };
    }

    private static List<String> fields(Master.Kind kind) {
        return switch (kind) {
            case PARTS -> List.of("default_code", "name", "barcode", "sale_ok", "active");
            case STOCK -> List.of("default_code", "qty_available");
            case PRICES -> List.of("product_id", "product_tmpl_id", "pricelist_id", "fixed_price");
            case CUSTOMERS -> List.of("ref", "name", "vat", "phone", "email", "zip");
        };
    }

    private static List<Object> only(Master.Kind kind) {
        return switch (kind) {
            case PARTS -> List.of(OdooCall.where("default_code", "!=", false));
            case STOCK -> List.of(OdooCall.where("default_code", "!=", false));
            // Of one piece, today and always.
            case PRICES ->
                List.of(
                        OdooCall.where("compute_price", "=", "fixed"),
                        OdooCall.where("min_quantity", "<=", 1),
                        OdooCall.where("date_start", "=", false),
                        OdooCall.where("date_end", "=", false));
            case CUSTOMERS -> List.of(OdooCall.where("customer_rank", ">", 0));
        };
    }

    private List<Master> masters(Master.Kind kind, List<OdooRecord> page) {
        if (page.isEmpty()) return List.of();
        return switch (kind) {
            case PARTS ->
                each(
                        page,
                        row -> new Master.Part(
                                row.text("default_code"),
                                row.text("name"),
                                row.text("barcode"),
                                "",
                                row.flag("active") && row.flag("sale_ok")));
            case CUSTOMERS ->
                each(
                        page,
                        row -> new Master.Customer(
                                row.text("ref").isEmpty() ? BY_ID + row.id() : row.text("ref"),
                                row.text("name"),
                                row.text("vat"),
                                row.text("phone"),
                                row.text("email"),
                                row.text("zip")));
            case STOCK -> throw new IllegalArgumentException("stock is of a place");
            case PRICES -> {
                Map<Long, String> variants = codes(OdooModels.PRODUCT, "product_id", page);
                Map<Long, String> templates = codes(OdooModels.TEMPLATE, "product_tmpl_id", page);
                yield each(page, row -> {
                    long variant = row.link("product_id");
                    return coded(
                            variant == 0 ? templates : variants,
                            variant == 0 ? row.link("product_tmpl_id") : variant,
                            code -> new Master.Price(
                                    code,
                                    row.linkName("pricelist_id"),
                                    Money.rounded(row.number("fixed_price"), Money.MXN)));
                });
            }
        };
    }

    private Map<Long, String> codes(String model, String link, List<OdooRecord> page) {
        Set<Long> ids = new TreeSet<>();
        page.forEach(each -> {
            if (each.link(link) != 0) ids.add(each.link(link));
        });
        Map<Long, String> found = new HashMap<>();
        if (!ids.isEmpty())
            for (OdooRecord each : calls.records(OdooCall.read(model, List.copyOf(ids), List.of("default_code"))))
                found.put(each.id(), each.text("default_code"));
        return found;
    }

    private interface Shape {
        @Nullable
        Master of(OdooRecord row);
    }

    private interface Named {
        Master of(String code);
    }

    /** What has no code of its own is nothing of ours. */
    private static @Nullable Master coded(Map<Long, String> codes, long id, Named named) {
        String code = codes.getOrDefault(id, "");
        return code.isEmpty() ? null : named.of(code);
    }

    private static List<Master> each(List<OdooRecord> page, Shape shape) {
        List<Master> all = new ArrayList<>();
        for (OdooRecord row : page) {
            Master master = shape.of(row);
            if (master != null) all.add(master);
        }
        return all;
    }
}
