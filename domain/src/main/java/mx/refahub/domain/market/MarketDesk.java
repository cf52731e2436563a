package mx.refahub.domain.market;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** The marketplaces as the console shows and steers them. Acts are audited. */
public interface MarketDesk {
    enum Standing {
        /** Nobody has let us in yet. */
        NEW,
        OPEN,
        /** It does not let us in any more: authorise again. */
        LOCKED,
        OFF
    }

    /** @param hook end of the address that notifications are sent to @param waitUntil it asked us to wait; null if it did not */
    record Account(
            UUID connection,
            String name,
            String kind,
            Standing standing,
            String why,
            String seller,
            @Nullable Instant authorisedAt,
            String authorisedBy,
            boolean signsInHere,
            String hook,
            @Nullable Instant waitUntil,
            long standingListings,
            long waiting,
            long refused,
            long openOrders,
            long openQuestions) {}

    List<Account> accounts();

    /** @return where to go; refused {@code connection-unknown}, {@code market-no-sign-in}, {@code market-back-wrong} */
    Outcome<URI> authorise(UUID connection, URI back, Person who);

    /** @return refused {@code market-state-unknown}, {@code market-refused} */
    Outcome<UUID> authorised(String state, String code, URI back, Person who);

    enum Ending {
        NONE,
        C90,
        C99,
        PESO,
        FIVE,
        TEN
    }

    /**
     * @param priceTo exclusive; null: any
     * @param level of the price book; empty: the list price
     * @param percent hundredths put on the price, or taken off
     * @param stores whose stock counts and who may sell; empty: all that are open
     */
    record Rule(
            UUID id,
            String brand,
            String category,
            Money priceFrom,
            @Nullable Money priceTo,
            boolean withPicture,
            int leastStock,
            int safetyStock,
            String level,
            int percent,
            Ending ending,
            List<UUID> stores,
            String outsideCategory) {
        public Rule {
            brand = brand.strip();
            category = category.strip();
            level = level.strip();
            outsideCategory = outsideCategory.strip();
            stores = List.copyOf(stores);
        }
    }

    List<Rule> rules(UUID connection);

    /** Replaces all of a connection's, in this order. @return refused {@code connection-unknown}, {@code market-rule-invalid} (its place) */
    Outcome<List<Rule>> rules(UUID connection, List<Rule> rules, Person who);

    /** Out of a connection, or in again. @return refused {@code connection-unknown}, {@code part-unknown} */
    Outcome<PartId> exclude(UUID connection, PartId part, boolean out, String why, Person who);

    enum ListingView {
        ALL,
        STANDING,
        WAITING,
        REFUSED
    }

    /** @param pictures of the part @param sentAt when the marketplace last took what was sent; null before it did */
    record Listing(
            UUID id,
            UUID connection,
            PartId part,
            String lineCode,
            String partNumber,
            String name,
            String sku,
            String state,
            String outside,
            String address,
            String outsideState,
            @Nullable Money sentPrice,
            @Nullable Long sentPieces,
            Money price,
            long pieces,
            boolean paused,
            boolean excluded,
            String code,
            String reason,
            String note,
            Instant changedAt,
            int pictures,
            @Nullable Instant sentAt) {}

    /** Newest change first. */
    List<Listing> listings(UUID connection, ListingView view, String words, int limit);

    /** Sends what was refused once more. @return refused {@code market-listing-unknown} */
    Outcome<UUID> again(UUID listing, Person who);

    record OrderLine(
            String sku, String title, @Nullable PartId part, long pieces, Money unitPrice, Money fee, String lease) {}

    /** @param trouble code of what somebody must see to; empty if nothing @param ticket folio of the sale; empty before it @param cancellable the marketplace lets a seller cancel it from here */
    record SoldOrder(
            UUID id,
            UUID connection,
            String connectionName,
            String outside,
            String pack,
            Order.State state,
            Instant createdAt,
            String buyer,
            Money total,
            String branch,
            String ticket,
            String shipmentState,
            boolean byMarketplace,
            String carrier,
            String tracking,
            String deliverTo,
            String why,
            String trouble,
            boolean cancellable,
            List<OrderLine> lines) {}

    List<SoldOrder> orders(boolean openOnly, int limit);

    /** Tickets of the order's branch that might be its sale: later than it, with all of its parts, and of no other order. */
    record Ticket(UUID sale, String folio, Instant soldAt, Money total) {}

    List<Ticket> tickets(UUID order);

    /** The ticket that it was sold with; what was set aside is free. @return refused {@code market-order-unknown}, {@code market-ticket-other} */
    Outcome<UUID> sold(UUID order, UUID sale, Person who);

    /** Sets the goods aside at this branch, or tries again by the rules where it is null. @return refused {@code market-order-unknown}, {@code market-order-closed}, {@code branch-unknown} */
    Outcome<UUID> reserve(UUID order, @Nullable UUID store, Person who);

    /** @return refused {@code market-order-unknown}, {@code market-not-sold}, {@code market-refused}, {@code market-unreachable} */
    Outcome<UUID> ship(UUID order, String carrier, String tracking, Person who);

    /** By the seller. @return as {@link #ship} */
    Outcome<UUID> cancel(UUID order, String why, Person who);

    record Asked(
            UUID connection,
            String connectionName,
            String id,
            String listing,
            String part,
            String text,
            Instant askedAt,
            Question.State state,
            String reply,
            String repliedBy) {}

    List<Asked> questions(boolean openOnly, int limit);

    /** @return refused {@code market-reply-invalid}, {@code market-refused}, {@code market-unreachable} */
    Outcome<String> reply(UUID connection, String question, String text, Person who);

    /** What could not be fetched and waits for somebody. */
    record Parked(UUID connection, String subject, String id, String reason, Instant since) {}

    List<Parked> parked(int limit);

    /** Tries it again. */
    Outcome<String> retry(UUID connection, String subject, String id, Person who);

    /** @param busy ask again later */
    record Picture(byte @Nullable [] jpeg, boolean busy) {
        public static final Picture NONE = new Picture(null, false);
        public static final Picture BUSY = new Picture(null, true);
    }

    /** A picture for a marketplace that fetches it by address. None tells nobody whether the connection, the picture or the signature is wrong. */
    Picture picture(UUID connection, String hash, String signature);

    /** A notification as it came in. @return false if no connection has this hook: tell nobody more than that */
    boolean notified(String hook, Map<String, String> headers, byte[] body);
}
