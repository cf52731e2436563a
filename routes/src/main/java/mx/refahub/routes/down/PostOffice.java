package mx.refahub.routes.down;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.Channels;
import org.apache.camel.Headers;
import org.apache.camel.component.jms.JmsConstants;

/** Addresses what the hub has to tell. */
public final class PostOffice {
    /** Artemis: of the messages with the same value only the last is kept. */
    static final String LAST_VALUE = "_AMQ_LVQ_NAME";

    private final BrokerAccounts accounts;
    private final Predicate<String> admitted;
    /** A store keeps its slug for life. */
    private final Map<StoreId, String> slugs = new ConcurrentHashMap<>();

    /** @param admitted by slug, whether the store has its queue yet */
    public PostOffice(BrokerAccounts accounts, Predicate<String> admitted) {
        this.accounts = accounts;
        this.admitted = admitted;
    }

    /**
     * Messages that name their store, addressed to it. One for a store without account or queue is left out: it must not hold up the others, and
     * what is left out is said again.
     */
    public List<Post> address(List<DownMessage> messages) {
        List<Post> posts = new ArrayList<>();
        for (DownMessage each : messages) {
            find(store(each)).filter(admitted).ifPresent(slug -> posts.add(new Post(slug, each)));
        }
        return posts;
    }

    /** @throws Failure {@code REJECTED} if the hub does not know the store */
    public String slug(StoreId store) {
        return find(store).orElseThrow(() -> Failure.rejected("store " + store + " has no broker account"));
    }

    private Optional<String> find(StoreId store) {
        String known = slugs.get(store);
        if (known != null) return Optional.of(known);
        for (Account account : accounts.all()) slugs.put(account.store(), account.slug());
        return Optional.ofNullable(slugs.get(store));
    }

    /** The message as text, with the headers that take it to its queue. */
    public String write(Post post, @Headers Map<String, Object> headers) {
        headers.put(JmsConstants.JMS_DESTINATION_NAME, Channels.down(post.slug()));
        String key = post.message().lastValueKey();
        if (key.isEmpty()) headers.remove(LAST_VALUE);
        else headers.put(LAST_VALUE, key);
        return DownMessageJson.write(post.message());
    }

    private static StoreId store(DownMessage message) {
        return switch (message) {
            case Acknowledgement ack -> ack.store();
            case GapRequest gap -> gap.store();
            case Announcement ignored -> throw new IllegalArgumentException("an announcement names no store");
            case Command ignored -> throw new IllegalArgumentException("a command names no store");
        };
    }
}
