package mx.refahub.batch.price;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mx.refahub.batch.intake.EmptyStaging;
import mx.refahub.batch.intake.InspectFiles;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.intake.StageFile;
import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.DayWords;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.batch.standard.TranslatePriceList;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.SupplierMappings;
import org.springframework.batch.core.job.Job;

/** The job price-sync: a supplier's list through its formulas into the price book. See README.md beside this file. */
public final class PriceSync {
    static final String SUPPLIER = "supplier";
    static final String STARTS = "starts";
    static final String THRESHOLD = "threshold";
    static final String TIMES = "times";

    private static final RowFormat PRICES = new PriceListRows();
    private static final RowFormat FORMULAS = new FormulaRows();
    public static final List<RowFormat> FORMATS = List.of(PRICES, FORMULAS);

    private PriceSync() {}

    public static JobDefinition definition(Workshop workshop, RejectedRows rejected, SupplierMappings mappings) {
        return new JobDefinition(
                job(workshop, rejected, mappings),
                parameters(),
                true,
                FORMATS.stream().map(RowFormat::table).toList());
    }

    private static List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                new Parameter(PRICES.file(), Parameter.Kind.FILE, false),
                new Parameter(FORMULAS.file(), Parameter.Kind.FILE, false),
                new Parameter(SUPPLIER, Parameter.Kind.TEXT, true),
                new Parameter(STARTS, Parameter.Kind.TEXT, false),
                new Parameter(THRESHOLD, Parameter.Kind.NUMBER, false),
                new Parameter(TIMES, Parameter.Kind.NUMBER, false),
                new Parameter(InspectFiles.MAPPING, Parameter.Kind.TEXT, false),
                new Parameter(Approval.PARAMETER, Parameter.Kind.FLAG, false)));
        parameters.addAll(TranslatePriceList.parameters());
        return parameters;
    }

    // @formatter:off
    private static Job job(Workshop workshop, RejectedRows rejected, SupplierMappings mappings) {
        return workshop.job("price-sync")
            .start(workshop.step("translate", new TranslatePriceList(workshop, parameters -> starts(parameters, workshop))))
            .next(workshop.step("inspect", new InspectFiles(workshop, FORMATS, mappings)))
            .next(workshop.step("stage-prices", new StageFile(workshop, PRICES)))
            .next(workshop.step("stage-formulas", new StageFile(workshop, FORMULAS)))
            .next(workshop.step("check", new CheckPrices(workshop, rejected, FORMATS)))
            .next(workshop.step("preview", new PreviewPrices(workshop)))
            .next(workshop.step("approval", new Approval(workshop, PreviewPrices.surprises(workshop))))
            .next(workshop.step("publish", new PublishPrices(workshop)))
            .next(workshop.step("empty-staging", new EmptyStaging(workshop, FORMATS)))
            .build();
    }

    /** The job price-undo: withdraws what one run of price-sync published. */
    public static JobDefinition undo(Workshop workshop) {
        return new JobDefinition(
            workshop.job("price-undo")
                .start(workshop.step("undo", new UndoPrices(workshop)))
                .build(),
            List.of(new Parameter(UndoPrices.OF, Parameter.Kind.NUMBER, true)),
            false);
    }
    // @formatter:on

    static String supplier(Map<String, String> parameters) {
        return parameters.getOrDefault(SUPPLIER, "").strip();
    }

    /** The first day of the new prices; without one, tomorrow: no shelf can be labelled today. */
    static LocalDate starts(Map<String, String> parameters, Workshop workshop) {
        LocalDate today = LocalDate.ofInstant(workshop.clock().instant(), ZoneOffset.UTC);
        String typed = parameters.getOrDefault(STARTS, "").strip();
        if (typed.isEmpty()) return today.plusDays(1);
        try {
            LocalDate starts = LocalDate.parse(typed);
            if (starts.isBefore(today.minusDays(1)))
                throw new RunRefused("El día " + DayWords.of(starts)
                        + " ya pasó: lo cobrado no se cambia. Elige hoy o un día por venir.");
            return starts;
        } catch (DateTimeException e) {
            throw new RunRefused("«" + typed + "» no es un día; escríbelo como 2026-12-24.");
        }
    }

    static long number(Map<String, String> parameters, String name, long whenMissing) {
        String typed = parameters.getOrDefault(name, "").strip();
        return typed.isEmpty() ? whenMissing : Long.parseLong(typed);
    }
}
