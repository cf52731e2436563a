package mx.refahub.pos.desk;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every field of every call, filled with what people paste, what scanners spell and what programs get wrong. Made out of the controllers themselves. */
public final class BadInput {
    private BadInput() {}

    /**
     * @param field as the body names it
     * @param unreadable of another type than the field: the answer must say which field
     */
    public record Call(String method, String path, String body, String field, boolean unreadable) {
        @Override
        public String toString() {
            return method + " " + path + " " + field + " "
                    + (body.length() > 400 ? body.substring(0, 400) + "…" : body);
        }
    }

    /** What says how long a text may be. */
    private static final Set<String> BOUNDS = Set.of("Size", "Pattern", "Email", "TypedAmount", "TypedPieces");

    private record Bad(String json, boolean unreadable) {}

    private static final String ID = "0189aaaa-0000-7000-8000-0000000000ff";

    private static final List<Bad> TEXTS = Values.fit(
            "\"\\u0000\"",
            "\"\\u001b@\\u0007\\u001dV\"",
            "\"\\u202ea\\u2066\\ufeff\"",
            "\"😀 ñandú e\\u0301 ㍿\"",
            "\"\\ud800\"",
            "\"" + "ñ".repeat(20_000) + "\"",
            "\"'; drop table sale; --\"",
            "null");
    private static final List<Bad> NUMBERS = Values.with(
            Values.fit("-1", "0", "9223372036854775807", "-9223372036854775808", "null"),
            Values.unreadable("\"uno\"", "{}"));
    private static final List<Bad> FRACTIONS =
            Values.with(NUMBERS, Values.fit("1e-30", "1e400", "-1e9999", "123456789012345678901234567890.123456789"));
    private static final List<Bad> WHOLES = Values.with(NUMBERS, Values.unreadable("123456789012345678901234567890"));
    private static final List<Bad> IDS = Values.with(Values.fit("null"), Values.unreadable("\"x\"", "\"\\u0000\""));
    private static final List<Bad> NAMES = Values.with(Values.fit("null"), Values.unreadable("\"NADA\""));
    private static final List<Bad> DAYS = Values.with(
            Values.fit("null", "\"0001-01-01\"", "\"9999-12-31\"", "\"+999999999-12-31\""),
            Values.unreadable("\"2026-02-31\"", "\"ayer\""));
    private static final List<Bad> TIMES =
            Values.with(Values.fit("null", "\"+1000000000-12-31T23:59:59Z\""), Values.unreadable("\"ayer\""));
    private static final List<Bad> FLAGS = Values.with(Values.fit("null"), Values.unreadable("\"quizá\""));
    private static final List<Bad> LISTS = Values.with(Values.fit("null", "[]", "[null]"), Values.unreadable("{}"));
    private static final List<Bad> OBJECTS = Values.with(Values.fit("null"), Values.unreadable("[]"));

    /** Short names for what the lists above are made of. */
    private static final class Values {
        static List<Bad> fit(String... json) {
            return Arrays.stream(json).map(one -> new Bad(one, false)).toList();
        }

        static List<Bad> unreadable(String... json) {
            return Arrays.stream(json).map(one -> new Bad(one, true)).toList();
        }

        static List<Bad> with(List<Bad> some, List<Bad> others) {
            List<Bad> all = new ArrayList<>(some);
            all.addAll(others);
            return List.copyOf(all);
        }
    }

    private interface Endpoint {
        void is(String method, String path, HandlerMethod handler);
    }

    private static void each(RequestMappingHandlerMapping mapping, Set<String> but, Endpoint endpoint) {
        mapping.getHandlerMethods().forEach((RequestMappingInfo info, HandlerMethod handler) -> {
            if (!handler.getBeanType().getName().startsWith("mx.refahub.")) return;
            for (String pattern : info.getPatternValues()) {
                if (but.contains(pattern)) continue;
                String path = pattern.replaceAll("\\{[^}]*}", ID);
                info.getMethodsCondition().getMethods().forEach(method -> endpoint.is(method.name(), path, handler));
            }
        });
    }

    /** @param but patterns that are left out */
    public static List<Call> calls(RequestMappingHandlerMapping mapping, Set<String> but) {
        List<Call> calls = new ArrayList<>();
        each(mapping, but, (method, path, handler) -> {
            for (MethodParameter parameter : handler.getMethodParameters()) {
                Type type = parameter.getGenericParameterType();
                if (parameter.hasParameterAnnotation(RequestBody.class) && isRecord(type))
                    for (Map.Entry<String, List<Bad>> field :
                            fields("", record(type), 0).entrySet())
                        for (Bad bad : field.getValue())
                            calls.add(new Call(
                                    method,
                                    path,
                                    filled(record(type), field.getKey(), bad.json(), 0),
                                    field.getKey(),
                                    bad.unreadable()));
            }
        });
        return calls;
    }

    /** Fields of bodies whose length or size nobody has bounded. */
    public static Set<String> unbounded(RequestMappingHandlerMapping mapping, Set<String> but) {
        Set<String> missing = new TreeSet<>();
        each(mapping, but, (method, path, handler) -> {
            for (MethodParameter parameter : handler.getMethodParameters())
                if (parameter.hasParameterAnnotation(RequestBody.class)
                        && isRecord(parameter.getGenericParameterType()))
                    unbounded(record(parameter.getGenericParameterType()), missing, 0);
        });
        return missing;
    }

    private static void unbounded(Class<?> type, Set<String> missing, int depth) {
        if (depth > 4) return;
        for (RecordComponent component : type.getRecordComponents()) {
            Type generic = component.getGenericType();
            Set<String> has = new TreeSet<>();
            try {
                for (Annotation one : type.getDeclaredField(component.getName()).getAnnotations())
                    has.add(one.annotationType().getSimpleName());
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(e);
            }
            boolean bounded = generic == String.class
                    ? BOUNDS.stream().anyMatch(has::contains)
                    : !isList(generic) || has.contains("Size");
            if (!bounded) missing.add(type.getName().replaceFirst("^.*\\.", "") + "." + component.getName());
            Type inside = isList(generic) ? element(generic) : generic;
            if (isRecord(inside)) unbounded(record(inside), missing, depth + 1);
        }
    }

    private static Map<String, List<Bad>> fields(String prefix, Class<?> type, int depth) {
        Map<String, List<Bad>> fields = new LinkedHashMap<>();
        if (depth > 3) return fields;
        for (RecordComponent component : type.getRecordComponents()) {
            Type generic = component.getGenericType();
            String name = prefix + component.getName();
            fields.put(name, bad(generic));
            if (isList(generic)) {
                if (isRecord(element(generic)))
                    fields.putAll(fields(name + "[0].", record(element(generic)), depth + 1));
                else fields.put(name + "[0]", bad(element(generic)));
            } else if (isRecord(generic)) fields.putAll(fields(name + ".", record(generic), depth + 1));
        }
        return fields;
    }

    private static List<Bad> bad(Type type) {
        if (isList(type)) return LISTS;
        if (!(type instanceof Class<?> plain)) return OBJECTS;
        if (plain == String.class) return TEXTS;
        if (plain == BigDecimal.class) return FRACTIONS;
        if (plain == Long.class || plain == long.class || plain == Integer.class || plain == int.class) return WHOLES;
        if (plain == UUID.class) return IDS;
        if (plain == LocalDate.class) return DAYS;
        if (plain == Instant.class) return TIMES;
        if (plain == Boolean.class || plain == boolean.class) return FLAGS;
        if (plain.isEnum()) return NAMES;
        return plain.isRecord() ? OBJECTS : List.of(new Bad("null", false), new Bad("\"\\u0000\"", false));
    }

    /** A body in which all is as it should be but one field. */
    private static String filled(Class<?> type, String field, String bad, int depth) {
        StringBuilder text = new StringBuilder("{");
        for (RecordComponent component : type.getRecordComponents()) {
            if (text.length() > 1) text.append(',');
            String name = component.getName();
            Type generic = component.getGenericType();
            text.append('"').append(name).append("\":");
            if (field.equals(name)) text.append(bad);
            else if (field.equals(name + "[0]")) text.append('[').append(bad).append(']');
            else if (field.startsWith(name + "[0]."))
                text.append('[')
                        .append(filled(record(element(generic)), field.substring(name.length() + 4), bad, depth + 1))
                        .append(']');
            else if (field.startsWith(name + "."))
                text.append(filled(record(generic), field.substring(name.length() + 1), bad, depth + 1));
            else text.append(good(generic, depth));
        }
        return text.append('}').toString();
    }

    private static String good(Type type, int depth) {
        if (isList(type)) return "[" + good(element(type), depth + 1) + "]";
        if (!(type instanceof Class<?> plain)) return "{}";
        if (plain == String.class) return "\"x\"";
        if (plain == BigDecimal.class
                || plain == Long.class
                || plain == long.class
                || plain == Integer.class
                || plain == int.class) return "1";
        if (plain == UUID.class) return "\"" + ID + "\"";
        if (plain == LocalDate.class) return "\"2026-03-02\"";
        if (plain == Instant.class) return "\"2026-03-02T16:00:00Z\"";
        if (plain == Boolean.class || plain == boolean.class) return "true";
        if (plain.isEnum()) return "\"" + plain.getEnumConstants()[0] + "\"";
        return plain.isRecord() && depth < 4 ? filled(plain, "", "", depth + 1) : "null";
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && Iterable.class.isAssignableFrom(raw);
    }

    private static Type element(Type list) {
        return ((ParameterizedType) list).getActualTypeArguments()[0];
    }

    private static boolean isRecord(Type type) {
        return type instanceof Class<?> plain && plain.isRecord();
    }

    private static Class<?> record(Type type) {
        return (Class<?>) type;
    }

    /** Texts in the address: what a search or a list is asked for. */
    public static List<String> queries(RequestMappingHandlerMapping mapping, Set<String> but) {
        List<String> queries = new ArrayList<>();
        each(mapping, but, (method, path, handler) -> {
            if (!method.equals("GET")) return;
            List<String> names = new ArrayList<>();
            for (MethodParameter parameter : handler.getMethodParameters()) {
                RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
                if (asked == null) continue;
                String name = asked.name().isEmpty() ? asked.value() : asked.name();
                names.add(
                        name.isEmpty() ? String.valueOf(parameter.getParameter().getName()) : name);
            }
            for (String name : names)
                for (String bad :
                        List.of("%00", "%1B%40", "-1", "99999999999999999999", "%F0%9F%98%80", "x".repeat(2_000)))
                    queries.add(path + "?" + name + "=" + bad);
        });
        return queries;
    }
}
