package mx.refahub.store.proposal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.tax.Tax;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import org.jspecify.annotations.Nullable;

/**
 * The hub's catalogue with the counter's own parts beside it. An id that has yielded is answered with the part in its place, whose stock has what has
 * moved under the old id since and was not brought over yet. Where the counter has made nothing, it is the hub's catalogue and costs nothing more.
 */
public final class CounterCatalogue implements PartCatalogue, Shelves {
    private final PartCatalogue catalogue;
    private final Shelves shelves;
    private final SqliteCounterParts parts;
    private final BranchSettings branches;

    /**
     * @param catalogue of the hub's parts alone
     * @param shelves of the same
     */
    public CounterCatalogue(
            PartCatalogue catalogue, Shelves shelves, SqliteCounterParts parts, BranchSettings branches) {
        this.catalogue = catalogue;
        this.shelves = shelves;
        this.parts = parts;
        this.branches = branches;
    }

    @Override
    public Map<PartId, PartCard> cards(Collection<PartId> ids) {
        return cards(ids, catalogue::cards);
    }

    @Override
    public Look look() {
        Look there = shelves.look();
        return new Look() {
            @Override
            public Predicate<PartId> stocked() {
                return there.stocked();
            }

            @Override
            public Map<PartId, OnHand> onHand(List<PartId> candidates) {
                return there.onHand(candidates);
            }

            @Override
            public Map<PartId, PartCard> cards(Collection<PartId> ids) {
                return CounterCatalogue.this.cards(ids, there::cards);
            }
        };
    }

    @Override
    public Figures figures() {
        return shelves.figures();
    }

    private Map<PartId, PartCard> cards(
            Collection<PartId> ids, Function<Collection<PartId>, Map<PartId, PartCard>> hubs) {
        SqliteCounterParts.Standing standing = parts.standing();
        if (standing.forSale().isEmpty() && standing.replaced().isEmpty()) return hubs.apply(ids);
        List<PartId> known = new ArrayList<>();
        List<PartId> ours = new ArrayList<>();
        for (PartId id : ids) {
            if (standing.forSale().containsKey(id)) ours.add(id);
            else known.add(standing.present(id));
        }
        Map<PartId, PartCard> there = hubs.apply(known);
        standing.replaced().forEach((old, present) -> {
            if (there.containsKey(present)) ours.add(old);
        });
        Map<PartId, Long> moved = parts.moved(ours);
        Map<PartId, PartCard> cards = new LinkedHashMap<>();
        for (PartId id : ids) {
            PartCard card =
                    standing.forSale().containsKey(id) ? own(id, standing, moved) : there.get(standing.present(id));
            if (card != null)
                cards.put(id, standing.forSale().containsKey(id) ? card : withMoved(card, standing, moved));
        }
        return cards;
    }

    private static PartCard withMoved(PartCard card, SqliteCounterParts.Standing standing, Map<PartId, Long> moved) {
        long more = 0;
        for (Map.Entry<PartId, PartId> each : standing.replaced().entrySet())
            if (each.getValue().equals(card.part().id())) more += moved.getOrDefault(each.getKey(), 0L);
        return more == 0
                ? card
                : new PartCard(
                        card.part(),
                        card.price(),
                        card.byPieces(),
                        card.priceText(),
                        card.stock().plus(new Quantity(more)));
    }

    private @Nullable PartCard own(PartId id, SqliteCounterParts.Standing standing, Map<PartId, Long> moved) {
        SqliteCounterParts.Made made = standing.forSale().get(id);
        if (made == null) return null;
        PartDraft draft = made.draft();
        return new PartCard(
                draft.part(id), draft.price(), priceText(draft, id), new Quantity(moved.getOrDefault(id, 0L)));
    }

    private @Nullable String priceText(PartDraft draft, PartId id) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return null;
        Tax tax = Tax.of(draft.taxClass(), branch.region(), draft.part(id).taxObject());
        return LineAmounts.of(draft.price(), Quantity.ONE, Money.zero(Money.MXN), tax)
                .total()
                .text();
    }

    @Override
    public Optional<Scanned> byBarcode(String barcode) {
        Optional<Scanned> there = catalogue.byBarcode(barcode);
        if (there.isPresent()) return there;
        SqliteCounterParts.Standing standing = parts.standing();
        return Optional.ofNullable(standing.codes().get(barcode.strip()))
                .map(id -> new Scanned(standing.present(id), new Barcode(barcode.strip(), Quantity.ONE)));
    }

    @Override
    public Relations relations(PartId id) {
        return catalogue.relations(parts.standing().present(id));
    }
}
