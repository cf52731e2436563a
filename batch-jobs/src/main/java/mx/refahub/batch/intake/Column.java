package mx.refahub.batch.intake;

/**
 * A column of a format.
 *
 * @param required a file without it is refused whole
 */
public record Column(String name, boolean required) {
    public static Column required(String name) {
        return new Column(name, true);
    }

    public static Column optional(String name) {
        return new Column(name, false);
    }
}
