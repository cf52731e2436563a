package mx.refahub.domain.device;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be set of a device, as the page asks for it and as a device checks it. Values are text on the wire and in the store.
 *
 * @param preset what holds where nothing was said
 * @param choices the only values, where there are any
 * @param least and {@code most}: limits of a number
 * @param link the kind of connection for which it is asked; empty for all
 */
public record DeviceField(
        String name, Type type, String preset, List<String> choices, int least, int most, String link) {
    public enum Type {
        TEXT,
        NUMBER,
        CHOICE,
        FLAG
    }

    public DeviceField {
        choices = List.copyOf(choices);
    }

    static DeviceField text(String name, String preset) {
        return new DeviceField(name, Type.TEXT, preset, List.of(), 0, 0, "");
    }

    static DeviceField number(String name, int preset, int least, int most) {
        return new DeviceField(name, Type.NUMBER, Integer.toString(preset), List.of(), least, most, "");
    }

    static DeviceField choice(String name, String... choices) {
        return new DeviceField(name, Type.CHOICE, choices[0], List.of(choices), 0, 0, "");
    }

    static DeviceField flag(String name, boolean preset) {
        return new DeviceField(name, Type.FLAG, Boolean.toString(preset), List.of("true", "false"), 0, 0, "");
    }

    DeviceField preset(String value) {
        return new DeviceField(name, type, value, choices, least, most, link);
    }

    DeviceField when(String kindOfLink) {
        return new DeviceField(name, type, preset, choices, least, most, kindOfLink);
    }

    /** The value in its one form; what is no such value is refused by name. */
    String checked(String value) {
        String given = value.strip();
        return switch (type) {
            case TEXT -> {
                if (given.length() > 200 || given.chars().anyMatch(Character::isISOControl)) throw wrong(given);
                yield given;
            }
            case NUMBER -> {
                try {
                    int number = Integer.parseInt(given);
                    if (number < least || number > most) throw wrong(given);
                    yield Integer.toString(number);
                } catch (NumberFormatException e) {
                    throw wrong(given);
                }
            }
            case CHOICE, FLAG -> {
                for (String choice : choices) if (choice.equalsIgnoreCase(given)) yield choice;
                throw wrong(given.toLowerCase(Locale.ROOT));
            }
        };
    }

    DeviceFieldWrong wrong(String value) {
        return new DeviceFieldWrong(name, value);
    }
}
