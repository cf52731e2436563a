package mx.refahub.domain.market;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said to marketplaces and to be asked of them, and what came of it: the hub's tables on one side, the adapters on the other. Routes carry the pieces
 * from call to call. Whatever dies in the middle is found again: a piece that was handed out and not settled comes back by time, marked so that the marketplace is
 * looked at before anything is made twice.
 */
public interface MarketCounter {
    /** Switched on and of a kind that this process speaks to. */
    record Seller(UUID connection, String name) {}

    List<Seller> sellers();

    /** Brings the listings of a connection up to its rules, prices and stock. @return how many differ from what was last sent */
    long plan(UUID connection);

    /** A listing with something to send. @param offer null before it was filled in */
    record Piece(
            UUID listing,
            UUID connection,
            String sku,
            @Nullable String outside,
            boolean maybe,
            Marketplace.@Nullable Change change,
            @Nullable Offer offer) {
        public Piece with(Offer filled) {
            return new Piece(listing, connection, sku, outside, maybe, change, filled);
        }
    }

    /** How an exchange went, for the journal. */
    record Went(UUID connection, String what, String key, String outcome, String reason) {}

    /** To be created, or of which more than stock and price differs; claimed for a while. Empty also while the marketplace wants us to wait. */
    List<Piece> toPublish(UUID connection);

    /** The whole offer, with its pictures as the marketplace knows them. */
    Piece fill(Piece piece);

    Went publish(Piece piece);

    /** Stock, price, paused or active; claimed as {@link #toPublish}. */
    List<Piece> toChange(UUID connection);

    List<Went> change(List<Piece> pieces);

    /** Asks what became of submissions that were only taken in. @return how many were settled */
    long reports(UUID connection);

    /** Something to be fetched. */
    record Errand(UUID connection, Hint.Subject subject, String id) {}

    /** Orders and questions that changed, page by page; moves the cursor once they are noted. @return how many were found; zero at the end */
    long look(UUID connection);

    /** What was noted and is due, over all connections, claimed. */
    List<Errand> errands();

    /** Fetches the thing and keeps it; of a paid order sets the goods aside, of a cancelled one frees them. */
    Went fetch(Errand errand);

    /** Notes it durably; the same again is one. */
    void note(Errand errand);

    /** Whether this notification was heard before. */
    boolean heard(String key);

    /** @return false if it was there already */
    boolean hear(String key);

    void journal(Went went);
}
