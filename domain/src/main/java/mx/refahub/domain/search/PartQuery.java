package mx.refahub.domain.search;

/**
 * What the clerk typed and chose. Empty text means 'any'; a query of nothing but empties finds nothing.
 *
 * @param text free text: number, line code and number, or words; never query syntax. Cut at {@link #MAX_TEXT} characters
 * @param year model year, 0 for any
 * @param category a path or the head of one
 * @param limit 1 to {@link #MAX_LIMIT} hits
 * @param offset hits to skip, 0 to {@link #MAX_OFFSET}
 */
public record PartQuery(
        String text, String make, String model, int year, String engine, String category, int limit, int offset) {
    public static final int MAX_TEXT = 200;
    public static final int MAX_LIMIT = 100;
    public static final int MAX_OFFSET = 1000;

    public PartQuery {
        text = text.strip();
        if (text.length() > MAX_TEXT) text = text.substring(0, MAX_TEXT);
        make = make.strip();
        model = model.strip();
        engine = engine.strip();
        category = category.strip();
        if (limit < 1 || limit > MAX_LIMIT)
            throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_LIMIT);
        if (offset < 0 || offset > MAX_OFFSET)
            throw new IllegalArgumentException("offset " + offset + " is not 0 to " + MAX_OFFSET);
    }

    public static PartQuery text(String text, int limit) {
        return new PartQuery(text, "", "", 0, "", "", limit, 0);
    }

    public boolean hasVehicle() {
        return !make.isEmpty() || !model.isEmpty() || year != 0 || !engine.isEmpty();
    }

    public boolean isEmpty() {
        return text.isEmpty() && !hasVehicle() && category.isEmpty();
    }
}
