package mx.refahub.hub.ledger;

import java.util.List;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.hub.proposal.ProposalTable;

/** A part that a branch made: it waits for somebody to decide. */
final class ProposalPosting implements Posting {
    private final ProposalTable table;
    private final Bodies bodies;

    ProposalPosting(ProposalTable table, Bodies bodies) {
        this.table = table;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.PART_PROPOSED;
    }

    @Override
    public int schema() {
        return DocumentType.PART_PROPOSED_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        PartProposedBody body = bodies.read(document, PartProposedBody.class);
        if (!body.store().equals(document.store().value()))
            throw Failure.rejected("the part names another store than the one that sent it");
        try {
            PartDraft unused = body.draft();
        } catch (IllegalArgumentException e) {
            throw Failure.rejected("no part can be made of it: " + e.getMessage());
        }
        if (table.insert(body, document.id()) == 0)
            throw Failure.rejected("part " + body.id() + " was proposed already, by another document");
        return List.of();
    }
}
