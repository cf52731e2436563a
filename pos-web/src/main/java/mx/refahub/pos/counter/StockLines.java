package mx.refahub.pos.counter;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;

/** Reads typed lines one by one: what is wrong with one is said beside it, and the others go on. */
final class StockLines {
    private final PartCatalogue catalogue;
    private final Messages messages;

    StockLines(PartCatalogue catalogue, Messages messages) {
        this.catalogue = catalogue;
        this.messages = messages;
    }

    /** As typed; every figure is text, so that what is wrong with it can be told beside it. */
    record Typed(
            @NotNull UUID id,
            @NotNull UUID part,
            @Size(max = 200) @Nullable String quantity,
            @Size(max = 200) @Nullable String bin,
            @Size(max = 200) @Nullable String cost,
            @Size(max = 200) @Nullable String lost) {
        StockLine.Typed words() {
            return new StockLine.Typed(id, part, or(quantity), or(bin), or(cost), or(lost));
        }

        private static String or(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    record Checked(List<StockLine> lines, List<StockView.RefusedLine> refused) {}

    Checked check(List<Typed> typed, StockLine.Sign sign, boolean costs, Locale locale) {
        Map<PartId, PartCard> cards = catalogue.cards(
                typed.stream().map(line -> new PartId(line.part())).distinct().toList());
        List<StockLine> lines = new ArrayList<>();
        List<StockView.RefusedLine> refused = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        for (Typed line : typed) {
            PartCard card = cards.get(new PartId(line.part()));
            Outcome<StockLine> read = ids.add(line.id())
                    ? StockLine.of(line.words(), card == null ? null : card.part(), sign, costs)
                    : Outcome.refused("stock-line-twice");
            switch (read) {
                case Outcome.Done<StockLine>(StockLine value) -> lines.add(value);
                case Outcome.Refused<StockLine>(Refusal refusal) -> refused.add(refused(line.id(), refusal, locale));
            }
        }
        return new Checked(lines, refused);
    }

    /** With the lines that were checked and that the desk did not take. */
    StockView.Written written(StockDesk.TakenIn taken, Checked checked, boolean costs, Locale locale) {
        List<StockView.RefusedLine> refused = new ArrayList<>(checked.refused());
        taken.refused().forEach(line -> refused.add(refused(line.line(), line.reason(), locale)));
        StockBody document = taken.document();
        return new StockView.Written(document == null ? null : StockView.Document.of(document, costs), refused);
    }

    private StockView.RefusedLine refused(UUID id, Refusal refusal, Locale locale) {
        return new StockView.RefusedLine(
                id, refusal.code(), messages.text(locale, "refusal." + refusal.code(), refusal.arguments()));
    }
}
