package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceDesk;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.PriceTarget;
import mx.refahub.domain.pricing.Promotion;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import mx.refahub.pos.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The price book: prices of a part, of a brand or category, and promotions. Every field comes as typed, so that what is wrong is told beside it. */
@RestController
final class PricesController {
    private static final int PROMOTIONS = 200;
    private static final Pattern AMOUNT =
            Pattern.compile("\\$?\\s?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\\.[0-9]{1,2})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,6}");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})(\\.[0-9]{1,2})? ?%?");

    private final PriceDesk desk;
    private final PartCatalogue catalogue;
    private final Problems problems;
    private final Messages messages;
    private final Clock clock;

    PricesController(PriceDesk desk, PartCatalogue catalogue, Problems problems, Messages messages, Clock clock) {
        this.desk = desk;
        this.catalogue = catalogue;
        this.problems = problems;
        this.messages = messages;
        this.clock = clock;
    }

    // --- what the page shows

    /** @param state {@code NOW}, {@code COMING}, {@code OVER} or {@code WITHDRAWN} */
    record Rule(
            UUID id,
            String target,
            String targetValue,
            @Nullable String level,
            @Nullable UUID customer,
            @Nullable String from,
            String value,
            boolean includesTax,
            LocalDate starts,
            @Nullable LocalDate ends,
            String state,
            long version,
            Instant at,
            String by) {}

    record Shown(
            UUID id,
            String name,
            String what,
            List<String> targets,
            int branches,
            List<String> levels,
            int priority,
            LocalDate starts,
            @Nullable LocalDate ends,
            String state,
            long version,
            Instant at,
            String by) {}

    record Book(List<String> levels, List<Rule> wide, List<Shown> promotions, LocalDate today) {}

    record PartPrices(
            UUID part,
            String lineCode,
            String number,
            String name,
            String brand,
            @Nullable String catalogue,
            boolean includesTax,
            @Nullable String cost,
            List<Rule> prices,
            List<String> levels,
            LocalDate today) {}

    record Effect(
            UUID part,
            String lineCode,
            String number,
            String name,
            String list,
            String price,
            @Nullable String cost,
            @Nullable Integer margin) {}

    record Preview(long touched, List<Effect> shown) {}

    // --- what is typed

    record RuleForm(
            @Nullable String target,
            @Nullable String targetValue,
            @Nullable String level,
            @Nullable String from,
            @Nullable String kind,
            @Nullable String amount,
            @Nullable String percent,
            @Nullable Boolean includesTax,
            @Nullable String starts,
            @Nullable String ends) {}

    record TargetForm(@Nullable String kind, @Nullable String value) {}

    record KitForm(@Nullable String part, @Nullable String quantity) {}

    record PromotionForm(
            @Nullable String name,
            @Nullable String effect,
            @Nullable String percent,
            @Nullable String amount,
            @Nullable String take,
            @Nullable String pay,
            @Nullable List<KitForm> kit,
            @Nullable List<TargetForm> targets,
            @Nullable List<UUID> branches,
            @Nullable List<String> levels,
            @Nullable String priority,
            @Nullable String starts,
            @Nullable String ends) {}

    record FieldFault(String field, String code, String text) {}

    /** What is wrong with each field, by the key of its sentence. */
    private static final class FormFaulty extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Map<String, String> faults;

        FormFaulty(Map<String, String> faults) {
            super("form-faulty", null, false, false);
            this.faults = faults;
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> faulty(FormFaulty faulty, Locale locale) {
        ProblemDetail problem = problems.of("form-faulty", locale);
        problem.setProperty(
                "errors",
                faulty.faults.entrySet().stream()
                        .map(fault -> new FieldFault(
                                fault.getKey(),
                                fault.getValue(),
                                messages.text(locale, "price.fault." + fault.getValue(), List.of())))
                        .toList());
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    @GetMapping("/console/api/prices")
    Book book(Locale locale) {
        List<PriceDesk.Kept<Promotion>> promotions = desk.promotions(PROMOTIONS);
        Map<PartId, PartCard> parts = catalogue.cards(promotions.stream()
                .flatMap(kept -> parts(kept.what()))
                .distinct()
                .toList());
        return new Book(
                codes(),
                desk.wide().stream().map(kept -> rule(kept)).toList(),
                promotions.stream().map(kept -> shown(kept, parts, locale)).toList(),
                today());
    }

    @GetMapping("/console/api/prices/parts/{id}")
    PartPrices part(@PathVariable UUID id) {
        PriceDesk.PartPrices found = desk.part(new PartId(id)).orElseThrow(() -> ActRefused.of("part-unknown"));
        Price listed = found.catalogue();
        Money cost = found.cost();
        return new PartPrices(
                id,
                found.part().lineCode().value(),
                found.part().number().value(),
                found.part().nameEs(),
                found.part().brand(),
                listed == null ? null : listed.amount().text(),
                listed == null || listed.includesTax(),
                cost == null ? null : cost.text(),
                found.prices().stream().map(kept -> rule(kept)).toList(),
                codes(),
                today());
    }

    @PutMapping("/console/api/prices/rules/{id}")
    Rule publish(@PathVariable UUID id, @RequestBody RuleForm form, @AuthenticationPrincipal Person person) {
        PriceRule rule = ActRefused.unlessDone(desk.add(rule(id, form), person));
        return rule(new PriceDesk.Kept<>(rule, clock.instant(), person.name(), null, null));
    }

    @PutMapping("/console/api/prices/promotions/{id}")
    Shown publish(
            @PathVariable UUID id,
            @RequestBody PromotionForm form,
            @AuthenticationPrincipal Person person,
            Locale locale) {
        Promotion promotion = ActRefused.unlessDone(desk.add(promotion(id, form), person));
        return shown(
                new PriceDesk.Kept<>(promotion, clock.instant(), person.name(), null, null),
                catalogue.cards(parts(promotion).toList()),
                locale);
    }

    @PostMapping("/console/api/prices/preview")
    Preview preview(@RequestBody PromotionForm form) {
        PriceDesk.Preview preview = desk.preview(promotion(new UUID(0, 0), form));
        return new Preview(
                preview.touched(),
                preview.shown().stream()
                        .map(each -> {
                            Money cost = each.cost();
                            return new Effect(
                                    each.part().value(),
                                    each.lineCode(),
                                    each.number(),
                                    each.name(),
                                    each.list().amount().text(),
                                    each.price().amount().text(),
                                    cost == null ? null : cost.text(),
                                    each.marginPercent());
                        })
                        .toList());
    }

    @DeleteMapping("/console/api/prices/{id}")
    Map<String, UUID> withdraw(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return Map.of("withdrawn", ActRefused.unlessDone(desk.withdraw(id, person)));
    }

    /** All that a run of price-sync changes; of one store, the labels that it must change. What a spreadsheet would take for a formula is kept from being one. */
    @GetMapping("/console/api/prices/runs/{run}/changes")
    void changes(
            @PathVariable long run, @RequestParam(required = false) @Nullable UUID store, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + (store == null ? "prices-" : "labels-") + run + ".csv\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write('\uFEFF');
        out.write(
                "line_code,part_number,name,level,bin,cost,old_price,new_price,change_percent,margin_percent,price_includes_tax\r\n");
        desk.changes(run, store == null ? null : new StoreId(store), change -> {
            try {
                Money before = change.before();
                out.write(String.join(
                        ",",
                        RejectsCsv.cell(change.lineCode()),
                        RejectsCsv.cell(change.number()),
                        RejectsCsv.cell(change.name()),
                        change.level().code(),
                        RejectsCsv.cell(change.bin()),
                        change.cost().amount().toPlainString(),
                        before == null ? "" : before.amount().toPlainString(),
                        change.after().amount().toPlainString(),
                        before == null ? "" : share(change.after().minus(before), before),
                        share(change.net().minus(change.cost()), change.net()),
                        Boolean.toString(change.includesTax())));
                out.write("\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.flush();
    }

    private static String share(Money part, Money whole) {
        if (whole.isZero()) return "";
        return part.amount()
                .multiply(BigDecimal.valueOf(100))
                .divide(whole.amount(), 1, Money.ROUNDING)
                .toPlainString();
    }

    private List<String> codes() {
        return desk.levels().stream().map(PriceLevel::code).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private String state(LocalDate starts, @Nullable LocalDate ends, @Nullable Instant withdrawn) {
        if (withdrawn != null) return "WITHDRAWN";
        if (starts.isAfter(today())) return "COMING";
        return ends != null && ends.isBefore(today()) ? "OVER" : "NOW";
    }

    private Rule rule(PriceDesk.Kept<PriceRule> kept) {
        PriceRule rule = kept.what();
        PriceLevel level = rule.level();
        return new Rule(
                rule.id(),
                rule.target().kind().name(),
                rule.target().value(),
                level == null ? null : level.code(),
                rule.customer(),
                rule.from().equals(Quantity.ZERO) ? null : rule.from().text(),
                switch (rule.value()) {
                    case PriceRule.Value.Unit(Price price) -> price.amount().text();
                    case PriceRule.Value.PercentOff(int hundredths) -> "−" + percent(hundredths);
                },
                rule.value() instanceof PriceRule.Value.Unit(Price price) && price.includesTax(),
                rule.starts(),
                rule.ends(),
                state(rule.starts(), rule.ends(), kept.withdrawnAt()),
                rule.version(),
                kept.madeAt(),
                kept.madeBy());
    }

    private static String percent(int hundredths) {
        BigDecimal bare = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
        return (bare.scale() < 0 ? bare.setScale(0) : bare).toPlainString() + " %";
    }

    private static Stream<PartId> parts(Promotion promotion) {
        return promotion.effect() instanceof Promotion.Effect.Kit kit
                ? kit.parts().keySet().stream()
                : promotion.targets().stream()
                        .filter(target -> target.kind() == PriceTarget.Kind.PART)
                        .map(target -> PartId.of(target.value()));
    }

    private Shown shown(PriceDesk.Kept<Promotion> kept, Map<PartId, PartCard> parts, Locale locale) {
        Promotion promotion = kept.what();
        return new Shown(
                promotion.id(),
                promotion.name(),
                switch (promotion.effect()) {
                    case Promotion.Effect.PercentOff(int hundredths) -> "−" + percent(hundredths);
                    case Promotion.Effect.AmountOff(Money each) -> "−" + each.text();
                    case Promotion.Effect.TakeAndPay(int take, int pay) -> take + " × " + pay;
                    case Promotion.Effect.Kit kit ->
                        messages.text(
                                locale, "price.kit.for", List.of(kit.price().text()));
                },
                promotion.effect() instanceof Promotion.Effect.Kit kit
                        ? kit.parts().entrySet().stream()
                                .map(part -> part.getValue().text() + " × " + name(part.getKey(), parts))
                                .toList()
                        : promotion.targets().stream()
                                .map(target -> switch (target.kind()) {
                                    case ALL -> messages.text(locale, "price.target.ALL", List.of());
                                    case PART -> name(PartId.of(target.value()), parts);
                                    case BRAND, CATEGORY -> target.value();
                                })
                                .toList(),
                promotion.branches().size(),
                promotion.levels().stream().sorted().map(PriceLevel::code).toList(),
                promotion.priority(),
                promotion.starts(),
                promotion.ends(),
                state(promotion.starts(), promotion.ends(), kept.withdrawnAt()),
                promotion.version(),
                kept.madeAt(),
                kept.madeBy());
    }

    private static String name(PartId id, Map<PartId, PartCard> parts) {
        PartCard card = parts.get(id);
        return card == null
                ? id.toString()
                : card.part().lineCode().value() + " " + card.part().number().value();
    }

    // --- from the typed text; every fault by its field, the first one of each

    private static PriceRule rule(UUID id, RuleForm form) {
        Map<String, String> faults = new LinkedHashMap<>();
        PriceTarget target = target(form.target(), form.targetValue(), "targetValue", faults);
        PriceLevel level = level(form.level(), "level", faults);
        Quantity from = quantity(form.from(), "from", faults);
        boolean percent = "PERCENT".equals(form.kind());
        PriceRule.Value value = percent
                ? percentOff(form.percent(), faults)
                : new PriceRule.Value.Unit(
                        new Price(amount(form.amount(), "amount", faults), Boolean.TRUE.equals(form.includesTax())));
        if (!percent && target.kind() != PriceTarget.Kind.PART) faults.putIfAbsent("kind", "amount-of-part");
        if (percent && level.isPublic() && from.equals(Quantity.ZERO)) faults.putIfAbsent("kind", "public-percent");
        LocalDate starts = day(form.starts(), "starts", faults);
        LocalDate ends = lastDay(form.ends(), starts, faults);
        return unless(faults, () -> new PriceRule(id, target, level, null, from, value, starts, ends, 0));
    }

    private static PriceRule.Value percentOff(@Nullable String typed, Map<String, String> faults) {
        int hundredths = hundredths(typed, faults);
        if (hundredths > 9_999) faults.putIfAbsent("percent", "percent");
        return new PriceRule.Value.PercentOff(Math.clamp(hundredths, 1, 9_999));
    }

    private static Promotion promotion(UUID id, PromotionForm form) {
        Map<String, String> faults = new LinkedHashMap<>();
        String name = text(form.name());
        if (name.isEmpty() || name.length() > Promotion.MAX_NAME) faults.put("name", "name");
        LocalDate starts = day(form.starts(), "starts", faults);
        LocalDate ends = lastDay(form.ends(), starts, faults);
        Promotion.Effect effect = effect(form, faults);
        List<PriceTarget> targets = new ArrayList<>();
        if (!"KIT".equals(text(form.effect()))) {
            for (TargetForm each : Objects.requireNonNullElse(form.targets(), List.<TargetForm>of()))
                targets.add(target(each.kind(), each.value(), "targets", faults));
            if (targets.isEmpty() || targets.size() > Promotion.MOST_TARGETS) faults.putIfAbsent("targets", "targets");
        }
        Set<PriceLevel> levels = Objects.requireNonNullElse(form.levels(), List.<String>of()).stream()
                .map(code -> level(code, "levels", faults))
                .collect(Collectors.toUnmodifiableSet());
        String priority = text(form.priority());
        if (!priority.isEmpty() && !WHOLE.matcher(priority).matches()) faults.put("priority", "priority");
        return unless(
                faults,
                () -> new Promotion(
                        id,
                        name,
                        effect,
                        targets,
                        Set.copyOf(Objects.requireNonNullElse(form.branches(), List.<UUID>of())),
                        levels,
                        priority.isEmpty() ? 0 : Integer.parseInt(priority),
                        starts,
                        ends,
                        0));
    }

    private static Promotion.Effect effect(PromotionForm form, Map<String, String> faults) {
        switch (text(form.effect())) {
            case "PERCENT_OFF" -> {
                return new Promotion.Effect.PercentOff(Math.clamp(hundredths(form.percent(), faults), 1, 10_000));
            }
            case "AMOUNT_OFF" -> {
                return new Promotion.Effect.AmountOff(amount(form.amount(), "amount", faults));
            }
            case "TAKE_PAY" -> {
                String take = text(form.take());
                String pay = text(form.pay());
                boolean whole =
                        WHOLE.matcher(take).matches() && WHOLE.matcher(pay).matches();
                int taken = whole ? Integer.parseInt(take) : 0;
                int paid = whole ? Integer.parseInt(pay) : 0;
                if (paid >= 1 && taken > paid && taken <= 1_000) return new Promotion.Effect.TakeAndPay(taken, paid);
                faults.putIfAbsent("take", "take-pay");
            }
            case "KIT" -> {
                Map<PartId, Quantity> parts = new LinkedHashMap<>();
                for (KitForm each : Objects.requireNonNullElse(form.kit(), List.<KitForm>of())) {
                    PriceTarget part = target("PART", each.part(), "kit", faults);
                    Quantity quantity = quantity(each.quantity(), "kit", faults);
                    if (!quantity.isPositive()) faults.putIfAbsent("kit", "quantity");
                    else if (part.kind() == PriceTarget.Kind.PART) parts.put(PartId.of(part.value()), quantity);
                }
                Money price = amount(form.amount(), "amount", faults);
                if (!parts.isEmpty() && parts.size() <= Promotion.MOST_KIT_PARTS)
                    return new Promotion.Effect.Kit(parts, price);
                faults.putIfAbsent("kit", "kit");
            }
            default -> faults.put("effect", "effect");
        }
        return new Promotion.Effect.PercentOff(1);
    }

    private static <T> T unless(Map<String, String> faults, Supplier<T> made) {
        if (!faults.isEmpty()) throw new FormFaulty(faults);
        return made.get();
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }

    private static PriceTarget target(
            @Nullable String kind, @Nullable String value, String field, Map<String, String> faults) {
        String of = text(value);
        switch (text(kind)) {
            case "ALL" -> {
                return PriceTarget.EVERYTHING;
            }
            case "BRAND", "CATEGORY" -> {
                if (!of.isEmpty() && of.length() <= 200)
                    return new PriceTarget(PriceTarget.Kind.valueOf(text(kind)), of);
            }
            case "PART" -> {
                try {
                    return new PriceTarget(
                            PriceTarget.Kind.PART, UUID.fromString(of).toString());
                } catch (IllegalArgumentException e) {
                    faults.putIfAbsent(field, "part");
                }
            }
            default -> faults.putIfAbsent("target", "target");
        }
        faults.putIfAbsent(field, "target");
        return PriceTarget.EVERYTHING;
    }

    private static PriceLevel level(@Nullable String typed, String field, Map<String, String> faults) {
        try {
            return new PriceLevel(text(typed));
        } catch (IllegalArgumentException e) {
            faults.putIfAbsent(field, "level");
            return PriceLevel.PUBLICO;
        }
    }

    private static Quantity quantity(@Nullable String typed, String field, Map<String, String> faults) {
        String text = text(typed);
        if (text.isEmpty()) return Quantity.ZERO;
        if (QUANTITY.matcher(text).matches()) return Quantity.of(new BigDecimal(text));
        faults.putIfAbsent(field, "quantity");
        return Quantity.ZERO;
    }

    private static Money amount(@Nullable String typed, String field, Map<String, String> faults) {
        String text = text(typed);
        if (AMOUNT.matcher(text).matches()) {
            Money amount = Money.of(
                    new BigDecimal(text.replace("$", "").replace(",", "").strip()).setScale(2), Money.MXN);
            if (amount.minor() > 0) return amount;
        }
        faults.putIfAbsent(field, "amount");
        return Money.mxn(1);
    }

    private static int hundredths(@Nullable String typed, Map<String, String> faults) {
        String text = text(typed);
        if (PERCENT.matcher(text).matches()) {
            int hundredths = new BigDecimal(text.replace("%", "").strip())
                    .movePointRight(2)
                    .intValueExact();
            if (hundredths >= 1 && hundredths <= 10_000) return hundredths;
        }
        faults.putIfAbsent("percent", "percent");
        return 1;
    }

    private static LocalDate day(@Nullable String typed, String field, Map<String, String> faults) {
        try {
            LocalDate day = LocalDate.parse(text(typed));
            if (day.getYear() >= 2000 && day.getYear() < 2100) return day;
        } catch (DateTimeParseException e) {
            // told below
        }
        faults.putIfAbsent(field, "day");
        return LocalDate.EPOCH;
    }

    private static @Nullable LocalDate lastDay(@Nullable String typed, LocalDate starts, Map<String, String> faults) {
        if (text(typed).isEmpty()) return null;
        LocalDate ends = day(typed, "ends", faults);
        if (!faults.containsKey("ends") && !faults.containsKey("starts") && ends.isBefore(starts))
            faults.put("ends", "ends-before");
        return ends;
    }
}
