package mx.refahub.pos.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.part.PartForm;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.proposal.Proposal;
import mx.refahub.domain.proposal.ProposalDesk;
import mx.refahub.domain.proposal.Settlement;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Parts that branches made: what each most likely is, and what becomes of it. */
@RestController
final class ProposalsController {
    private static final int MOST = 500;
    private static final int LIKELY = 10;
    private static final int ASKED = 8;

    private final ProposalDesk desk;
    private final Settlement settlement;
    private final PartSearch search;
    private final PartCatalogue catalogue;
    private final Messages messages;

    ProposalsController(
            ProposalDesk desk, PartDesk parts, PartSearch search, PartCatalogue catalogue, Messages messages) {
        this.desk = desk;
        this.settlement = new Settlement(desk, parts);
        this.search = search;
        this.catalogue = catalogue;
        this.messages = messages;
    }

    record Proposals(List<Row> proposals, long open) {}

    /**
     * @param price as the form takes it, in pesos
     * @param sold how many went out by its own id
     */
    record Row(
            UUID id,
            UUID store,
            String storeCode,
            String storeName,
            String lineCode,
            String partNumber,
            String brand,
            String name,
            String category,
            String unit,
            @Nullable String barcode,
            String price,
            String priceText,
            boolean priceIncludesTax,
            String taxClass,
            String satCode,
            String satUnit,
            Instant at,
            String by,
            String sold,
            @Nullable Decided decided) {
        static Row of(Proposal proposal) {
            PartDraft draft = proposal.draft();
            Proposal.Decision decision = proposal.decision();
            return new Row(
                    proposal.id(),
                    proposal.store().value(),
                    proposal.storeCode(),
                    proposal.storeName(),
                    draft.lineCode().value(),
                    draft.number().value(),
                    draft.brand(),
                    draft.name(),
                    draft.category(),
                    draft.unit(),
                    draft.barcode(),
                    draft.price().amount().amount().toPlainString(),
                    draft.price().amount().text(),
                    draft.price().includesTax(),
                    draft.taxClass().name(),
                    draft.satCode(),
                    draft.satUnit(),
                    proposal.at(),
                    proposal.by(),
                    proposal.sold().text(),
                    decision == null ? null : Decided.of(decision));
        }
    }

    record Decided(String verdict, @Nullable UUID part, String partText, String reason, Instant at, String by) {
        static Decided of(Proposal.Decision decision) {
            PartId part = decision.part();
            return new Decided(
                    decision.verdict().name(),
                    part == null ? null : part.value(),
                    decision.partText(),
                    decision.reason(),
                    decision.at(),
                    decision.by());
        }
    }

    @GetMapping("/console/api/proposals")
    Proposals all(@RequestParam(defaultValue = "false") boolean decided) {
        return new Proposals(desk.list(decided, MOST).stream().map(Row::of).toList(), desk.open());
    }

    record One(Row proposal, List<Likely> likely) {}

    /** @param why {@code BARCODE}, {@code NUMBER}, {@code EQUIVALENT} or {@code NAME}: what it shares with the proposal */
    record Likely(
            UUID partId,
            String lineCode,
            String partNumber,
            String brand,
            String name,
            @Nullable String priceText,
            String stock,
            String why) {}

    private enum Why {
        BARCODE,
        NUMBER,
        /** Its number stands there as another maker's or an old one. */
        EQUIVALENT,
        NAME
    }

    @GetMapping("/console/api/proposals/{id}")
    One one(@PathVariable UUID id) {
        Proposal proposal = desk.one(id).orElseThrow(() -> ActRefused.of("proposal-unknown"));
        return new One(Row.of(proposal), proposal.decision() == null ? likely(proposal.draft()) : List.of());
    }

    /** The barcode says most, then the number without its punctuation, also as another maker's; then words of the name. */
    private List<Likely> likely(PartDraft draft) {
        Map<PartId, Why> found = new LinkedHashMap<>();
        String barcode = draft.barcode();
        if (barcode != null) catalogue.byBarcode(barcode).ifPresent(scanned -> found.put(scanned.part(), Why.BARCODE));
        for (String number : List.of(draft.code(), draft.number().value()))
            for (PartHits.Hit hit : search.find(PartQuery.text(number, ASKED)).hits())
                byNumber(hit.reason().kind()).ifPresent(why -> found.putIfAbsent(hit.part(), why));
        PartHits named = search.find(PartQuery.text(draft.name(), ASKED));
        for (PartHits.Hit hit : named.hits()) found.putIfAbsent(hit.part(), Why.NAME);
        for (PartHits.Hit hit : named.nearest()) found.putIfAbsent(hit.part(), Why.NAME);
        Map<PartId, PartCard> cards = catalogue.cards(found.keySet());
        List<Likely> likely = new ArrayList<>();
        found.forEach((id, why) -> {
            PartCard card = cards.get(id);
            if (card != null && likely.size() < LIKELY) likely.add(likely(card, why));
        });
        return likely;
    }

    private static Optional<Why> byNumber(Reason.Kind kind) {
        return switch (kind) {
            case EXACT, WITHOUT_DASHES, PREFIX -> Optional.of(Why.NUMBER);
            case INTERCHANGE, REPLACES -> Optional.of(Why.EQUIVALENT);
            case WORD, SIMILAR, NEAREST, FITS -> Optional.empty();
        };
    }

    private static Likely likely(PartCard card, Why why) {
        return new Likely(
                card.part().id().value(),
                card.part().lineCode().value(),
                card.part().number().value(),
                card.part().brand(),
                card.part().nameEs(),
                card.priceText(),
                card.stock().text(),
                why.name());
    }

    record Merge(@Nullable UUID part) {}

    @PostMapping("/console/api/proposals/{id}/merge")
    Row merge(@PathVariable UUID id, @RequestBody Merge merge, @AuthenticationPrincipal Person person) {
        if (merge.part() == null) throw ActRefused.of("part-unknown");
        return Row.of(ActRefused.unlessDone(settlement.merge(id, new PartId(merge.part()), person)));
    }

    /** As typed over what the branch proposed. */
    record Addition(
            @Nullable String lineCode,
            @Nullable String partNumber,
            @Nullable String brand,
            @Nullable String name,
            @Nullable String category,
            @Nullable String taxClass,
            @Nullable String satCode,
            @Nullable String satUnit,
            @Nullable String price,
            boolean priceIncludesTax) {}

    @PostMapping("/console/api/proposals/{id}/add")
    Row add(
            @PathVariable UUID id,
            @RequestBody Addition addition,
            @AuthenticationPrincipal Person person,
            Locale locale) {
        Proposal proposal = desk.one(id).orElseThrow(() -> ActRefused.of("proposal-unknown"));
        String barcode = proposal.draft().barcode();
        PartForm.Checked checked = new PartForm(
                        or(addition.lineCode()),
                        or(addition.partNumber()),
                        or(addition.brand()),
                        or(addition.name()),
                        "",
                        or(addition.category()),
                        proposal.draft().unit(),
                        or(addition.taxClass()),
                        "",
                        or(addition.satCode()),
                        or(addition.satUnit()),
                        "02",
                        or(addition.price()),
                        addition.priceIncludesTax(),
                        barcode == null ? List.of() : List.of(new PartForm.Code(barcode, "")),
                        List.of(),
                        List.of(),
                        List.of())
                .check();
        PartSheet sheet = checked.sheet();
        if (sheet == null) throw faulty(checked.faults().getFirst(), locale);
        return Row.of(ActRefused.unlessDone(settlement.add(id, sheet, person)));
    }

    /** The first field that is wrong, by the name that the form gives it. */
    private ActRefused faulty(PartForm.Fault fault, Locale locale) {
        String field = fault.field()
                .replaceAll("\\[.*", "")
                .replaceAll("([A-Z])", "_$1")
                .toUpperCase(Locale.ROOT);
        return ActRefused.of(
                "proposal-field",
                messages.text(locale, "part.field." + field, List.of()),
                messages.text(
                        locale,
                        "fault." + fault.refusal().code(),
                        fault.refusal().arguments()));
    }

    record Refusing(@Nullable String reason) {}

    @PostMapping("/console/api/proposals/{id}/refuse")
    Row refuse(@PathVariable UUID id, @RequestBody Refusing refusing, @AuthenticationPrincipal Person person) {
        return Row.of(ActRefused.unlessDone(desk.refuse(id, or(refusing.reason()), person)));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
