package mx.refahub.hub.ledger;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.wire.LostSaleBody;

/** What a customer asked for and did not get. */
final class LostSalePosting implements Posting {
    private final LostSaleTable table;
    private final Bodies bodies;

    LostSalePosting(LostSaleTable table, Bodies bodies) {
        this.table = table;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.LOST_SALE;
    }

    @Override
    public int schema() {
        return DocumentType.LOST_SALE_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        LostSaleBody body = bodies.read(document, LostSaleBody.class);
        if (!body.store().equals(document.store().value()))
            throw Failure.rejected("the note names another store than the one that sent it");
        if (Arrays.stream(LostSale.Reason.values())
                .noneMatch(known -> known.name().equals(body.reason())))
            throw Failure.rejected("reason '" + body.reason() + "' is unknown to this hub");
        if (table.insert(body, normal(body.asked()), document.id()) == 0)
            throw Failure.rejected("note " + body.id() + " stands in the ledger already, from another document");
        return body.quantity() > 0 ? List.of() : List.of("a quantity of " + body.quantity());
    }

    /** What two spellings share: no accents, no case, no punctuation. */
    private static String normal(String asked) {
        return Normalizer.normalize(asked, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{Nd}]+", " ")
                .strip();
    }
}
