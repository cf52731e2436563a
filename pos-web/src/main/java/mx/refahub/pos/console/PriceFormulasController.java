package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.pricing.PriceFormula;
import mx.refahub.domain.pricing.PriceFormulas;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import mx.refahub.pos.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Suppliers' formulas as a table. Every field comes as typed; what is wrong is told by row and field. */
@RestController
final class PriceFormulasController {
    private static final int TAX_PERCENT = 16;
    private static final Pattern AMOUNT =
            Pattern.compile("\\$?\\s?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\\.[0-9]{1,2})?");
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,2})? ?%?");

    private final PriceFormulas formulas;
    private final Problems problems;
    private final Messages messages;

    PriceFormulasController(PriceFormulas formulas, Problems problems, Messages messages) {
        this.formulas = formulas;
        this.problems = problems;
        this.messages = messages;
    }

    record Row(
            @Size(max = 300) @Nullable String brand,
            @Size(max = 300) @Nullable String category,
            @Size(max = 40) @Nullable String costFrom,
            @Size(max = 40) @Nullable String level,
            @Size(max = 20) @Nullable String method,
            @Size(max = 40) @Nullable String percent,
            @Size(max = 20) @Nullable String ending) {
        private static Row of(PriceFormula formula) {
            return new Row(
                    formula.brand(),
                    formula.category(),
                    formula.costFrom().minor() == 0
                            ? ""
                            : formula.costFrom().amount().toPlainString(),
                    formula.level().code(),
                    formula.method().name(),
                    BigDecimal.valueOf(formula.hundredths(), 2)
                            .stripTrailingZeros()
                            .toPlainString(),
                    formula.ending().name());
        }
    }

    record Table(List<String> suppliers, String supplier, List<Row> rows, String seen) {}

    @GetMapping("/console/api/prices/formulas")
    Table table(@RequestParam(defaultValue = "") String supplier) {
        return table(formulas.of(supplier.strip()));
    }

    private Table table(PriceFormulas.Kept kept) {
        return new Table(
                formulas.suppliers(),
                kept.supplier(),
                kept.formulas().stream().map(Row::of).toList(),
                kept.seen());
    }

    record Typed(
            @NotNull @Size(max = 300) String supplier,

            @NotNull @Valid @Size(max = PriceFormulas.MOST + 1)
            List<Row> rows,

            @NotNull @Size(max = 40) String seen) {}

    @PutMapping("/console/api/prices/formulas")
    Table keep(@RequestBody @Valid Typed typed, @AuthenticationPrincipal Person who) {
        Read read = read(typed.rows());
        if (!read.faults().isEmpty()) throw new RowsFaulty(read.faults());
        return table(ActRefused.unlessDone(formulas.keep(
                typed.supplier().strip(), List.copyOf(read.formulas().values()), typed.seen(), who)));
    }

    record Tried(
            @NotNull @Size(max = 40) String cost,

            @NotNull @Valid @Size(max = PriceFormulas.MOST + 1)
            List<Row> rows) {}

    /** @param price on the shelf with tax; empty where the row is not whole */
    record Example(int row, String cost, String price) {}

    record Examples(List<Example> examples, List<FieldFault> errors) {}

    /** What each row makes of a cost, or of its own band's first where the cost is below it. */
    @PostMapping("/console/api/prices/formulas/example")
    Examples example(@RequestBody @Valid Tried tried, Locale locale) {
        Map<String, String> faults = new LinkedHashMap<>();
        Money cost = amount(tried.cost(), "cost", faults);
        Read read = read(tried.rows());
        faults.putAll(read.faults());
        List<Example> examples = new ArrayList<>();
        if (!faults.containsKey("cost"))
            read.formulas().forEach((row, formula) -> {
                Money of = cost.compareTo(formula.costFrom()) < 0 ? formula.costFrom() : cost;
                examples.add(new Example(
                        row, of.text(), formula.price(of, TAX_PERCENT).text()));
            });
        return new Examples(examples, told(faults, locale));
    }

    record FieldFault(String field, String code, String text) {}

    /** What is wrong with each field, by row. */
    private static final class RowsFaulty extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Map<String, String> faults;

        RowsFaulty(Map<String, String> faults) {
            super("form-faulty", null, false, false);
            this.faults = faults;
        }
    }

    @org.springframework.web.bind.annotation.ExceptionHandler
    ResponseEntity<ProblemDetail> faulty(RowsFaulty faulty, Locale locale) {
        ProblemDetail problem = problems.of("form-faulty", locale);
        problem.setProperty("errors", told(faulty.faults, locale));
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private List<FieldFault> told(Map<String, String> faults, Locale locale) {
        return faults.entrySet().stream()
                .map(fault -> new FieldFault(
                        fault.getKey(),
                        fault.getValue(),
                        messages.text(locale, "formula.fault." + fault.getValue(), List.of())))
                .toList();
    }

    /** @param formulas of the rows that are whole, by their number from 0 */
    private record Read(Map<Integer, PriceFormula> formulas, Map<String, String> faults) {}

    private static Read read(List<Row> rows) {
        Map<Integer, PriceFormula> formulas = new LinkedHashMap<>();
        Map<String, String> faults = new LinkedHashMap<>();
        Map<String, Integer> of = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int before = faults.size();
            String at = "rows." + i + ".";
            String brand = name(row.brand(), at + "brand", faults);
            String category = name(row.category(), at + "category", faults);
            Money from = text(row.costFrom()).isEmpty()
                    ? Money.mxn(0)
                    : amount(text(row.costFrom()), at + "costFrom", faults);
            PriceLevel level = PriceLevel.PUBLICO;
            try {
                if (!text(row.level()).isEmpty()) level = new PriceLevel(text(row.level()));
            } catch (IllegalArgumentException e) {
                faults.put(at + "level", "level");
            }
            PriceFormula.Method method = choice(PriceFormula.Method.class, row.method(), at + "method", faults);
            PriceFormula.Ending ending = choice(PriceFormula.Ending.class, row.ending(), at + "ending", faults);
            int hundredths = percent(text(row.percent()), method, at + "percent", faults);
            if (faults.size() > before) continue;
            PriceFormula formula = new PriceFormula(brand, category, from, level, method, hundredths, ending);
            if (of.putIfAbsent(formula.of(), i) != null) faults.put(at + "level", "twice");
            else formulas.put(i, formula);
        }
        return new Read(formulas, faults);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }

    private static String name(@Nullable String typed, String field, Map<String, String> faults) {
        String name = text(typed).replaceAll("[\\p{Cntrl}\\s]+", " ");
        if (name.length() <= PriceFormula.MOST_TEXT) return name;
        faults.put(field, "long");
        return "";
    }

    private static Money amount(String typed, String field, Map<String, String> faults) {
        if (AMOUNT.matcher(typed.strip()).matches())
            return Money.of(
                    new BigDecimal(typed.replace("$", "").replace(",", "").strip()).setScale(2), Money.MXN);
        faults.put(field, "amount");
        return Money.mxn(0);
    }

    private static <E extends Enum<E>> E choice(
            Class<E> of, @Nullable String typed, String field, Map<String, String> faults) {
        for (E each : of.getEnumConstants()) if (each.name().equals(text(typed))) return each;
        faults.put(field, "choice");
        return of.getEnumConstants()[0];
    }

    private static int percent(String typed, PriceFormula.Method method, String field, Map<String, String> faults) {
        if (!PERCENT.matcher(typed).matches()) {
            faults.put(field, "percent");
            return 0;
        }
        int hundredths =
                new BigDecimal(typed.replace("%", "").strip()).movePointRight(2).intValueExact();
        if (method == PriceFormula.Method.MARGIN && hundredths >= 10_000) faults.put(field, "margin");
        else if (hundredths > 100_000) faults.put(field, "percent");
        return hundredths;
    }
}
