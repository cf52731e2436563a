package mx.refahub.domain.market;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A marketplace that this process can speak to. One for each kind of connection. */
public interface MarketplaceKind {
    /** As connections name it: {@code mercado-libre}, {@code amazon}. */
    String kind();

    /**
     * @param settings plain ones of the connection
     * @param secrets opened; not to be kept or logged
     */
    record Account(UUID connection, URI base, Map<String, String> settings, Map<String, String> secrets) {
        public Account {
            settings = Map.copyOf(settings);
            secrets = Map.copyOf(secrets);
        }

        public String setting(String name, String otherwise) {
            String value = settings.getOrDefault(name, "").strip();
            return value.isEmpty() ? otherwise : value;
        }

        public String secret(String name) {
            return secrets.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return "Account[" + connection + "]";
        }
    }

    Marketplace open(Account account, Grant grant);

    /**
     * Where a person lets us in; empty if that is done elsewhere, and the refresh token is one of the connection's secrets.
     *
     * @param state comes back with the person, and is checked
     */
    Optional<URI> authorise(Account account, URI back, String state);

    /** What the code that came back is worth. It serves once. */
    Answer<Grant.Tokens> authorised(Account account, URI back, String code);

    /**
     * What a notification to this connection says, once it is as sure as the marketplace allows that it sent it: a signature where it signs, else the names of our
     * application and of the seller in it.
     *
     * @param headers names in lower case
     * @return empty if it is not one of this connection's
     */
    Optional<Hint> hint(Account account, String seller, Map<String, String> headers, byte[] body);
}
