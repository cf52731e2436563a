package mx.refahub.hub.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;

/** That a body has everything its record says it has. */
final class Completeness {
    private Completeness() {}

    private record Part(String name, Method accessor, boolean nullable) {}

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(Completeness::part)
                    .toList();
        }
    };

    private static Part part(RecordComponent component) {
        return new Part(
                component.getName(),
                component.getAccessor(),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    /** @throws Failure {@code REJECTED}, naming the first field that is missing */
    static void check(@Nullable Object body, String name) {
        if (body == null) throw Failure.rejected("body is not complete: " + name + " is missing");
        if (!(body instanceof Record)) return;
        for (Part part : PARTS.get(body.getClass())) {
            Object value = value(part, body);
            String path = name + "." + part.name();
            if (value == null && part.nullable()) continue;
            check(value, path);
            if (value instanceof List<?> list) {
                int index = 0;
                for (Object each : list) check(each, path + "[" + index++ + "]");
            }
        }
    }

    private static @Nullable Object value(Part part, Object body) {
        try {
            return part.accessor().invoke(body);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + part.name(), e);
        }
    }
}
