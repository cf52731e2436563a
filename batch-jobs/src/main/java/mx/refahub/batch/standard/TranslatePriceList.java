package mx.refahub.batch.standard;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** First step of a price list: makes {@code prices} of a supplier's PIES. The same XML makes the same file, so a step that died is done again. */
public final class TranslatePriceList implements Tasklet {
    private static final String PRICES = "prices";
    private static final String TYPE = "price_type";
    private static final String RATE = "rate";
    private static final BigDecimal HIGHEST_RATE = BigDecimal.valueOf(1_000);

    private final Workshop workshop;
    private final Function<Map<String, String>, LocalDate> starts;

    /** @param starts the day on which a price must hold, by the run's parameters */
    public TranslatePriceList(Workshop workshop, Function<Map<String, String>, LocalDate> starts) {
        this.workshop = workshop;
        this.starts = starts;
    }

    public static List<Parameter> parameters() {
        return List.of(
                new Parameter(PiesFile.FILE, Parameter.Kind.FILE, false),
                new Parameter(Lines.PARAMETER, Parameter.Kind.TEXT, false),
                new Parameter(TYPE, Parameter.Kind.TEXT, false),
                new Parameter(RATE, Parameter.Kind.TEXT, false));
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException {
        long run = Workshop.run(contribution.getStepExecution());
        Optional<Path> pies = workshop.folders().file(run, PiesFile.FILE);
        boolean given = workshop.folders().isGiven(run, PRICES);
        if (pies.isEmpty() && !given) throw new RunRefused("Falta la lista: mándala en CSV o Excel, o en PIES (XML).");
        if (pies.isEmpty()) return RepeatStatus.FINISHED;
        if (given)
            throw new RunRefused("La lista en PIES y la otra dicen lo mismo; manda una de las dos en esta corrida.");
        Map<String, String> parameters = workshop.runs().parameters(run);
        PiesCosts costs = new PiesCosts(
                new Lines(parameters.get(Lines.PARAMETER)),
                starts.apply(parameters),
                parameters.getOrDefault(TYPE, "").strip().toUpperCase(Locale.ROOT),
                rate(parameters.getOrDefault(RATE, "")));
        long rows = costs.translate(pies.get(), workshop.folders().toTranslate(run, PRICES));
        if (rows == 0) throw PiesFile.refuse("no trae ninguna pieza");
        workshop.folders().translated(run, PRICES, false);
        return RepeatStatus.FINISHED;
    }

    private static @Nullable BigDecimal rate(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) return null;
        if (text.matches("\\d{1,4}([.]\\d{1,6})?")) {
            BigDecimal rate = new BigDecimal(text);
            if (rate.signum() > 0 && rate.compareTo(HIGHEST_RATE) <= 0) return rate;
        }
        throw new RunRefused("«" + text + "» no es un tipo de cambio; escribe pesos por dólar, como 18.25.");
    }
}
