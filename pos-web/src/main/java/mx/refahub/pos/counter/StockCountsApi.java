package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockCounts;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Counting the shelf. What should be there is told only by the review, to whom may close a count. */
@RestController
@Tag(name = "counts")
class StockCountsApi {
    private final StockCounts counts;
    private final PartCatalogue catalogue;
    private final StockLines lines;

    StockCountsApi(StockCounts counts, PartCatalogue catalogue, StockLines lines) {
        this.counts = counts;
        this.catalogue = catalogue;
        this.lines = lines;
    }

    /**
     * @param bin null for the whole branch, or for a class
     * @param abc null unless it is of the parts of one class
     */
    record CountView(
            UUID id,
            @Nullable String bin,
            Instant startedAt,
            String byName,
            int parts,
            @Nullable String abc) {
        static CountView of(StockCounts.Count count) {
            return new CountView(
                    count.id(), count.bin(), count.startedAt(), count.byName(), count.parts(), count.abc());
        }
    }

    record Counts(List<CountView> counts) {}

    record Starting(
            @NotNull UUID id,

            @Size(max = StockLine.LONGEST_BIN) @PlainText @Nullable
            String bin,

            @Size(max = 1) @Nullable String abc) {}

    @GetMapping("/pos/api/inventory/counts")
    @Operation(summary = "Counts that are not closed")
    Counts open() {
        return new Counts(counts.open().stream().map(CountView::of).toList());
    }

    @PostMapping("/pos/api/inventory/counts")
    @Operation(summary = "Start a count of a bin, of a class by value of sales (A, B, C), or of the whole branch")
    CountView start(@RequestBody @Valid Starting starting, @AuthenticationPrincipal Person who) {
        String abc = starting.abc();
        return CountView.of(ActRefused.unlessDone(
                abc == null || abc.isBlank()
                        ? counts.start(starting.id(), starting.bin(), who)
                        : counts.startClass(starting.id(), abc, who)));
    }

    /** @param replaces takes the place of what was counted before, instead of adding to it */
    record Entering(@NotNull @Valid StockLines.Typed line, boolean replaces) {}

    record CountedLine(StockView.PartNamed part, String bin, Count quantity) {}

    /** @param refused why nothing was counted */
    record Entered(@Nullable CountedLine line, StockView.@Nullable RefusedLine refused) {}

    @PostMapping("/pos/api/inventory/counts/{id}/entries")
    @Operation(summary = "Count a part; the line's id is the act, so that a call that comes twice counts once")
    Entered enter(
            @PathVariable UUID id,
            @RequestBody @Valid Entering entering,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        StockLines.Checked checked = lines.check(List.of(entering.line()), StockLine.Sign.ZERO_TOO, false, locale);
        if (checked.lines().isEmpty())
            return new Entered(null, checked.refused().getFirst());
        StockLine line = checked.lines().getFirst();
        StockCounts.Counted counted =
                ActRefused.unlessDone(counts.enter(line.id(), id, line, entering.replaces(), who));
        return new Entered(
                new CountedLine(
                        StockView.PartNamed.of(line.part(), locale), counted.bin(), Count.of(counted.quantity())),
                null);
    }

    record Lines(List<CountedLine> lines) {}

    @GetMapping("/pos/api/inventory/counts/{id}/entries")
    @Operation(summary = "What was counted so far, newest first")
    Lines entered(@PathVariable UUID id, Locale locale) {
        List<StockCounts.Counted> entered = ActRefused.unlessDone(counts.entered(id));
        Map<PartId, PartCard> cards =
                catalogue.cards(entered.stream().map(StockCounts.Counted::part).toList());
        return new Lines(entered.stream()
                .map(line -> new CountedLine(
                        StockView.PartNamed.of(line.part().value(), cards.get(line.part()), locale),
                        line.bin(),
                        Count.of(line.quantity())))
                .toList());
    }

    /** @param counted null where nobody counted it */
    record DifferenceLine(
            StockView.PartNamed part,
            String bin,
            Count expected,
            @Nullable Count counted,
            Count difference,
            @Nullable Amount value) {}

    record ReviewView(
            CountView count,
            int counted,
            int differing,
            int uncounted,
            @Nullable Amount value,
            List<DifferenceLine> differences) {}

    @GetMapping("/pos/api/inventory/counts/{id}/review")
    @Operation(summary = "What differs from the books, and what nobody counted")
    ReviewView review(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        StockCounts.Review review = ActRefused.unlessDone(counts.review(id));
        Map<PartId, PartCard> cards = catalogue.cards(review.differences().stream()
                .map(StockCounts.Difference::part)
                .distinct()
                .toList());
        boolean costs = StockApi.maySeeCosts(who);
        return new ReviewView(
                CountView.of(review.count()),
                review.counted(),
                review.differing(),
                review.uncounted(),
                costs ? Amount.of(Money.mxn(review.value())) : null,
                review.differences().stream()
                        .map(line -> {
                            Quantity counted = line.counted();
                            return new DifferenceLine(
                                    StockView.PartNamed.of(line.part().value(), cards.get(line.part()), locale),
                                    line.bin(),
                                    Count.of(line.expected()),
                                    counted == null ? null : Count.of(counted),
                                    Count.of(new Quantity(line.thousandths())),
                                    costs ? Amount.of(Money.mxn(line.value())) : null);
                        })
                        .toList());
    }

    record Closing(
            boolean uncountedIsNothing,

            @Size(max = StockDesk.LONGEST_TEXT) @PlainText @Nullable
            String note) {}

    record ClosedView(
            UUID count,
            int counted,
            int differing,
            @Nullable Amount value) {}

    @PostMapping("/pos/api/inventory/counts/{id}/close")
    @Operation(summary = "Bring the differences to the ledger")
    ClosedView close(@PathVariable UUID id, @RequestBody @Valid Closing closing, @AuthenticationPrincipal Person who) {
        StockCounts.Closed closed = ActRefused.unlessDone(
                counts.close(id, closing.uncountedIsNothing(), StockApi.text(closing.note()), who));
        return new ClosedView(
                closed.count(),
                closed.counted(),
                closed.differing(),
                StockApi.maySeeCosts(who) ? Amount.of(Money.mxn(closed.value())) : null);
    }

    @DeleteMapping("/pos/api/inventory/counts/{id}")
    @Operation(summary = "Throw a count away; nothing has moved")
    CountView abandon(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return CountView.of(ActRefused.unlessDone(counts.abandon(id, who)));
    }
}
