package mx.refahub.adapters.sheet;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import mx.refahub.domain.money.Money;

/** A value with its type, so that a workbook can calculate with it. */
public sealed interface Cell {
    record Text(String value) implements Cell {}

    record Whole(long value) implements Cell {}

    record Decimal(BigDecimal value) implements Cell {}

    record Amount(Money value) implements Cell {}

    record Day(LocalDate value) implements Cell {}

    record Moment(Instant value) implements Cell {}

    static Cell of(String value) {
        return new Text(value);
    }

    static Cell of(long value) {
        return new Whole(value);
    }

    static Cell of(Money value) {
        return new Amount(value);
    }

    static Cell of(LocalDate value) {
        return new Day(value);
    }

    static Cell of(Instant value) {
        return new Moment(value);
    }
}
