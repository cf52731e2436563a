package mx.refahub.batch.exchange;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import mx.refahub.batch.run.DayWords;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import org.springframework.batch.core.step.StepExecution;

/**
 * What the run was asked for.
 *
 * @param until the last day; yesterday unless said
 * @param again an earlier run whose files are written anew
 */
record Asked(ErpTarget target, LocalDate until, Optional<Long> again) {
    static Asked of(StepExecution step, ErpDoors doors, Clock clock) {
        ErpTarget target = ErpExchange.target(text(step, ErpExchange.TARGET));
        String again = text(step, ErpExchange.AGAIN);
        return new Asked(
                target,
                until(text(step, ErpExchange.UNTIL), doors, clock),
                again.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(again)));
    }

    private static LocalDate until(String text, ErpDoors doors, Clock clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), doors.zone());
        if (text.isEmpty()) return today.minusDays(1);
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isAfter(today))
                throw new RunRefused("El " + DayWords.of(day) + " todavía no llega; exporta hasta hoy o antes.");
            return day;
        } catch (DateTimeException e) {
            throw new RunRefused("«" + text + "» no es un día; escríbelo como 2026-11-21.");
        }
    }

    private static String text(StepExecution step, String parameter) {
        String text = step.getJobParameters().getString(parameter);
        return text == null ? "" : text.strip();
    }

    /** The export that this run works on, once it has taken one. */
    Export export(ErpDoors doors, long run) {
        Export export = doors.books()
                .ofRun(again.orElse(run))
                .orElseThrow(() -> new RunRefused("La corrida " + again.orElse(run) + " no tiene una exportación."));
        if (export.target() != target)
            throw new RunRefused("La corrida " + again.orElse(run) + " exportó a otro sistema.");
        return export;
    }
}
