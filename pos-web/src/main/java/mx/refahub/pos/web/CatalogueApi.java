package mx.refahub.pos.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.search.Facets;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.search.Understood;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The public catalogue, the same on hub and store. */
@RestController
@Tag(name = "catalogue")
class CatalogueApi {
    private static final int MOST_TOLD = 500;

    private final PartSearch search;
    private final PartCatalogue catalogue;
    private final Shelves shelves;
    private final Messages messages;

    CatalogueApi(PartSearch search, PartCatalogue catalogue, Shelves shelves, Messages messages) {
        this.search = search;
        this.catalogue = catalogue;
        this.shelves = shelves;
        this.messages = messages;
    }

    /**
     * @param minor the list price, with the tax or without it; of a kit what its pieces come to, where that is less or the only price
     * @param text what the customer pays, tax included
     */
    record CardPrice(long minor, String text, String currency, boolean includesTax) {}

    record Why(String kind, String text) {}

    record Hit(
            UUID partId,
            String lineCode,
            String partNumber,
            String brand,
            String name,
            String category,
            String unit,
            @Nullable Amount core,
            Why reason,
            @Nullable CardPrice price,
            Count stock) {}

    /**
     * @param total counted up to {@value PartHits#EXACT_TOTAL}
     * @param more whether there are more than that
     * @param understood how the text was read
     * @param nearest only where nothing was found: what meets most of the words. They are no hits
     * @param facets only where they were asked for
     */
    record Hits(
            long total,
            boolean more,
            long tookMicros,
            long indexVersion,
            List<Hit> hits,
            Understood understood,
            List<Hit> nearest,
            @Nullable Facets facets) {}

    @GetMapping("/api/v1/catalog/search")
    @Operation(summary = "Find parts by number, words and vehicle; each hit says why it matched")
    Hits search(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String make,
            @RequestParam(defaultValue = "") String model,
            @RequestParam(defaultValue = "0") @Min(0) @Max(Fitment.LAST_YEAR) int year,
            @RequestParam(defaultValue = "") String engine,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String brand,
            @RequestParam(defaultValue = "") String position,
            @RequestParam(defaultValue = "false") boolean stocked,
            @RequestParam(defaultValue = "") Set<String> lifted,
            @RequestParam(defaultValue = "false") boolean facets,
            @RequestParam(defaultValue = "20") @Min(1) @Max(PartQuery.MAX_LIMIT) int limit,
            @RequestParam(defaultValue = "0") @Min(0) @Max(PartQuery.MAX_OFFSET) int offset,
            Locale locale) {
        Shelves.Look look = shelves.look();
        PartHits found = search.find(
                new PartQuery(
                        q, make, model, year, engine, category, brand, position, stocked, lifted, facets, limit,
                        offset),
                look);
        return new Hits(
                Math.min(found.total(), PartHits.EXACT_TOTAL),
                found.total() > PartHits.EXACT_TOTAL,
                found.tookMicros(),
                found.indexVersion(),
                hits(found.hits(), look, locale),
                found.understood(),
                hits(found.nearest(), look, locale),
                found.facets());
    }

    private List<Hit> hits(List<PartHits.Hit> found, Shelves.Look look, Locale locale) {
        if (found.isEmpty()) return List.of();
        Map<PartId, PartCard> cards =
                look.cards(found.stream().map(PartHits.Hit::part).toList());
        List<Hit> hits = new ArrayList<>();
        for (PartHits.Hit hit : found) {
            PartCard card = cards.get(hit.part());
            if (card != null) hits.add(hit(card, hit.reason(), locale));
        }
        return hits;
    }

    @GetMapping("/api/v1/catalog/vehicles")
    @Operation(summary = "What can still be chosen of a vehicle: year, make, model, engine, category")
    PartSearch.VehicleChoices vehicles(
            @RequestParam(defaultValue = "0") @Min(0) @Max(Fitment.LAST_YEAR) int year,
            @RequestParam(defaultValue = "") String make,
            @RequestParam(defaultValue = "") String model,
            @RequestParam(defaultValue = "") String engine,
            @RequestParam(defaultValue = "") String category) {
        return search.choices(new PartQuery("", make, model, year, engine, category, 1, 0));
    }

    /** @param asked whether it answers the vehicle that was asked for */
    record Fits(
            String make,
            String model,
            int yearFrom,
            int yearTo,
            String engine,
            String body,
            String position,
            String notes,
            boolean asked) {}

    record Other(String kind, String kindText, String brand, String number) {}

    record Code(String value, Count pack) {}

    /**
     * A part that belongs to the one asked for, with its own price and stock here.
     *
     * @param grade of an alternative; empty if nothing is said
     * @param quantity how many go with one piece, or are in one kit
     */
    record RelatedPart(
            String kind,
            String kindText,
            String grade,
            String gradeText,
            Count quantity,
            String position,
            String note,
            UUID partId,
            String lineCode,
            String partNumber,
            String brand,
            String name,
            String unit,
            @Nullable Amount core,
            @Nullable CardPrice price,
            Count stock) {}

    /** How many there are beyond those that are told. */
    record More(int fitments, int interchanges, int related) {}

    /**
     * Of fitments and interchanges the first {@value #MOST_TOLD}, of related parts as many of each kind. What answers the vehicle asked for comes first.
     *
     * @param more where there are more
     */
    record Detail(
            UUID partId,
            String lineCode,
            String partNumber,
            String brand,
            String nameEs,
            String nameEn,
            String category,
            String unit,
            @Nullable Amount core,
            @Nullable CardPrice price,
            Count stock,
            List<Code> barcodes,
            List<Fits> fitments,
            List<Other> interchanges,
            List<RelatedPart> related,
            More more) {}

    @GetMapping("/api/v1/catalog/parts/{id}")
    @Operation(
            summary = "A part with its fitments, those of the vehicle asked for first, interchanges and related parts")
    Detail part(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String make,
            @RequestParam(defaultValue = "") String model,
            @RequestParam(defaultValue = "0") @Min(0) @Max(Fitment.LAST_YEAR) int year,
            @RequestParam(defaultValue = "") String engine,
            Locale locale) {
        AskedVehicle vehicle = new AskedVehicle(make, model, year, engine);
        PartCard card = catalogue.card(new PartId(id)).orElseThrow(() -> ActRefused.of("part-unknown"));
        PartCatalogue.Relations relations = catalogue.relations(new PartId(id));
        List<PartCatalogue.Related> related = mostOfEachKind(relations.related());
        Part part = card.part();
        return new Detail(
                id,
                part.lineCode().value(),
                part.number().value(),
                part.brand(),
                part.nameEs(),
                part.nameEn(),
                part.category(),
                part.unit(),
                core(part),
                price(card),
                Count.of(card.stock()),
                part.barcodes().stream()
                        .map(code -> new Code(code.value(), Count.of(code.pack())))
                        .toList(),
                fits(relations.fitments(), vehicle),
                relations.interchanges().stream()
                        .limit(MOST_TOLD)
                        .map(other -> other(other, locale))
                        .toList(),
                related(related, locale),
                new More(
                        Math.max(0, relations.fitments().size() - MOST_TOLD),
                        Math.max(0, relations.interchanges().size() - MOST_TOLD),
                        relations.related().size() - related.size()));
    }

    private static List<Fits> fits(List<Fitment> fitments, AskedVehicle vehicle) {
        return fitments.stream()
                .map(f -> new Fits(
                        f.make(),
                        f.model(),
                        f.yearFrom(),
                        f.yearTo(),
                        f.engine(),
                        f.body(),
                        f.position(),
                        f.notes(),
                        vehicle.isAnswered(f)))
                .sorted(Comparator.comparing(Fits::asked).reversed())
                .limit(MOST_TOLD)
                .toList();
    }

    private static List<PartCatalogue.Related> mostOfEachKind(List<PartCatalogue.Related> all) {
        return Stream.of(PartRelation.Kind.values())
                .flatMap(
                        kind -> all.stream().filter(each -> each.kind() == kind).limit(MOST_TOLD))
                .toList();
    }

    private static final Comparator<RelatedPart> ORDER = Comparator.comparingInt(
                    (RelatedPart each) -> PartRelation.Kind.valueOf(each.kind()).ordinal())
            .thenComparing(RelatedPart::lineCode)
            .thenComparing(RelatedPart::partNumber);

    /** What has left the catalogue is left out. */
    private List<RelatedPart> related(List<PartCatalogue.Related> related, Locale locale) {
        if (related.isEmpty()) return List.of();
        Map<PartId, PartCard> cards = catalogue.cards(
                related.stream().map(PartCatalogue.Related::part).distinct().toList());
        List<RelatedPart> shown = new ArrayList<>();
        for (PartCatalogue.Related each : related) {
            PartCard card = cards.get(each.part());
            if (card != null) shown.add(related(each, card, locale));
        }
        shown.sort(ORDER);
        return List.copyOf(shown);
    }

    private RelatedPart related(PartCatalogue.Related related, PartCard card, Locale locale) {
        Part part = card.part();
        String grade = related.grade().text();
        return new RelatedPart(
                related.kind().name(),
                messages.text(locale, "relation." + related.kind()),
                grade,
                grade.isEmpty() ? "" : messages.text(locale, "grade." + grade),
                Count.of(related.quantity()),
                related.position(),
                related.note(),
                part.id().value(),
                part.lineCode().value(),
                part.number().value(),
                part.brand(),
                name(part, locale),
                part.unit(),
                core(part),
                price(card),
                Count.of(card.stock()));
    }

    private static String name(Part part, Locale locale) {
        return Messages.isEnglish(locale) && !part.nameEn().isBlank() ? part.nameEn() : part.nameEs();
    }

    private Hit hit(PartCard card, Reason reason, Locale locale) {
        Part part = card.part();
        return new Hit(
                part.id().value(),
                part.lineCode().value(),
                part.number().value(),
                part.brand(),
                name(part, locale),
                part.category(),
                part.unit(),
                core(part),
                new Why(reason.kind().name(), why(reason, locale)),
                price(card),
                Count.of(card.stock()));
    }

    private String why(Reason reason, Locale locale) {
        String key = "reason." + reason.kind() + (reason.detail().isBlank() ? ".bare" : "");
        return messages.text(locale, key, reason.detail());
    }

    private Other other(Interchange other, Locale locale) {
        return new Other(
                other.kind().name(),
                messages.text(locale, "interchange." + other.kind()),
                other.otherBrand(),
                other.otherNumber().value());
    }

    private static @Nullable Amount core(Part part) {
        return part.core().isZero() ? null : Amount.of(part.core());
    }

    private static @Nullable CardPrice price(PartCard card) {
        Price price = card.charged();
        if (price == null || card.priceText() == null) return null;
        return new CardPrice(
                price.amount().minor(),
                card.priceText(),
                price.amount().currency().getCurrencyCode(),
                price.includesTax());
    }
}
