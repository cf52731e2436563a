package mx.refahub.pos.desk;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.CoresGiven;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.CoresGivenBody;

/** Three old plugs lie here until somebody gives them away. */
public final class DeskCores implements CoresGiven {
    private final PartId plug;
    private final Clock clock;
    private int left = 3;

    DeskCores(DeskCatalogue catalogue, Clock clock) {
        plug = catalogue.byBarcode("0087295127971").orElseThrow().part();
        this.clock = clock;
    }

    @Override
    public synchronized Outcome<CoresGivenBody> give(Giving giving, Person who) {
        if (giving.supplier().isBlank()) return Outcome.refused("cores-supplier-missing");
        left = 0;
        return Outcome.done(new CoresGivenBody(
                giving.act(),
                new UUID(0, 1),
                clock.instant(),
                who.id().value(),
                who.name(),
                giving.supplier(),
                giving.reference(),
                giving.note(),
                giving.lines().stream()
                        .map(line -> new CoresGivenBody.LineBody(
                                line.id(),
                                line.part().id().value(),
                                "",
                                "",
                                "",
                                line.quantity().thousandths()))
                        .toList()));
    }

    @Override
    public synchronized List<Lying> lying(int limit) {
        return left == 0 ? List.of() : List.of(new Lying(plug, Quantity.of(left)));
    }
}
