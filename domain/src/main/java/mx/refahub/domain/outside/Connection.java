package mx.refahub.domain.outside;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

/**
 * One outside system as its adapter needs it, secrets and all: never shown, never logged.
 *
 * @param address without a slash at its end; checked against the policy of addresses when it was handed out
 * @param settings every field of the kind that has a value or a preset, secrets aside
 */
public record Connection(
        UUID id,
        OutsideKind kind,
        String name,
        URI address,
        Map<String, String> settings,
        Map<String, String> secrets) {
    public Connection {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /** Of a text or a choice; empty where nothing was given. */
    public String text(String field) {
        return settings.getOrDefault(known(field, false), "");
    }

    /** Zero where nothing was given. */
    public int number(String field) {
        String text = text(field);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    public boolean flag(String field) {
        return Boolean.parseBoolean(text(field));
    }

    /** Empty where nothing was given. */
    public String secret(String field) {
        return secrets.getOrDefault(known(field, true), "");
    }

    private String known(String field, boolean secret) {
        if (kind.field(field).filter(each -> each.isSecret() == secret).isEmpty())
            throw new IllegalArgumentException(kind.name() + " has no field " + field);
        return field;
    }

    @Override
    public String toString() {
        return "Connection[" + kind.name() + " " + name + " " + address + "]";
    }
}
