package mx.refahub.pos.counter;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An amount as a person types it: {@code 500}, {@code 489.50}, {@code $1,234.5}. Plain digits, two decimals at most, no sign; so that whatever else is
 * typed is told at its field.
 */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TypedAmount.Check.class)
@interface TypedAmount {
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** In whole units of the currency. */
    long max();

    /** Nothing is an amount, too; a blank field means it. */
    boolean zero() default false;

    final class Check implements ConstraintValidator<TypedAmount, String> {
        private static final Pattern FORM =
                Pattern.compile("\\$?\\s?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\\.([0-9]{0,2}))?");
        private static final int CENTS = 100;

        private long most;
        private boolean zero;

        @Override
        public void initialize(TypedAmount rule) {
            most = rule.max() * CENTS;
            zero = rule.zero();
        }

        /** Null is for {@code NotNull} to tell. */
        @Override
        public boolean isValid(@Nullable String typed, ConstraintValidatorContext context) {
            if (typed == null) return true;
            OptionalLong minor = minor(typed);
            return minor.isPresent() && minor.getAsLong() <= most && (zero || minor.getAsLong() > 0);
        }

        static OptionalLong minor(String typed) {
            String text = typed.strip();
            if (text.isEmpty()) return OptionalLong.of(0);
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) return OptionalLong.empty();
            String cents = matcher.group(2) == null ? "" : matcher.group(2);
            return OptionalLong.of(Long.parseLong(matcher.group(1).replace(",", "")) * CENTS
                    + Long.parseLong((cents + "00").substring(0, 2)));
        }
    }

    /** The amount of a text that has passed the check. */
    final class Reading {
        private Reading() {}

        static Money of(String typed, Currency currency) {
            return new Money(Check.minor(typed).orElseThrow(), currency);
        }
    }
}
