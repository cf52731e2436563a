package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.core.CoreDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Old pieces that customers owe, by age, and the company's terms for them. */
@RestController
final class CoresController {
    private static final int SHOWN = 500;

    private final CoreDesk desk;

    CoresController(CoreDesk desk) {
        this.desk = desk;
    }

    record Age(@Nullable Integer upTo, String pieces, String deposits) {
        static Age of(CoreDesk.Age age) {
            return new Age(age.upTo(), age.pieces().text(), age.deposits().text());
        }
    }

    record Row(
            @Nullable UUID customer,
            String name,
            String pieces,
            String deposits,
            List<Age> ages,
            LocalDate oldest,
            @Nullable Integer limit,
            @Nullable String expired) {
        static Row of(CoreDesk.Customer one) {
            return new Row(
                    one.customer(),
                    one.name(),
                    one.pieces().text(),
                    one.deposits().text(),
                    one.ages().stream().map(Age::of).toList(),
                    one.oldest(),
                    one.limit(),
                    one.expired().isZero() ? null : one.expired().text());
        }
    }

    record Terms(
            boolean taxed, @Nullable Integer days, @Nullable Integer limit) {}

    record Standing(
            Terms terms,
            String pieces,
            String deposits,
            @Nullable String expired,
            List<Age> ages,
            List<Row> customers) {
        static Standing of(CoreDesk.Standing standing) {
            CoreDesk.Terms terms = standing.terms();
            return new Standing(
                    new Terms(terms.taxed(), terms.days(), terms.limit()),
                    standing.pieces().text(),
                    standing.deposits().text(),
                    standing.expired().isZero() ? null : standing.expired().text(),
                    standing.ages().stream().map(Age::of).toList(),
                    standing.customers().stream().map(Row::of).toList());
        }
    }

    record Owed(
            UUID line,
            String store,
            String folio,
            @Nullable Long run,
            String lineCode,
            String partNumber,
            String description,
            String pieces,
            String deposit,
            LocalDate soldOn,
            @Nullable LocalDate until) {}

    @GetMapping("/console/api/cores")
    Standing cores() {
        return Standing.of(desk.standing(SHOWN));
    }

    /** Of one customer; without a customer of those who left no name. */
    @GetMapping("/console/api/cores/owed")
    List<Owed> owed(@RequestParam(required = false) @Nullable UUID customer) {
        return desk.owed(customer, SHOWN).stream()
                .map(one -> new Owed(
                        one.line(),
                        one.store(),
                        one.folio(),
                        one.run(),
                        one.lineCode(),
                        one.partNumber(),
                        one.description(),
                        one.left().text(),
                        one.deposit().text(),
                        one.soldOn(),
                        one.until()))
                .toList();
    }

    @PutMapping("/console/api/cores/terms")
    Standing terms(@RequestBody @Valid Terms terms, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(
                desk.terms(new CoreDesk.Terms(terms.taxed(), terms.days(), terms.limit()), who.name())));
    }

    record Back(@NotNull UUID id, @NotNull @Size(max = 12) String pieces) {}

    @PostMapping("/console/api/cores/opening/{opening}/back")
    Standing back(@PathVariable UUID opening, @RequestBody @Valid Back back, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(desk.back(opening, back.id(), back.pieces(), who.name())));
    }

    record NewLimit(@Nullable Integer pieces) {}

    @PutMapping("/console/api/cores/limits/{customer}")
    Standing limit(
            @PathVariable UUID customer, @RequestBody @Valid NewLimit limit, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(desk.limit(customer, limit.pieces(), who.name())));
    }
}
