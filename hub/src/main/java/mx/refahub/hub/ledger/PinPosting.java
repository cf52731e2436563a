package mx.refahub.hub.ledger;

import java.util.List;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PinChosenBody;
import mx.refahub.hub.stream.Publications;

/** A person chose a PIN at a till; the one-time code is spent and every till of the store is told. */
final class PinPosting implements Posting {
    private static final int MAX_HASH = 300;
    private final PinTable table;
    private final Publications publications;
    private final Bodies bodies;

    PinPosting(PinTable table, Publications publications, Bodies bodies) {
        this.table = table;
        this.publications = publications;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.PIN_CHOSEN;
    }

    @Override
    public int schema() {
        return DocumentType.PIN_CHOSEN_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        PinChosenBody chosen = bodies.read(document, PinChosenBody.class);
        if (!chosen.pinHash().startsWith("$argon2id$") || chosen.pinHash().length() > MAX_HASH)
            throw Failure.rejected("the PIN of user " + chosen.user() + " is not an Argon2id hash");
        long version = publications.raise(Stream.USERS);
        if (table.choose(chosen.user(), document.store().value(), chosen.pinHash(), version) == 0)
            throw Failure.rejected("user " + chosen.user() + " is not one of this store");
        return List.of();
    }
}
