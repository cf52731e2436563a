package mx.refahub.domain.outside;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of system that can be connected.
 *
 * @param name {@code sap}; its word is {@code connection.kind.NAME}
 * @param single there is one of it at most, as of a company's ERP; else as many as there are accounts
 * @param address what a form begins with; may be empty
 */
public record OutsideKind(String name, boolean single, String address, List<Field> fields) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,30}");

    public OutsideKind {
        fields = List.copyOf(fields);
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("kind '" + name + "'");
        if (fields.stream().map(Field::name).distinct().count() != fields.size())
            throw new IllegalArgumentException("kind " + name + " has a field twice");
    }

    public Optional<Field> field(String name) {
        return fields.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
