package mx.refahub.domain.search;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the clerk typed and chose. Empty text means 'any'; a query of nothing but empties finds nothing.
 *
 * @param text free text: number, line code and number, or words; never query syntax. Cut at {@link #MAX_TEXT} characters
 * @param year model year, 0 for any
 * @param category a path or the head of one
 * @param brand the whole name of a brand
 * @param position the whole name of a fitting position
 * @param stocked only what is in stock here
 * @param lifted what was typed and taken for a vehicle, and is now to be read as plain words (see {@link Understood}); at most {@link #MAX_LIFTED}
 * @param facets whether to count brands, categories and positions too
 * @param limit 1 to {@link #MAX_LIMIT} hits
 * @param offset hits to skip, 0 to {@link #MAX_OFFSET}
 */
public record PartQuery(
        String text,
        String make,
        String model,
        int year,
        String engine,
        String category,
        String brand,
        String position,
        boolean stocked,
        Set<String> lifted,
        boolean facets,
        int limit,
        int offset) {
    public static final int MAX_TEXT = 200;
    public static final int MAX_LIMIT = 100;
    public static final int MAX_OFFSET = 1000;
    public static final int MAX_LIFTED = 12;

    public PartQuery {
        text = cut(text);
        make = cut(make);
        model = cut(model);
        engine = cut(engine);
        category = cut(category);
        brand = cut(brand);
        position = cut(position);
        Set<String> few = new LinkedHashSet<>();
        for (String each : lifted) if (few.size() < MAX_LIFTED) few.add(cut(each));
        lifted = Set.copyOf(few);
        if (limit < 1 || limit > MAX_LIMIT)
            throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_LIMIT);
        if (offset < 0 || offset > MAX_OFFSET)
            throw new IllegalArgumentException("offset " + offset + " is not 0 to " + MAX_OFFSET);
    }

    public PartQuery(
            String text, String make, String model, int year, String engine, String category, int limit, int offset) {
        this(text, make, model, year, engine, category, "", "", false, Set.of(), false, limit, offset);
    }

    private static String cut(String text) {
        String cut = text.strip();
        if (cut.length() <= MAX_TEXT) return cut;
        return cut.substring(0, Character.isHighSurrogate(cut.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }

    public static PartQuery text(String text, int limit) {
        return new PartQuery(text, "", "", 0, "", "", limit, 0);
    }

    public PartQuery withBrand(String brand) {
        return new PartQuery(
                text, make, model, year, engine, category, brand, position, stocked, lifted, facets, limit, offset);
    }

    public PartQuery withPosition(String position) {
        return new PartQuery(
                text, make, model, year, engine, category, brand, position, stocked, lifted, facets, limit, offset);
    }

    public PartQuery withStocked() {
        return new PartQuery(
                text, make, model, year, engine, category, brand, position, true, lifted, facets, limit, offset);
    }

    public PartQuery withLifted(Set<String> lifted) {
        return new PartQuery(
                text, make, model, year, engine, category, brand, position, stocked, lifted, facets, limit, offset);
    }

    public PartQuery withFacets() {
        return new PartQuery(
                text, make, model, year, engine, category, brand, position, stocked, lifted, true, limit, offset);
    }

    public boolean hasVehicle() {
        return !make.isEmpty() || !model.isEmpty() || year != 0 || !engine.isEmpty();
    }

    public boolean isEmpty() {
        return text.isEmpty() && !hasVehicle() && category.isEmpty() && brand.isEmpty() && position.isEmpty();
    }
}
