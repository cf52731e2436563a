package mx.refahub.hub.ledger;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.wire.GoodsHandedOverBody;

/** What the warehouse handed over of a ticket that was collected by a note. It moves no stock: the sale has. */
final class HandOverPosting implements Posting {
    private final NoteTable table;
    private final Bodies bodies;

    HandOverPosting(NoteTable table, Bodies bodies) {
        this.table = table;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.GOODS_HANDED_OVER;
    }

    @Override
    public int schema() {
        return DocumentType.GOODS_HANDED_OVER_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        GoodsHandedOverBody body = bodies.read(document, GoodsHandedOverBody.class);
        if (!body.store().equals(document.store().value()))
            throw Failure.rejected("the hand-over names another store than the one that sent it");
        if (body.lines().isEmpty()) throw Failure.rejected("a hand-over without lines");
        if (table.insertHandOver(body, document.id()) == 0)
            throw Failure.rejected("hand-over " + body.id() + " stands in the ledger already, from another document");
        table.insertLines(body.id(), body.lines());
        List<String> odd = new ArrayList<>();
        int strangers = table.strangers(body.id(), body.sale());
        if (strangers > 0) odd.add("hands over " + strangers + " lines that " + body.folio() + " does not have");
        for (NoteTable.Exceeded line : table.exceeded(body.sale()))
            odd.add("of " + line.lineCode() + " " + line.partNumber() + " on " + body.folio() + " " + line.given()
                    + " were handed over of " + line.sold() + " sold, in thousandths");
        return odd;
    }
}
