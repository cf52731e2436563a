package mx.refahub.adapters.mercadolibre;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Marketplace.Compatible;
import mx.refahub.domain.part.Fitment;
import tools.jackson.databind.JsonNode;

/**
 * The vehicles that a part fits, as Mexico requires them of car parts. A vehicle is told by its family: make, model and year by the ids of Mercado Libre's own
 * catalogue, which are asked for by name and remembered. A year without such a family is left out, and a fitment without any year is told of.
 */
final class Vehicles {
    private static final String DOMAIN = "MLM-CARS_AND_VANS_FOR_COMPATIBILITIES";
    private static final String BRAND = "BRAND";
    private static final String MODEL = "CAR_AND_VAN_MODEL";
    private static final String YEAR = "YEAR";
    private static final int AT_ONCE = 50;

    private final Signed api;
    /** Names, folded, with their ids; by what is asked for. One account's worth: some thousand models. */
    private final Map<String, Map<String, String>> values = new ConcurrentHashMap<>();

    Vehicles(Signed api) {
        this.api = api;
    }

    private record Family(String brand, String model, String year) {
        Map<String, Object> shape() {
            return Map.of(
                    "domain_id",
                    DOMAIN,
                    "creation_source",
                    "DEFAULT",
                    "attributes",
                    List.of(
                            Map.of("id", BRAND, "value_id", brand),
                            Map.of("id", MODEL, "value_id", model),
                            Map.of("id", YEAR, "value_id", year)));
        }
    }

    Answer<Compatible> put(String listing, List<Fitment> fitments) {
        Set<Family> families = new LinkedHashSet<>();
        List<Fitment> unknown = new ArrayList<>();
        for (Fitment fitment : fitments) {
            Answer<List<Family>> found = families(fitment);
            if (!(found instanceof Answer.Done<List<Family>>(List<Family> some))) return found.map(each -> nothing());
            if (some.isEmpty()) unknown.add(fitment);
            families.addAll(some);
        }
        List<Family> all = List.copyOf(families);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Map<String, Object>> chunk = all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream()
                    .map(Family::shape)
                    .toList();
            // The same family again is one: this may be repeated.
            Answer<JsonNode> added = api.ask(
                    "/items/" + Calls.encoded(listing) + "/compatibilities", Map.of("products_families", chunk));
            if (!(added instanceof Answer.Done<JsonNode>)) return added.map(each -> nothing());
        }
        return Answer.done(new Compatible(all.size(), unknown));
    }

    private static Compatible nothing() {
        return new Compatible(0, List.of());
    }

    private Answer<List<Family>> families(Fitment fitment) {
        return value(BRAND, List.of(), fitment.make()).then(brand -> {
            if (brand.isEmpty()) return Answer.done(List.<Family>of());
            List<Map<String, String>> ofBrand = List.of(known(BRAND, brand.get()));
            return value(MODEL, ofBrand, fitment.model()).then(model -> {
                if (model.isEmpty()) return Answer.done(List.<Family>of());
                List<Map<String, String>> ofModel = List.of(known(BRAND, brand.get()), known(MODEL, model.get()));
                return names(YEAR, ofModel).map(years -> {
                    List<Family> found = new ArrayList<>();
                    for (int year = fitment.yearFrom(); year <= fitment.yearTo(); year++) {
                        String id = years.get(Integer.toString(year));
                        if (id != null) found.add(new Family(brand.get(), model.get(), id));
                    }
                    return found;
                });
            });
        });
    }

    private static Map<String, String> known(String attribute, String id) {
        return Map.of("id", attribute, "value_id", id);
    }

    private Answer<Optional<String>> value(String attribute, List<Map<String, String>> known, String name) {
        return names(attribute, known).map(names -> Optional.ofNullable(names.get(folded(name))));
    }

    private Answer<Map<String, String>> names(String attribute, List<Map<String, String>> known) {
        String key = attribute + known;
        Map<String, String> remembered = values.get(key);
        if (remembered != null) return Answer.done(remembered);
        Map<String, Object> asked = new LinkedHashMap<>();
        if (!known.isEmpty()) asked.put("known_attributes", known);
        return api.ask("/catalog_domains/" + DOMAIN + "/attributes/" + attribute + "/top_values", asked)
                .map(said -> {
                    Map<String, String> names = new LinkedHashMap<>();
                    for (JsonNode each : said) names.put(folded(Shapes.text(each, "name")), Shapes.text(each, "id"));
                    values.put(key, names);
                    return names;
                });
    }

    /** Without accents, case and what is neither letter nor digit. */
    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[^\\p{Alnum}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
