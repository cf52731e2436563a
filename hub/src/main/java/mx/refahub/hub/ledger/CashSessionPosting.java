package mx.refahub.hub.ledger;

import java.util.List;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.wire.CashSessionOpenedBody;

/** A drawer that was opened. */
final class CashSessionPosting implements Posting {
    private final CashTable table;
    private final Bodies bodies;

    CashSessionPosting(CashTable table, Bodies bodies) {
        this.table = table;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.CASH_SESSION_OPENED;
    }

    @Override
    public int schema() {
        return DocumentType.CASH_SESSION_OPENED_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        CashSessionOpenedBody session = bodies.read(document, CashSessionOpenedBody.class);
        if (!session.store().equals(document.store().value()))
            throw Failure.rejected("the cash session names another store than the one that sent it");
        if (table.insert(session, document.id()) == 0)
            throw Failure.rejected(
                    "cash session " + session.id() + " stands in the ledger already, from another document");
        return session.openingFloat() < 0
                ? List.of("opening float " + session.openingFloat() + " is negative")
                : List.of();
    }
}
