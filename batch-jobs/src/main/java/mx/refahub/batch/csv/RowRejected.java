package mx.refahub.batch.csv;

/** A row that cannot be taken: which column, what stood there, and why, for the person who sent it. */
public final class RowRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String column;
    private final String value;
    private final String reason;

    public RowRejected(String column, String value, String reason) {
        super(column + ": " + reason, null, false, false);
        this.column = column;
        this.value = value;
        this.reason = reason;
    }

    public String column() {
        return column;
    }

    public String value() {
        return value;
    }

    public String reason() {
        return reason;
    }
}
