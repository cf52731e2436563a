package mx.refahub.domain.market;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.OutsideKind;

/** A marketplace that this process can speak to. The hub makes an {@link mx.refahub.domain.outside.OutsideSystem} of each, whose trial is {@link Marketplace#whoAmI}. */
public interface MarketplaceKind {
    OutsideKind kind();

    Marketplace open(Connection connection, Grant grant);

    /**
     * Where a person lets us in; empty if that is done elsewhere, and the refresh token is one of the connection's secrets.
     *
     * @param state comes back with the person, and is checked
     */
    Optional<URI> authorise(Connection connection, URI back, String state);

    /** What the code that came back is worth. It serves once. */
    Answer<Grant.Tokens> authorised(Connection connection, URI back, String code);

    /**
     * What a notification to this connection says, once it is as sure as the marketplace allows that it sent it: a signature where it signs, else the names of our
     * application and of the seller in it.
     *
     * @param seller as {@link Grant.Tokens} has it; empty if it is not known
     * @param headers names in lower case
     * @return empty if it is not one of this connection's
     */
    Optional<Hint> hint(Connection connection, String seller, Map<String, String> headers, byte[] body);
}
