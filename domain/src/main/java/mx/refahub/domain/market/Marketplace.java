package mx.refahub.domain.market;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import org.jspecify.annotations.Nullable;

/**
 * One seller's account on one marketplace. Every call is one conversation with it, bounded in time; tries again by itself only what certainly had no effect.
 * Nothing here is transactional: whoever calls writes down that it will, calls, and writes down what came of it.
 *
 * <p>Immediate marketplaces answer {@link Submission.Standing}; those that work later answer {@link Submission.Sent} and are asked by {@link #report}.
 */
public interface Marketplace {
    enum Ability {
        QUESTIONS,
        COMPATIBILITIES,
        /** Pictures are given as bytes; else by an address that it fetches. */
        PICTURE_BYTES,
        /** A seller may cancel an order. */
        CANCEL,
        /** Changes of many listings travel as one submission; else one by one within a call. */
        BULK
    }

    /**
     * @param changes most listings of one {@link #change}
     * @param calls how many calls it takes in {@code per}
     */
    record Limits(int title, int pictures, int changes, int calls, Duration per) {}

    Set<Ability> abilities();

    Limits limits();

    /** Whether it lets us in, at no effect: the name of the seller's account. */
    Answer<String> whoAmI();

    /**
     * Creates the listing of an offer. Only one listing exists for a SKU: with {@code look} the marketplace is asked first whether it has one already, and that
     * one is brought up to the offer; it must be set after an {@link Answer.Unreachable} that says {@code maybe}.
     */
    Answer<Submission> publish(Offer offer, boolean look);

    /** Everything of a listing that may change after it was published: title where it may, description, pictures, attributes, price and stock. */
    Answer<Submission> revise(String listing, Offer offer);

    /** @param pieces null: as it is; @param price likewise */
    record Change(
            String sku,
            String listing,
            @Nullable Long pieces,
            @Nullable Money price) {
        public Change {
            if (pieces == null && price == null) throw new IllegalArgumentException("change of nothing of " + sku);
        }
    }

    /** @return for each SKU what came of it; those that were not reached are absent, and had no effect */
    Map<String, Answer<Submission>> change(List<Change> changes);

    /** To {@code ACTIVE}, {@code PAUSED} or, for good, {@code CLOSED}. */
    Answer<Submission> put(String listing, String sku, Submission.State state);

    /** @param ready false: ask again later, {@code outcomes} is empty; @param outcomes by SKU; none though it is ready: nobody knows, all is sent again */
    record Report(boolean ready, Duration after, Map<String, Answer<Submission>> outcomes) {
        public Report {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /** What became of a submission that was only taken in. */
    Answer<Report> report(String submission);

    /**
     * The address, seen from outside, under which the hub offers pictures to it; empty where nobody gave one, and where it takes bytes. The hub's addresses then go as
     * {@link Offer#pictures}.
     */
    default Optional<URI> picturesAt() {
        return Optional.empty();
    }

    /** @return its id at the marketplace; the same bytes again may get another */
    Answer<String> picture(String name, String type, byte[] content);

    /** @param taken how many vehicles now stand on the listing; @param unknown those that the marketplace's catalogue does not have */
    record Compatible(int taken, List<Fitment> unknown) {
        public Compatible {
            unknown = List.copyOf(unknown);
        }
    }

    /** Adds those that are missing on the listing; none is taken away. */
    Answer<Compatible> compatibilities(String listing, List<Fitment> fitments);

    /** @param cursor to go on with, also where there is nothing new; @param more ask at once */
    record Page<T>(List<T> items, String cursor, boolean more) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** Orders changed since the cursor, oldest change first; those at the border may come twice. @param cursor empty: from thirty days ago */
    Answer<Page<Order>> orders(String cursor);

    /** @return refused {@code not-found} if it has none of that id */
    Answer<Order> order(String id);

    /** @param carrier and {@code tracking} as the seller's own parcel has them; not needed where the marketplace brings the label */
    record Parcel(String order, String shipment, String carrier, String tracking) {}

    /** Tells it that the parcel is on its way. The same again changes nothing. */
    Answer<Order> ship(Parcel parcel);

    /** By the seller: nothing can be delivered. */
    Answer<Order> cancel(String order, String why);

    Answer<Page<Question>> questions(String cursor);

    Answer<Question> question(String id);

    /** One answered already stays as it is: refused, with the marketplace's reason. */
    Answer<Question> reply(String question, String text);
}
