package mx.refahub.adapters.odoo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One database with what its records are called: ids by code, asked for once. For one thread. */
final class OdooDatabase {
    private static final int MOST_AT_ONCE = 1_000;
    private final OdooCalls calls;
    private final String journal;
    private final String salesJournal;
    /** By model, then by code; only what was found. */
    private final Map<String, Map<String, Long>> known = new HashMap<>();

    /** @param journal code of the one for entries @param salesJournal of the one for invoices and credit notes */
    OdooDatabase(OdooCalls calls, String journal, String salesJournal) {
        this.calls = calls;
        this.journal = journal;
        this.salesJournal = salesJournal;
    }

    OdooCalls calls() {
        return calls;
    }

    String journal() {
        return journal;
    }

    String salesJournal() {
        return salesJournal;
    }

    /** Ids are forgotten: somebody may have deleted or made something. */
    void forget() {
        known.clear();
    }

    Map<String, Long> accounts(Collection<String> codes) {
        return ids(OdooModels.ACCOUNT, "code", codes, List.of());
    }

    Map<String, Long> journals(Collection<String> codes) {
        return ids(OdooModels.JOURNAL, "code", codes, List.of());
    }

    Map<String, Long> centers(Collection<String> codes) {
        return ids(OdooModels.ANALYTIC, "code", codes, List.of());
    }

    /** Of sales, by name. */
    Map<String, Long> taxes(Collection<String> names) {
        return ids(OdooModels.TAX, "name", names, List.of(OdooCall.where("type_tax_use", "=", "sale")));
    }

    Map<String, Long> purchaseTaxes(Collection<String> names) {
        return ids(OdooModels.TAX, "name", names, List.of(OdooCall.where("type_tax_use", "=", "purchase")));
    }

    /** By {@code WH/Stock}. */
    Map<String, Long> places(Collection<String> names) {
        return ids(OdooModels.LOCATION, "complete_name", names, List.of(OdooCall.where("usage", "=", "internal")));
    }

    Map<String, Long> priceLists(Collection<String> names) {
        return ids(OdooModels.PRICE_LIST, "name", names, List.of());
    }

    /** By {@code default_code}, archived ones aside. */
    Map<String, Long> products(Collection<String> codes) {
        return ids(OdooModels.PRODUCT, "default_code", codes, List.of());
    }

    Map<String, Long> countries(Collection<String> codes) {
        return ids(OdooModels.COUNTRY, "code", codes, List.of());
    }

    /** By {@code ref}; who has none of the codes as reference, by {@code vat}. */
    Map<String, Long> partners(Collection<String> codes) {
        Map<String, Long> found = new LinkedHashMap<>(ids(OdooModels.PARTNER, "ref", codes, List.of()));
        Set<String> left = new TreeSet<>(codes);
        left.removeAll(found.keySet());
        if (!left.isEmpty()) found.putAll(ids(OdooModels.PARTNER, "vat", left, List.of()));
        return found;
    }

    /** Of several that share a code the oldest. Those that are not there are not in the answer. */
    private Map<String, Long> ids(String model, String field, Collection<String> codes, List<List<Object>> also) {
        Map<String, Long> cached = known.computeIfAbsent(model + "." + field + also, any -> new HashMap<>());
        Map<String, Long> found = new LinkedHashMap<>();
        Set<String> asked = new TreeSet<>();
        for (String code : codes) {
            if (code.isEmpty()) continue;
            Long id = cached.get(code);
            if (id == null) asked.add(code);
            else found.put(code, id);
        }
        if (asked.isEmpty()) return found;
        List<Object> domain = new ArrayList<>(also);
        domain.add(OdooCall.where(field, "in", List.copyOf(asked)));
        for (OdooRecord each :
                calls.records(OdooCall.searchRead(model, domain, List.of(field)).ordered("id", MOST_AT_ONCE))) {
            if (!asked.contains(each.text(field))) continue;
            cached.putIfAbsent(each.text(field), each.id());
            found.putIfAbsent(each.text(field), each.id());
        }
        return found;
    }
}
