package mx.refahub.domain.outside;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One thing that a kind of system asks for besides its address.
 *
 * @param name key of its words, {@code connection.field.KIND.NAME}
 * @param preset what a form begins with, and what holds where nothing is given; may be empty; never of a secret
 * @param choices what may be given for a choice, empty for the others; their words are {@code connection.choice.KIND.NAME.CHOICE}
 * @param shape regular expression that a text has to match; empty: any will do
 */
public record Field(String name, Type type, boolean required, String preset, List<String> choices, String shape) {
    public enum Type {
        TEXT,
        /** A whole number, zero or above. */
        NUMBER,
        CHOICE,
        /** {@code true} or {@code false}. */
        FLAG,
        /** Kept encrypted, never shown again. */
        SECRET
    }

    public static final int LONGEST = 2_000;
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    public Field {
        choices = List.copyOf(choices);
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("field '" + name + "'");
        if ((type == Type.CHOICE) == choices.isEmpty())
            throw new IllegalArgumentException("choices of " + name + ", which is " + type);
        if (type == Type.SECRET && !preset.isEmpty()) throw new IllegalArgumentException("secret with a preset");
        if (!shape.isEmpty() && !preset.matches(shape))
            throw new IllegalArgumentException("preset of " + name + " is '" + preset + "'");
    }

    public static Field text(String name, boolean required, String preset) {
        return new Field(name, Type.TEXT, required, preset, List.of(), "");
    }

    /** A text of this shape; where nothing is given the preset holds. */
    public static Field shaped(String name, String preset, String shape) {
        return new Field(name, Type.TEXT, true, preset, List.of(), shape);
    }

    public static Field number(String name, boolean required, String preset) {
        return new Field(name, Type.NUMBER, required, preset, List.of(), "");
    }

    /** The first is what holds where nothing is given. */
    public static Field choice(String name, String... choices) {
        return new Field(name, Type.CHOICE, true, choices[0], List.of(choices), "");
    }

    public static Field flag(String name, boolean preset) {
        return new Field(name, Type.FLAG, true, Boolean.toString(preset), List.of(), "");
    }

    public static Field secret(String name, boolean required) {
        return new Field(name, Type.SECRET, required, "", List.of(), "");
    }

    public boolean isSecret() {
        return type == Type.SECRET;
    }

    /** Whether a text that is not empty may be given for it. */
    public boolean takes(String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r'))
            return false;
        return switch (type) {
            case TEXT, SECRET -> shape.isEmpty() || text.matches(shape);
            case NUMBER -> NUMBER.matcher(text).matches();
            case CHOICE -> choices.contains(text);
            case FLAG -> text.equals("true") || text.equals("false");
        };
    }
}
