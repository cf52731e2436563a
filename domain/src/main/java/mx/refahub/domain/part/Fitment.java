package mx.refahub.domain.part;

/**
 * A vehicle application: the part fits this make and model in these model years (inclusive). Empty text means 'any'.
 *
 * @param body one or several, with a semicolon between them
 */
public record Fitment(
        String make,
        String model,
        int yearFrom,
        int yearTo,
        String engine,
        String body,
        String position,
        String notes) {
    public static final int FIRST_YEAR = 1900;
    public static final int LAST_YEAR = 2100;

    public Fitment {
        make = make.strip();
        model = model.strip();
        engine = engine.strip();
        body = body.strip();
        position = position.strip();
        notes = notes.strip();
        if (make.isEmpty() || model.isEmpty()) throw new IllegalArgumentException("fitment without make or model");
        if (yearFrom < FIRST_YEAR || yearTo > LAST_YEAR || yearFrom > yearTo)
            throw new IllegalArgumentException("fitment years " + yearFrom + " to " + yearTo);
    }

    /** Of any body. */
    public Fitment(String make, String model, int yearFrom, int yearTo, String engine, String position, String notes) {
        this(make, model, yearFrom, yearTo, engine, "", position, notes);
    }
}
