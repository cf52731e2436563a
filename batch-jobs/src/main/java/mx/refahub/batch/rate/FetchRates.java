package mx.refahub.batch.rate;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.batch.run.DayWords;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.rate.RateSync;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** The job rate-sync. See README.md beside this file. */
public final class FetchRates {
    static final String DAYS = "days";
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 60;
    /** Key in the step's context: the last day that was asked for. */
    private static final String ASKED = "asked";

    private final Workshop workshop;
    private final RateSync rates;

    private FetchRates(Workshop workshop, RateSync rates) {
        this.workshop = workshop;
        this.rates = rates;
    }

    // @formatter:off
    public static JobDefinition definition(Workshop workshop, RateSync rates) {
        FetchRates all = new FetchRates(workshop, rates);
        return new JobDefinition(
                workshop.job("rate-sync")
                        .start(workshop.outside("fetch", (contribution, context) -> all.fetch(contribution)))
                        .next(workshop.step("conclude", (contribution, context) -> all.conclude(contribution)))
                        .build(),
                List.of(new Parameter(DAYS, Parameter.Kind.NUMBER, false, List.of(), Integer.toString(USUAL_DAYS))),
                false);
    }
    // @formatter:on

    private RepeatStatus fetch(StepContribution contribution) {
        StepExecution step = contribution.getStepExecution();
        ExecutionContext context = step.getExecutionContext();
        Optional<String> source = rates.source();
        if (source.isEmpty()) return RepeatStatus.FINISHED;
        LocalDate today = rates.today();
        LocalDate from = today.minusDays(days(step) - 1L);
        if (context.containsKey(ASKED)) {
            LocalDate next = LocalDate.parse(context.getString(ASKED)).plusDays(1);
            if (next.isAfter(from)) from = next;
        }
        if (from.isAfter(today)) return RepeatStatus.FINISHED;
        List<LocalDate> unknown = rates.unknown(from, today);
        if (!context.containsKey(ASKED)) context.putLong(Workshop.TOTAL, unknown.size());
        if (unknown.isEmpty()) return RepeatStatus.FINISHED;
        LocalDate day = unknown.getFirst();
        if (taken(source.get(), day)) contribution.incrementWriteCount(1);
        context.putString(ASKED, day.toString());
        return RepeatStatus.CONTINUABLE;
    }

    private boolean taken(String source, LocalDate day) {
        try {
            return switch (rates.take(day)) {
                case Outcome.Done<Optional<ExchangeRate>>(Optional<ExchangeRate> taken) -> taken.isPresent();
                case Outcome.Refused<Optional<ExchangeRate>>(Refusal why) ->
                    throw new RunRefused("El origen de tipos de cambio (" + source + ") dice "
                            + why.arguments().getFirst() + " pesos por dólar para el " + DayWords.of(day)
                            + ", muy lejos de lo que se conoce: no se tomó. Si es correcto, captúralo a mano en Tipo de cambio y"
                            + " reanuda; si no, avisa a soporte.");
            };
        } catch (Failure failure) {
            throw failure.kind() == FailureKind.RETRYABLE
                    ? RunRefused.forNow(
                            "El origen de tipos de cambio (" + source
                                    + ") no contesta. Mientras, vale el último conocido; también puede capturarse a mano en Tipo de cambio.")
                    : new RunRefused("El origen de tipos de cambio (" + source
                            + ") contestó algo que no es un tipo de cambio para el " + DayWords.of(day)
                            + ". Captúralo a mano en Tipo de cambio y avisa a soporte.");
        }
    }

    private static int days(StepExecution step) {
        String given = step.getJobParameters().getString(DAYS);
        if (given == null || given.isBlank()) return USUAL_DAYS;
        return (int) Math.clamp(Long.parseLong(given.strip()), 1, MOST_DAYS);
    }

    private RepeatStatus conclude(StepContribution contribution) {
        StepExecution step = contribution.getStepExecution();
        long came = step.getJobExecution().getStepExecutions().stream()
                .filter(one -> one.getStepName().equals("fetch"))
                .mapToLong(StepExecution::getWriteCount)
                .sum();
        workshop.runs().note(Workshop.run(step), note(came));
        return RepeatStatus.FINISHED;
    }

    private String note(long came) {
        LocalDate today = rates.today();
        Optional<ExchangeRate> holding = rates.holding(today);
        if (rates.source().isEmpty())
            return "No hay un origen de tipos de cambio: se capturan a mano en Tipo de cambio."
                    + holding.map(FetchRates::said).orElse("");
        String brought =
                came == 0 ? "No había nada nuevo publicado." : String.format(Locale.ROOT, "Días traídos: %,d.", came);
        if (holding.isEmpty()) return brought + " Todavía no se conoce ningún tipo de cambio: no se aceptan dólares.";
        ExchangeRate rate = holding.get();
        return brought
                + said(rate)
                + (rate.day().equals(today) ? "" : " El de hoy (" + DayWords.of(today) + ") no se ha publicado.");
    }

    private static String said(ExchangeRate rate) {
        return " Vale " + rate.text() + " pesos por dólar, del " + DayWords.of(rate.day()) + ".";
    }
}
