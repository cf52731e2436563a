package mx.refahub.hub.reconcile;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.reconcile.ReconcileTable.DocumentRow;

/** Rows of documents and the documents that they are. */
final class DocumentRows {
    private DocumentRows() {}

    static Document document(DocumentRow row) {
        return new Document(envelope(row), Sha256.of(row.hash()), row.signature(), row.body());
    }

    static DocumentRow row(Document document) {
        Envelope envelope = document.envelope();
        return new DocumentRow(
                envelope.store().value(),
                envelope.epoch(),
                envelope.sequence(),
                envelope.id(),
                envelope.key(),
                envelope.type(),
                envelope.schema(),
                envelope.occurredAt(),
                envelope.after().toArray(UUID[]::new),
                envelope.previousHash().bytes(),
                document.hash().bytes(),
                document.signature(),
                document.body(),
                null);
    }

    /** Of what is read now; what no envelope can be made of has no hash. */
    static String hash(DocumentRow row) {
        try {
            return envelope(row).hash(row.body()).toString();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static Mark mark(DocumentRow row) {
        return new Mark(row.sequence(), row.id(), hash(row), row.amount());
    }

    private static Envelope envelope(DocumentRow row) {
        return new Envelope(
                row.id(),
                new StoreId(row.storeId()),
                row.epoch(),
                row.sequence(),
                row.key(),
                row.type(),
                row.schema(),
                row.occurredAt(),
                List.of(row.after()),
                Sha256.of(row.previousHash()));
    }
}
