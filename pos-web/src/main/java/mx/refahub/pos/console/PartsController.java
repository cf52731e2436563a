package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.PartChange;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.part.PartDesk.Standing;
import mx.refahub.domain.part.PartField;
import mx.refahub.domain.part.PartForm;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import mx.refahub.pos.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A part with all that a person may mend of it, and what persons have changed. */
@RestController
final class PartsController {
    private static final int MOST_CHANGES = 200;
    private static final int MOST_REMOVED = 500;
    private static final int SHOWN_LINES = 500;

    private final PartDesk desk;
    private final Messages messages;
    private final Problems problems;

    PartsController(PartDesk desk, Messages messages, Problems problems) {
        this.desk = desk;
        this.messages = messages;
        this.problems = problems;
    }

    record Code(@Nullable String value, @Nullable String pack) {}

    record Other(
            @Nullable String kind,
            @Nullable String brand,
            @Nullable String number) {}

    record Fit(
            @Nullable String make,
            @Nullable String model,
            @Nullable String yearFrom,
            @Nullable String yearTo,
            @Nullable String engine,
            @Nullable String body,
            @Nullable String position,
            @Nullable String notes) {}

    record Relation(
            @Nullable String kind,
            @Nullable String lineCode,
            @Nullable String number,
            @Nullable String grade,
            @Nullable String quantity,
            @Nullable String position,
            @Nullable String note) {}

    /** As typed: every field is text, so that what is wrong with it can be told beside it. */
    record Form(
            @Nullable String version,
            @Nullable String lineCode,
            @Nullable String number,
            @Nullable String brand,
            @Nullable String nameEs,
            @Nullable String nameEn,
            @Nullable String category,
            @Nullable String unit,
            @Nullable String taxClass,
            @Nullable String core,
            @Nullable String satCode,
            @Nullable String satUnit,
            @Nullable String taxObject,
            @Nullable String price,
            boolean priceIncludesTax,
            @Nullable List<Code> barcodes,
            @Nullable List<Other> interchanges,
            @Nullable List<Fit> fitments,
            @Nullable List<Relation> relations) {
        PartForm form() {
            return new PartForm(
                    or(lineCode),
                    or(number),
                    or(brand),
                    or(nameEs),
                    or(nameEn),
                    or(category),
                    or(unit),
                    or(taxClass),
                    or(core),
                    or(satCode),
                    or(satUnit),
                    or(taxObject),
                    or(price),
                    priceIncludesTax,
                    list(barcodes).stream()
                            .map(code -> new PartForm.Code(or(code.value()), or(code.pack())))
                            .toList(),
                    list(interchanges).stream()
                            .map(other -> new PartForm.Other(or(other.kind()), or(other.brand()), or(other.number())))
                            .toList(),
                    list(fitments).stream()
                            .map(fit -> new PartForm.Fit(
                                    or(fit.make()),
                                    or(fit.model()),
                                    or(fit.yearFrom()),
                                    or(fit.yearTo()),
                                    or(fit.engine()),
                                    or(fit.body()),
                                    or(fit.position()),
                                    or(fit.notes())))
                            .toList(),
                    list(relations).stream()
                            .map(other -> new PartForm.Related(
                                    or(other.kind()),
                                    or(other.lineCode()),
                                    or(other.number()),
                                    or(other.grade()),
                                    or(other.quantity()),
                                    or(other.position()),
                                    or(other.note())))
                            .toList());
        }

        private static String or(@Nullable String text) {
            return text == null ? "" : text;
        }

        private static <T> List<T> list(@Nullable List<T> list) {
            if (list == null) return List.of();
            // Far beyond what the form's own check allows; more is not even looked at.
            return list.size() > 2_000 ? list.subList(0, 2_000) : list;
        }
    }

    /** A part as the form takes it back, and what only is shown. */
    record Sheet(
            UUID id,
            String version,
            boolean removed,
            String lineCode,
            String number,
            String brand,
            String nameEs,
            String nameEn,
            String category,
            boolean categoryByRule,
            String unit,
            String taxClass,
            String core,
            String satCode,
            String satUnit,
            String taxObject,
            String price,
            @Nullable String priceText,
            boolean priceIncludesTax,
            List<Code> barcodes,
            List<Other> interchanges,
            List<Other> mirrored,
            List<Fit> fitments,
            List<Relation> relations) {
        static Sheet of(Standing standing) {
            PartSheet sheet = standing.sheet();
            Price price = sheet.price();
            return new Sheet(
                    standing.id().value(),
                    standing.version(),
                    standing.removed(),
                    sheet.lineCode().value(),
                    sheet.number().value(),
                    sheet.brand(),
                    sheet.nameEs(),
                    sheet.nameEn(),
                    sheet.category(),
                    standing.categoryByRule(),
                    sheet.unit(),
                    sheet.taxClass().name(),
                    sheet.core().isZero() ? "" : sheet.core().amount().toPlainString(),
                    sheet.satCode(),
                    sheet.satUnit(),
                    sheet.taxObject(),
                    price == null ? "" : price.amount().amount().toPlainString(),
                    price == null ? null : price.amount().text(),
                    price == null || price.includesTax(),
                    sheet.barcodes().stream()
                            .map(code -> new Code(code.value(), code.pack().text()))
                            .toList(),
                    sheet.interchanges().stream().map(Sheet::other).toList(),
                    standing.mirrored().stream().map(Sheet::other).toList(),
                    sheet.fitments().stream()
                            .map(fit -> new Fit(
                                    fit.make(),
                                    fit.model(),
                                    Integer.toString(fit.yearFrom()),
                                    Integer.toString(fit.yearTo()),
                                    fit.engine(),
                                    fit.body(),
                                    fit.position(),
                                    fit.notes()))
                            .toList(),
                    sheet.relations().stream()
                            .map(other -> new Relation(
                                    other.kind().name(),
                                    other.lineCode().value(),
                                    other.number().value(),
                                    other.grade().text(),
                                    other.quantity().text(),
                                    other.position(),
                                    other.note()))
                            .toList());
        }

        private static Other other(Interchange other) {
            return new Other(
                    other.kind().name(), other.otherBrand(), other.otherNumber().value());
        }
    }

    /** The form's own 'no': what is wrong with each field. */
    private static final class FormFaulty extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<PartForm.Fault> faults;

        FormFaulty(List<PartForm.Fault> faults) {
            super("form-faulty", null, false, false);
            this.faults = faults;
        }
    }

    record FieldFault(String field, String code, String text) {}

    @ExceptionHandler
    ResponseEntity<ProblemDetail> faulty(FormFaulty faulty, Locale locale) {
        ProblemDetail problem = problems.of("form-faulty", locale);
        problem.setProperty(
                "errors",
                faulty.faults.stream()
                        .map(fault -> new FieldFault(
                                fault.field(),
                                fault.refusal().code(),
                                messages.text(
                                        locale,
                                        "fault." + fault.refusal().code(),
                                        fault.refusal().arguments())))
                        .toList());
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    @GetMapping("/console/api/parts/{id}")
    Sheet part(@PathVariable UUID id) {
        return Sheet.of(desk.part(new PartId(id)).orElseThrow(() -> ActRefused.of("part-unknown")));
    }

    @PostMapping("/console/api/parts")
    @ResponseStatus(HttpStatus.CREATED)
    Sheet add(@RequestBody Form form, @AuthenticationPrincipal Person person) {
        return done(desk.add(checked(form), person));
    }

    @PutMapping("/console/api/parts/{id}")
    Sheet mend(@PathVariable UUID id, @RequestBody Form form, @AuthenticationPrincipal Person person) {
        PartSheet sheet = checked(form);
        return done(desk.mend(new PartId(id), form.version() == null ? "" : form.version(), sheet, person));
    }

    @DeleteMapping("/console/api/parts/{id}")
    Sheet remove(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return done(desk.remove(new PartId(id), person));
    }

    @PostMapping("/console/api/parts/{id}/restore")
    Sheet restore(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return done(desk.restore(new PartId(id), person));
    }

    @PostMapping("/console/api/parts/{id}/changes/{change}/undo")
    Sheet undo(
            @PathVariable UUID id, @PathVariable UUID change, @AuthenticationPrincipal Person person, Locale locale) {
        Outcome<Standing> outcome = desk.undo(new PartId(id), change, person);
        // The desk names the field by its own name.
        if (outcome instanceof Outcome.Refused<Standing>(Refusal refusal)
                && refusal.code().equals("change-overtaken"))
            throw ActRefused.of(
                    refusal.code(),
                    messages.text(locale, "part.field." + refusal.arguments().getFirst(), List.of()));
        return done(outcome);
    }

    private static PartSheet checked(Form form) {
        PartForm.Checked checked = form.form().check();
        PartSheet sheet = checked.sheet();
        if (sheet == null) throw new FormFaulty(checked.faults());
        return sheet;
    }

    private static Sheet done(Outcome<Standing> outcome) {
        return Sheet.of(ActRefused.unlessDone(outcome));
    }

    record RemovedParts(List<RemovedPart> parts) {}

    record RemovedPart(UUID id, String lineCode, String number, String brand, String nameEs, Instant at) {}

    @GetMapping("/console/api/removed-parts")
    RemovedParts removed() {
        return new RemovedParts(desk.removed(MOST_REMOVED).stream()
                .map(part -> new RemovedPart(
                        part.id().value(),
                        part.lineCode().value(),
                        part.number().value(),
                        part.brand(),
                        part.nameEs(),
                        part.at()))
                .toList());
    }

    record Changes(List<Change> changes) {}

    /** @param undoable whether it may be tried; what changed since may still stand in the way */
    record Change(UUID id, Instant at, String who, String kind, boolean undone, boolean undoable, List<Line> lines) {}

    record Line(
            String field, @Nullable String before, @Nullable String after) {}

    @GetMapping("/console/api/parts/{id}/changes")
    Changes changes(@PathVariable UUID id, Locale locale) {
        return new Changes(desk.history(new PartId(id), MOST_CHANGES).stream()
                .map(change -> new Change(
                        change.id(),
                        change.at(),
                        change.who(),
                        change.kind().name(),
                        change.undone(),
                        !change.undone() && change.kind() != PartChange.Kind.ADDED,
                        change.differences().stream()
                                .limit(SHOWN_LINES)
                                .map(each -> new Line(
                                        messages.text(locale, "part.field." + each.field(), List.of()),
                                        shown(each.field(), each.before(), locale),
                                        shown(each.field(), each.after(), locale)))
                                .toList()))
                .toList());
    }

    private @Nullable String shown(PartField field, @Nullable String value, Locale locale) {
        if (value == null) return null;
        List<String> of = PartSheet.pieces(value);
        return switch (field) {
            case LINE_CODE, NUMBER, BRAND, NAME_ES, NAME_EN, CATEGORY, UNIT, SAT_CODE, SAT_UNIT, TAX_OBJECT -> value;
            case TAX_CLASS -> messages.text(locale, "part.tax." + value, List.of());
            case CORE -> Money.mxn(Long.parseLong(value)).text();
            case PRICE ->
                messages.text(
                        locale,
                        "part.price." + of.get(1),
                        List.of(Money.mxn(Long.parseLong(of.get(0))).text()));
            case BARCODE -> {
                Barcode code = new Barcode(of.get(0), new Quantity(Long.parseLong(of.get(1))));
                yield code.value() + " × " + code.pack().text();
            }
            case INTERCHANGE ->
                messages.text(locale, "interchange." + of.get(0), List.of()) + " " + of.get(1) + " " + of.get(2);
            case FITMENT -> {
                Fitment fit = PartSheet.fitment(value);
                yield String.join(
                                " ",
                                fit.make(),
                                fit.model(),
                                fit.yearFrom() + "–" + fit.yearTo(),
                                fit.engine(),
                                fit.body(),
                                fit.position(),
                                fit.notes())
                        .strip()
                        .replaceAll(" +", " ");
            }
            case RELATION -> {
                PartRelation other = PartSheet.relation(value);
                yield String.join(
                                " ",
                                messages.text(locale, "relation." + other.kind(), List.of()),
                                other.lineCode().value(),
                                other.number().value(),
                                "× " + other.quantity().text(),
                                other.grade() == PartRelation.Grade.NONE
                                        ? ""
                                        : messages.text(locale, "grade." + other.grade(), List.of()),
                                other.position(),
                                other.note())
                        .strip()
                        .replaceAll(" +", " ");
            }
            case REMOVED -> messages.text(locale, "part.removed.yes", List.of());
        };
    }
}
