package mx.refahub.routes.market;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketCounter.Errand;
import mx.refahub.domain.market.MarketCounter.Piece;
import mx.refahub.domain.market.MarketCounter.Went;

/** The steps of the routes, one by one, at the hub's counter. */
public final class Dealing {
    private final MarketCounter counter;

    public Dealing(MarketCounter counter) {
        this.counter = counter;
    }

    /** Connections that are open. */
    public List<UUID> sellers() {
        return counter.sellers().stream().map(MarketCounter.Seller::connection).toList();
    }

    public List<Piece> unpublished(UUID connection) {
        return counter.toPublish(connection);
    }

    public Piece fill(Piece piece) {
        return counter.fill(piece);
    }

    public Went publish(Piece piece) {
        return counter.publish(piece);
    }

    public List<Piece> changed(UUID connection) {
        return counter.toChange(connection);
    }

    /** Only what says something of a listing that stands may go out with the others. */
    public Piece sayable(Piece piece) {
        if (piece.change() == null || piece.outside() == null)
            throw new IllegalArgumentException("nothing to be said of " + piece.sku());
        return piece;
    }

    public List<Went> change(List<Piece> pieces) {
        return pieces.isEmpty() ? List.of() : counter.change(pieces);
    }

    public long look(UUID connection) {
        return counter.look(connection) + counter.reports(connection);
    }

    public List<Errand> errands() {
        return counter.errands();
    }

    public Went fetch(Errand errand) {
        return counter.fetch(errand);
    }

    public void note(Errand errand) {
        counter.note(errand);
    }

    public void journal(Went went) {
        counter.journal(went);
    }
}
