package mx.refahub.store.proposal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.search.Shelves;

/**
 * The index with the counter's own parts beside it: found by number, barcode and words from the moment they are made. They are few, so each is looked at. A
 * query that names a vehicle, a brand or a category finds none of them: nobody has said what they fit.
 */
public final class CounterSearch implements PartSearch {
    private final PartSearch index;
    private final SqliteCounterParts parts;

    public CounterSearch(PartSearch index, SqliteCounterParts parts) {
        this.index = index;
        this.parts = parts;
    }

    @Override
    public PartHits find(PartQuery query) {
        List<PartHits.Hit> own = query.stocked() ? List.of() : own(query, part -> true);
        return own.isEmpty() ? index.find(query) : merged(query, own, index.find(rest(query, own)));
    }

    @Override
    public PartHits find(PartQuery query, Shelves.Look shelves) {
        List<PartHits.Hit> own = own(query, query.stocked() ? shelves.stocked() : part -> true);
        return own.isEmpty() ? index.find(query, shelves) : merged(query, own, index.find(rest(query, own), shelves));
    }

    /** Ours come on the first page, among hits as good as they are before the index's; later pages begin where that page ended. */
    private static PartQuery rest(PartQuery query, List<PartHits.Hit> own) {
        return query.offset() == 0 ? query : shifted(query, Math.max(0, query.offset() - own.size()));
    }

    private static PartQuery shifted(PartQuery query, int offset) {
        return new PartQuery(
                query.text(),
                query.make(),
                query.model(),
                query.year(),
                query.engine(),
                query.category(),
                query.brand(),
                query.position(),
                query.stocked(),
                query.lifted(),
                query.facets(),
                query.limit(),
                offset);
    }

    private static PartHits merged(PartQuery query, List<PartHits.Hit> own, PartHits found) {
        List<PartHits.Hit> hits = new ArrayList<>();
        if (query.offset() == 0) hits.addAll(own);
        hits.addAll(found.hits());
        hits.sort(Comparator.comparing(hit -> hit.reason().kind()));
        // What is too much for the page is the index's, where the next page takes it up.
        for (int last = hits.size() - 1; hits.size() > query.limit(); last--)
            if (!own.contains(hits.get(last))) hits.remove(last);
        return new PartHits(
                found.total() + own.size(),
                found.tookMicros(),
                found.indexVersion(),
                hits,
                found.understood(),
                List.of(),
                found.facets());
    }

    private List<PartHits.Hit> own(PartQuery query, Predicate<PartId> only) {
        SqliteCounterParts.Standing standing = parts.standing();
        if (standing.forSale().isEmpty()
                || query.text().isEmpty()
                || query.hasVehicle()
                || !query.category().isEmpty()
                || !query.brand().isEmpty()
                || !query.position().isEmpty()) return List.of();
        List<String> words = words(query.text());
        List<PartHits.Hit> own = new ArrayList<>();
        standing.forSale().forEach((id, made) -> {
            if (only.test(id))
                why(made.draft(), query.text(), words).ifPresent(reason -> own.add(new PartHits.Hit(id, reason)));
        });
        // Ids are in the order of making.
        own.sort(Comparator.<PartHits.Hit, Reason.Kind>comparing(
                        hit -> hit.reason().kind())
                .thenComparing(hit -> hit.part().value()));
        return own.size() > query.limit() ? own.subList(0, query.limit()) : own;
    }

    private static Optional<Reason> why(PartDraft part, String text, List<String> words) {
        String number = part.number().normal();
        String typed = PartNumber.normal(text);
        String withLine = PartNumber.normal(part.code());
        String bare = text.strip().toUpperCase(Locale.ROOT);
        if (bare.equals(part.number().value())
                || bare.equals(part.code())
                || text.strip().equals(part.barcode())) return Optional.of(new Reason(Reason.Kind.EXACT, ""));
        if (typed.equals(number) || typed.equals(withLine))
            return Optional.of(
                    new Reason(Reason.Kind.WITHOUT_DASHES, part.number().value()));
        if (typed.length() >= 2 && (number.startsWith(typed) || withLine.startsWith(typed)))
            return Optional.of(new Reason(Reason.Kind.PREFIX, ""));
        if (words.isEmpty()) return Optional.empty();
        List<String> own = words(String.join(
                " ",
                part.name(),
                part.brand(),
                part.category(),
                part.lineCode().value(),
                part.number().value()));
        boolean all = words.stream().allMatch(word -> own.stream().anyMatch(each -> each.startsWith(word)));
        return all ? Optional.of(new Reason(Reason.Kind.WORD, "")) : Optional.empty();
    }

    /** Without accents, in lower case. */
    private static List<String> words(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : folded.split("[^\\p{L}\\p{Nd}]+", -1)) if (!word.isEmpty()) words.add(word);
        return words;
    }

    @Override
    public VehicleChoices choices(PartQuery chosen) {
        return index.choices(chosen);
    }

    @Override
    public Version version() {
        return index.version();
    }
}
