package mx.refahub.domain.device;

/** A device with a setting that cannot be. */
public final class DeviceFieldWrong extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String field;

    public DeviceFieldWrong(String field, String value) {
        super("device setting " + field + " cannot be '" + value + "'");
        this.field = field;
    }

    public String field() {
        return field;
    }
}
