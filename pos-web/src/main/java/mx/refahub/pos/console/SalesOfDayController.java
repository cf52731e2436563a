package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How today's sales go, for the home page. */
@RestController
final class SalesOfDayController {
    /** Every open home page asks; the branches' sales of two days are not added up for each. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final StoreBoard board;
    private final Clock clock;
    private @Nullable SalesOfDay kept;
    private Instant keptUntil = Instant.MIN;

    SalesOfDayController(StoreBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /**
     * @param today centavos by hour, 24 of them; {@code weekBefore} those of the same day a week before
     * @param minute of the day at the branches, whatever the desk's clock or zone says
     * @param soFar as people write it
     * @param weekBeforeByNow of that day until the same time; {@code weekBeforeWhole} all of it
     */
    record SalesOfDay(
            List<Long> today,
            List<Long> weekBefore,
            int minute,
            String soFar,
            String weekBeforeByNow,
            String weekBeforeWhole) {}

    @GetMapping("/console/api/sales-of-day")
    synchronized SalesOfDay salesOfDay() {
        Instant now = clock.instant();
        SalesOfDay known = kept;
        if (known != null && now.isBefore(keptUntil)) return known;
        SalesOfDay read = of(board.salesOfDay(now));
        kept = read;
        keptUntil = now.plus(KEPT);
        return read;
    }

    private static SalesOfDay of(StoreBoard.SalesOfDay sales) {
        return new SalesOfDay(
                sales.today(),
                sales.weekBefore(),
                sales.minute(),
                text(sales.today()),
                Money.mxn(sales.weekBeforeByNow()).text(),
                text(sales.weekBefore()));
    }

    private static String text(List<Long> hours) {
        return Money.mxn(hours.stream().mapToLong(Long::longValue).sum()).text();
    }
}
