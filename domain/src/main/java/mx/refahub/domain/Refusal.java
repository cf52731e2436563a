package mx.refahub.domain;

import java.util.List;

/**
 * A planned 'no', carried as a value to the screen.
 *
 * @param code message key under {@code refusal.} in the message files, in kebab-case; stable, so that clients may branch on it
 * @param arguments what the sentence names, in the order of its placeholders; already text
 */
public record Refusal(String code, List<String> arguments) {
    public Refusal {
        if (code.isBlank()) throw new IllegalArgumentException("refusal without a code");
        arguments = List.copyOf(arguments);
    }

    public static Refusal of(String code, String... arguments) {
        return new Refusal(code, List.of(arguments));
    }
}
