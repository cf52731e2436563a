package mx.refahub.pos.counter;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pieces of a bill or coin as they are typed: plain digits; nothing means none. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TypedPieces.Check.class)
@interface TypedPieces {
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<TypedPieces, String> {
        /** As many as {@link mx.refahub.domain.cash.CashCount#MOST_PIECES} has digits. */
        private static final Pattern FORM = Pattern.compile("[0-9]{0,5}");

        @Override
        public boolean isValid(@Nullable String typed, ConstraintValidatorContext context) {
            return typed == null || FORM.matcher(typed.strip()).matches();
        }

        static int pieces(String typed) {
            String text = typed.strip();
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        }
    }
}
