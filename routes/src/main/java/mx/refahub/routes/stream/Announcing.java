package mx.refahub.routes.stream;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.routes.down.Post;

/** Remembers what each store was told since this process began, and so tells everything once after a start and to each new store. */
public final class Announcing {
    private final StreamVersions versions;
    private final BrokerAccounts accounts;
    private final Predicate<String> admitted;
    private final Map<String, Map<Stream, Long>> told = new ConcurrentHashMap<>();

    /** @param admitted by slug, whether the store has its queue yet */
    public Announcing(StreamVersions versions, BrokerAccounts accounts, Predicate<String> admitted) {
        this.versions = versions;
        this.accounts = accounts;
        this.admitted = admitted;
    }

    /** What there is to tell now. A stream that was never published is not spoken of. */
    public List<Post> due() {
        Map<Stream, Long> current = versions.current();
        List<Post> posts = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (Account account : accounts.all()) {
            if (!admitted.test(account.slug())) continue;
            present.add(account.slug());
            Map<Stream, Long> known = told.getOrDefault(account.slug(), Map.of());
            current.forEach((stream, version) -> {
                if (version > 0 && !version.equals(known.get(stream)))
                    posts.add(new Post(account.slug(), new Announcement(stream, version)));
            });
        }
        told.keySet().retainAll(present);
        return posts;
    }

    /** It is in the store's queue. */
    public void told(Post post) {
        if (post.message() instanceof Announcement announcement)
            told.computeIfAbsent(post.slug(), slug -> new EnumMap<>(Stream.class))
                    .put(announcement.stream(), announcement.version());
    }
}
