package mx.refahub.pos.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** No text comes in that no database can keep (U+0000, halves of a surrogate pair), and no list with nothing in one of its places. Asked of every body, so that no field can forget it. */
@ControllerAdvice
class TextGuard extends RequestBodyAdviceAdapter {
    /** @see ProblemAdvice */
    static final class Unkept extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String field;
        private final String word;

        Unkept(String field, String word) {
            super(word + " of " + field);
            this.field = field;
            this.word = word;
        }

        String field() {
            return field;
        }

        /** What is wrong with it, among the messages. */
        String word() {
            return word;
        }
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType) {
        look(body, "");
        return body;
    }

    private static void look(@Nullable Object value, String field) {
        switch (value) {
            case String text -> {
                if (!canBeKept(text)) throw new Unkept(field, "field.characters");
            }
            case Iterable<?> many -> {
                int i = 0;
                for (Object one : many) {
                    String place = field + "[" + i++ + "]";
                    if (one == null) throw new Unkept(place, "field.NotNull");
                    look(one, place);
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    look(entry.getKey(), field);
                    look(entry.getValue(), within(field, String.valueOf(entry.getKey())));
                }
            }
            case Record fields -> {
                for (RecordComponent component : fields.getClass().getRecordComponents())
                    look(part(fields, component), within(field, component.getName()));
            }
            case null, default -> {}
        }
    }

    private static String within(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static @Nullable Object part(Record fields, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(fields);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    static boolean canBeKept(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) return false;
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))))
                return false;
        }
        return true;
    }
}
