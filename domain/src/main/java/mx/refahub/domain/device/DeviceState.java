package mx.refahub.domain.device;

/**
 * How a device does.
 *
 * @param cause what is the matter, in kebab-case ({@code device.cause.*} in the message files); empty when nothing is
 */
public record DeviceState(Condition condition, String cause) {
    public static final DeviceState READY = new DeviceState(Condition.READY, "");
    public static final DeviceState UNKNOWN = new DeviceState(Condition.UNKNOWN, "not-asked");

    public enum Condition {
        READY,
        /** Works, and soon will not: paper near its end. */
        ATTENTION,
        /** There, and cannot work until a person does something. */
        STOPPED,
        /** Does not answer. */
        AWAY,
        /** Nobody has asked it yet. */
        UNKNOWN
    }

    public static DeviceState attention(String cause) {
        return new DeviceState(Condition.ATTENTION, cause);
    }

    public static DeviceState stopped(String cause) {
        return new DeviceState(Condition.STOPPED, cause);
    }

    public static DeviceState away(String cause) {
        return new DeviceState(Condition.AWAY, cause);
    }

    public boolean works() {
        return condition == Condition.READY || condition == Condition.ATTENTION || condition == Condition.UNKNOWN;
    }
}
