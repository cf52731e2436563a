package mx.refahub.adapters.odoo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One method of one model, with arguments by name. Values are {@code String}, {@code Long}, {@code Integer}, {@code BigDecimal}, {@code Boolean}, and lists and maps
 * of them. A field that {@link OdooModels} does not declare for its model cannot be asked for or written.
 *
 * @param ids the records it acts on; empty for a method of the model itself
 * @param context the server's; may be empty
 */
record OdooCall(
        String model, String method, List<Long> ids, Map<String, Object> arguments, Map<String, Object> context) {
    private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9_.]{1,60}");
    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_]{1,60}");
    private static final Set<String> READING = Set.of("search", "read", "search_read", "search_count", "fields_get");
    /** What a line of a one2many is made by: {@code [0, 0, values]}. */
    private static final int CREATE = 0;
    /** What a many2many is replaced by: {@code [6, 0, ids]}. */
    private static final int SET = 6;

    OdooCall {
        if (!MODEL.matcher(model).matches()) throw new IllegalArgumentException("model " + model);
        if (!METHOD.matcher(method).matches()) throw new IllegalArgumentException("method " + method);
        ids = List.copyOf(ids);
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    /** It changes nothing, so it may be asked again. */
    boolean isReading() {
        return READING.contains(method);
    }

    /** @param domain conditions of {@link #where}, all of which must hold */
    static OdooCall searchRead(String model, List<?> domain, List<String> fields) {
        fields.forEach(each -> OdooModels.field(model, each));
        conditions(model, domain);
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("domain", domain);
        arguments.put("fields", fields);
        return new OdooCall(model, "search_read", List.of(), arguments, Map.of());
    }

    static OdooCall read(String model, List<Long> ids, List<String> fields) {
        fields.forEach(each -> OdooModels.field(model, each));
        return new OdooCall(model, "read", ids, Map.of("fields", fields), Map.of());
    }

    /** Answers the ids in the order of the values; all or none. */
    static OdooCall create(String model, List<? extends Map<String, ?>> values) {
        values.forEach(each -> values(model, each));
        return new OdooCall(model, "create", List.of(), Map.of("vals_list", values), Map.of());
    }

    static OdooCall write(String model, List<Long> ids, Map<String, ?> values) {
        values(model, values);
        return new OdooCall(model, "write", ids, Map.of("vals", values), Map.of());
    }

    static OdooCall act(String model, String method, List<Long> ids) {
        if (ids.isEmpty()) throw new IllegalArgumentException(method + " of nothing");
        return new OdooCall(model, method, ids, Map.of(), Map.of());
    }

    OdooCall ordered(String by, int most) {
        return with("limit", most).with("order", by);
    }

    OdooCall in(Map<String, ?> other) {
        Map<String, Object> all = new LinkedHashMap<>(context);
        all.putAll(other);
        return new OdooCall(model, method, ids, arguments, all);
    }

    private OdooCall with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put(name, value);
        return new OdooCall(model, method, ids, all, context);
    }

    static List<Object> where(String field, String operator, Object value) {
        return List.of(field, operator, value);
    }

    /** Lines of a one2many, made with their record. */
    static List<Object> lines(List<? extends Map<String, ?>> values) {
        List<Object> commands = new ArrayList<>();
        values.forEach(each -> commands.add(List.of(CREATE, 0, each)));
        return commands;
    }

    static List<Object> set(List<Long> ids) {
        return List.of(List.of(SET, 0, ids));
    }

    private static void conditions(String model, List<?> domain) {
        for (Object each : domain)
            if (each instanceof List<?> condition) OdooModels.field(model, (String) condition.getFirst());
    }

    private static void values(String model, Map<String, ?> values) {
        values.forEach((name, value) -> {
            OdooModels.Field field = OdooModels.field(model, name);
            if (field.type() == OdooModels.Type.ONE2MANY && value instanceof List<?> commands)
                for (Object command : commands)
                    if (command instanceof List<?> parts && parts.getLast() instanceof Map<?, ?> line)
                        line.keySet().forEach(key -> OdooModels.field(field.relation(), (String) key));
        });
    }
}
