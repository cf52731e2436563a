package mx.refahub.hub.ledger;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.hub.proposal.ProposalTable;
import mx.refahub.hub.purchase.SupplierCoreBook;

/** Old pieces that a branch gave to a supplier. */
final class CoresGivenPosting implements Posting {
    private final SupplierCoreBook book;
    private final ProposalTable proposals;
    private final Bodies bodies;

    CoresGivenPosting(SupplierCoreBook book, ProposalTable proposals, Bodies bodies) {
        this.book = book;
        this.proposals = proposals;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.CORES_GIVEN;
    }

    @Override
    public int schema() {
        return DocumentType.CORES_GIVEN_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        CoresGivenBody body = bodies.read(document, CoresGivenBody.class);
        if (!body.store().equals(document.store().value()))
            throw Failure.rejected("the document names another store than the one that sent it");
        if (body.lines().isEmpty()) throw Failure.rejected("old pieces that were given, without a line");
        if (body.lines().stream().anyMatch(line -> line.quantity() <= 0))
            throw Failure.rejected("old pieces that were given, with a line of none");
        UUID[] parts = proposals.present(
                body.store(),
                body.lines().stream().map(CoresGivenBody.LineBody::part).toArray(UUID[]::new));
        if (!book.given(body, document.id(), parts))
            throw Failure.rejected("document " + body.id() + " stands in the ledger already, from another document");
        return List.of();
    }
}
