package mx.refahub.adapters.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Limited;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Offer;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Question;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.market.Submission.Sent;
import mx.refahub.domain.part.Fitment;

/**
 * Amazon in the hub's words. A listing's id is its SKU. Everything that changes a listing is taken in at once and stands later: a few changes go one by one, many
 * go as one feed, and both are asked about by {@link #report}.
 */
final class AmazonMarketplace implements Marketplace {
    /** Up to here single patches are sooner through than a feed, of which Amazon takes one in two minutes. */
    static final int ONE_BY_ONE = 20;

    private static final String LISTING = "listing:";
    private static final String FEED = "feed:";
    private static final Duration FEED_TAKES = Duration.ofMinutes(2);

    private final AmazonAccount account;
    private final Listings listings;
    private final Feeds feeds;
    private final Orders orders;

    AmazonMarketplace(SpApi api, Set<String> knownFeeds) {
        this.account = api.account();
        Attributes attributes = new Attributes(account);
        this.listings = new Listings(api, attributes);
        this.feeds = new Feeds(api, attributes, knownFeeds);
        this.orders = new Orders(api);
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.BULK);
    }

    @Override
    public Limits limits() {
        return new Limits(Attributes.LONGEST_TITLE, Attributes.PICTURES, Feeds.MOST, 5, Duration.ofSeconds(1));
    }

    @Override
    public Answer<String> whoAmI() {
        return listings.count()
                .map(many -> "Vendedor " + account.sellerId() + ", mercado " + account.marketplaceId()
                        + ", publicaciones: " + many);
    }

    /** A listing's id is its SKU and it is put whole: one that is there already becomes the same. */
    @Override
    public Answer<Submission> publish(Offer offer, boolean look) {
        return named(listings.put(offer));
    }

    @Override
    public Answer<Submission> revise(String listing, Offer offer) {
        return named(listings.put(offer));
    }

    @Override
    public Map<String, Answer<Submission>> change(List<Change> changes) {
        Map<String, Answer<Submission>> outcomes = new LinkedHashMap<>();
        if (changes.size() > ONE_BY_ONE) {
            Answer<Submission> sent = feeds.submit(changes).map(id -> new Sent(FEED + id, FEED_TAKES));
            for (Change change : changes) outcomes.put(change.sku(), sent);
            return outcomes;
        }
        for (Change change : changes) {
            Answer<Submission> one = named(listings.patch(change.sku(), change.pieces(), change.price()));
            outcomes.put(change.sku(), one);
            // Whoever comes after would be told the same.
            if (one instanceof Limited<Submission> || one instanceof Answer.Locked<Submission>) break;
        }
        return outcomes;
    }

    /** Amazon has no pause: none is offered. Back again is what the next change of stock does. */
    @Override
    public Answer<Submission> put(String listing, String sku, Submission.State state) {
        return switch (state) {
            case PAUSED ->
                named(listings.patch(sku, 0L, null))
                        .map(taken -> new Submission.Standing(sku, "", Submission.State.PAUSED, ""));
            case CLOSED -> named(listings.delete(sku));
            case ACTIVE, HELD -> named(listings.look(sku));
        };
    }

    @Override
    public Answer<Report> report(String submission) {
        if (submission.startsWith(FEED)) return feeds.report(submission.substring(FEED.length()));
        if (submission.startsWith(LISTING)) return listings.report(submission.substring(LISTING.length()));
        return Answer.refused("not-found", submission);
    }

    @Override
    public Optional<URI> picturesAt() {
        return Optional.ofNullable(account.pictures());
    }

    @Override
    public Answer<String> picture(String name, String type, byte[] content) {
        return unable("Amazon solo toma fotos por su dirección en internet");
    }

    @Override
    public Answer<Compatible> compatibilities(String listing, List<Fitment> fitments) {
        return unable(
                "Amazon toma los vehículos a los que le queda una parte del catálogo ACES de su marca, no de la publicación");
    }

    @Override
    public Answer<Page<Order>> orders(String cursor) {
        return orders.page(cursor);
    }

    @Override
    public Answer<Order> order(String id) {
        return orders.one(id);
    }

    @Override
    public Answer<Order> ship(Parcel parcel) {
        return orders.ship(parcel);
    }

    @Override
    public Answer<Order> cancel(String order, String why) {
        return unable("Amazon no deja cancelar desde aquí: cancélalo en Seller Central");
    }

    @Override
    public Answer<Page<Question>> questions(String cursor) {
        return Answer.done(new Page<>(List.of(), cursor, false));
    }

    @Override
    public Answer<Question> question(String id) {
        return unable("Amazon no deja leer preguntas desde aquí");
    }

    @Override
    public Answer<Question> reply(String question, String text) {
        return unable("Amazon no deja contestar preguntas desde aquí");
    }

    private static <T> Answer<T> unable(String sentence) {
        return Answer.refused("unable", sentence);
    }

    private static Answer<Submission> named(Answer<Submission> answer) {
        return answer.map(
                one -> one instanceof Sent(String sku, Duration after) ? new Sent(LISTING + sku, after) : one);
    }
}
