package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.purchase.CoresGiven;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Old pieces that go from this branch to a supplier. */
@RestController
@Tag(name = "stock")
class CoresGivenApi {
    private static final int MOST = 200;

    private final CoresGiven cores;
    private final PartCatalogue catalogue;
    private final StockLines lines;

    CoresGivenApi(CoresGiven cores, PartCatalogue catalogue, StockLines lines) {
        this.cores = cores;
        this.catalogue = catalogue;
        this.lines = lines;
    }

    record Lying(StockView.PartNamed part, Count quantity) {}

    record AllLying(List<Lying> parts) {}

    @GetMapping("/pos/api/inventory/cores")
    @Operation(summary = "Old pieces that customers left at this branch and that did not go on")
    AllLying lying(Locale locale) {
        List<CoresGiven.Lying> lying = cores.lying(MOST);
        Map<PartId, PartCard> cards =
                catalogue.cards(lying.stream().map(CoresGiven.Lying::part).toList());
        return new AllLying(lying.stream()
                .map(one -> new Lying(
                        StockView.PartNamed.of(one.part().value(), cards.get(one.part()), locale),
                        Count.of(one.quantity())))
                .toList());
    }

    record Giving(
            @NotNull UUID act,

            @NotNull @Size(max = StockDesk.LONGEST_TEXT) @PlainText
            String supplier,

            @Size(max = StockDesk.LONGEST_TEXT) @PlainText @Nullable
            String reference,

            @Size(max = StockDesk.LONGEST_TEXT) @PlainText @Nullable
            String note,

            @NotNull @Valid @Size(max = StockDesk.MOST_LINES)
            List<StockLines.Typed> lines) {}

    record Document(UUID id, String supplier, int lines) {}

    record Written(@Nullable Document document, List<StockView.RefusedLine> refused) {}

    @PostMapping("/pos/api/inventory/cores")
    @Operation(summary = "Give old pieces to a supplier; nothing of the shelf moves")
    Written give(@RequestBody @Valid Giving giving, @AuthenticationPrincipal Person who, Locale locale) {
        StockLines.Checked checked = lines.check(giving.lines(), StockLine.Sign.POSITIVE, false, locale);
        if (checked.lines().isEmpty()) return new Written(null, checked.refused());
        CoresGivenBody body = ActRefused.unlessDone(cores.give(
                new CoresGiven.Giving(
                        giving.act(),
                        giving.supplier().strip(),
                        giving.reference() == null ? "" : giving.reference().strip(),
                        giving.note() == null ? "" : giving.note().strip(),
                        checked.lines()),
                who));
        return new Written(new Document(body.id(), body.supplier(), body.lines().size()), checked.refused());
    }
}
