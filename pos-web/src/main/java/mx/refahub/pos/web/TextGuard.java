package mx.refahub.pos.web;

import jakarta.validation.constraints.Size;
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

/**
 * No text comes in that no database can keep (U+0000, halves of a surrogate pair), none that orders a printer about, none that turns its reading direction, so that a name or a note reads otherwise than it is, and no list with nothing in one of its places. Asked of every body, so that no field can forget it; and of what
 * people send also how long it is, where its field does not say that it may be longer ({@code Size}).
 */
@ControllerAdvice
class TextGuard extends RequestBodyAdviceAdapter {
    /** Characters of a text. */
    static final int LONGEST = 4_000;
    /** Places of a list. */
    static final int MOST = 20_000;

    private static final String PEOPLES = "mx.refahub.pos.";

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
        boolean peoples = parameter.getContainingClass().getName().startsWith(PEOPLES);
        look(body, "", peoples ? BOUNDED : BOUNDLESS);
        return body;
    }

    /** How long a text, and how many places a list of one field may have. */
    private record Bounds(int longest, int most) {
        Bounds of(RecordComponent component) {
            Size own = component.getAccessor().getAnnotation(Size.class);
            return own == null || this.equals(BOUNDLESS)
                    ? this
                    : new Bounds(Math.max(LONGEST, own.max()), Math.max(MOST, own.max()));
        }
    }

    private static final Bounds BOUNDED = new Bounds(LONGEST, MOST);
    private static final Bounds BOUNDLESS = new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static void look(@Nullable Object value, String field, Bounds bounds) {
        switch (value) {
            case String text -> {
                if (text.length() > bounds.longest()) throw new Unkept(field, "field.Size");
                if (!canBeKept(text) || peoples(bounds) && (orders(text) || turns(text)))
                    throw new Unkept(field, "field.characters");
            }
            case Iterable<?> many -> {
                int i = 0;
                for (Object one : many) {
                    if (i == bounds.most()) throw new Unkept(field, "field.rows");
                    String place = field + "[" + i++ + "]";
                    if (one == null) throw new Unkept(place, "field.NotNull");
                    look(one, place, bounds);
                }
            }
            case Map<?, ?> map -> {
                if (map.size() > bounds.most()) throw new Unkept(field, "field.rows");
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    look(entry.getKey(), field, bounds);
                    look(entry.getValue(), within(field, String.valueOf(entry.getKey())), bounds);
                }
            }
            case Record fields -> {
                Bounds usual = bounds.equals(BOUNDLESS) ? BOUNDLESS : BOUNDED;
                for (RecordComponent component : fields.getClass().getRecordComponents())
                    look(part(fields, component), within(field, component.getName()), usual.of(component));
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

    private static boolean peoples(Bounds bounds) {
        return !bounds.equals(BOUNDLESS);
    }

    /** Controls, but for blanks and line breaks, and for the separators within a scanned code (ISO/IEC 15434: EOT, GS, RS). */
    private static boolean orders(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && "\t\n\r\u0004\u001d\u001e".indexOf(c) < 0);
    }

    /** The marks that order a text's direction about (UAX #9); letters of such scripts by themselves are no such mark. */
    private static boolean turns(String text) {
        return text.codePoints().anyMatch(c -> switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default -> false;
        });
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
