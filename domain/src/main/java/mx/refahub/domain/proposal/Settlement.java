package mx.refahub.domain.proposal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.part.PartField;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;

/**
 * Decides a proposal where the catalogue changes with it. Two desks, each with its own transaction: the catalogue comes first where a part is made, so that
 * what breaks off in between leaves a part that the proposal can be merged into.
 */
public final class Settlement {
    private final ProposalDesk proposals;
    private final PartDesk parts;

    public Settlement(ProposalDesk proposals, PartDesk parts) {
        this.proposals = proposals;
        this.parts = parts;
    }

    /**
     * Merges, and gives the part the barcode that was scanned, so that every branch can scan it.
     *
     * <p>Refused: as {@link ProposalDesk}. A barcode that another part has by now stays there: that refuses nothing.
     */
    public Outcome<Proposal> merge(UUID id, PartId part, Person by) {
        Outcome<Proposal> merged = proposals.merge(id, part, by);
        if (merged instanceof Outcome.Done<Proposal>(Proposal proposal)) giveBarcode(proposal.draft(), part, by);
        return merged;
    }

    private void giveBarcode(PartDraft draft, PartId part, Person by) {
        String barcode = draft.barcode();
        if (barcode == null) return;
        PartDesk.Standing standing = parts.part(part).orElse(null);
        if (standing == null || standing.removed()) return;
        PartSheet sheet = standing.sheet();
        if (sheet.barcodes().size() >= PartSheet.MOST_BARCODES
                || sheet.barcodes().stream().anyMatch(code -> code.value().equals(barcode))) return;
        List<Barcode> codes = new ArrayList<>(sheet.barcodes());
        codes.add(new Barcode(barcode, Quantity.ONE));
        // Refused where another part has the code or somebody was quicker: the part is mended by hand then.
        Outcome<PartDesk.Standing> unused = parts.mend(part, standing.version(), with(sheet, codes), by);
    }

    private static PartSheet with(PartSheet sheet, List<Barcode> codes) {
        Map<PartField, Set<String>> values = sheet.values();
        Set<String> told = new LinkedHashSet<>();
        for (Barcode code : codes)
            told.add(code.value() + PartSheet.SEPARATOR + code.pack().thousandths());
        values.put(PartField.BARCODE, told);
        return PartSheet.of(values);
    }

    /** Makes a part of it. Refused: as {@link ProposalDesk}, and as {@link PartDesk#add}, of which {@code part-exists} means: merge it. */
    public Outcome<Proposal> add(UUID id, PartSheet sheet, Person by) {
        Optional<Proposal> there = proposals.one(id);
        if (there.isEmpty()) return Outcome.refused("proposal-unknown");
        Proposal.Decision decision = there.get().decision();
        if (decision != null)
            return switch (decision.verdict()) {
                case ADDED -> Outcome.done(there.get());
                case MERGED -> Outcome.refused("proposal-decided", decision.partText());
                case REFUSED -> Outcome.refused("proposal-refused", decision.reason());
            };
        return switch (parts.add(sheet, by)) {
            case Outcome.Refused<PartDesk.Standing>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<PartDesk.Standing>(PartDesk.Standing made) -> proposals.added(id, made.id(), by);
        };
    }
}
