package mx.refahub.hub.market;

import mx.refahub.domain.Outcome;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.MarketplaceKind;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.outside.OutsideSystem;
import org.springframework.beans.factory.ObjectProvider;

/** A marketplace as one of the systems that can be connected. */
final class MarketSystem implements OutsideSystem {
    private final MarketplaceKind kind;
    private final ObjectProvider<Sellers> sellers;

    /** @param sellers asked late: they need connections, which need this */
    MarketSystem(MarketplaceKind kind, ObjectProvider<Sellers> sellers) {
        this.kind = kind;
        this.sellers = sellers;
    }

    @Override
    public OutsideKind kind() {
        return kind.kind();
    }

    @Override
    public Outcome<String> probe(Connection connection) {
        String host = connection.address().getHost();
        return switch (sellers.getObject().market(kind, connection).whoAmI()) {
            case Answer.Done<String>(String name) -> Outcome.done(name);
            case Answer.Refused<String> refused -> Outcome.refused("outside-refused", refused.sentence());
            case Answer.Limited<String>(java.time.Duration after) ->
                Outcome.refused("outside-busy", String.valueOf(after.toSeconds()));
            case Answer.Unreachable<String>(String what, boolean maybe) ->
                Outcome.refused("outside-unreachable", host, what);
            case Answer.Locked<String> locked ->
                // Where the seller gives the right elsewhere, no key of the connection is to blame.
                Outcome.refused(
                        kind.authorise(connection, Sellers.NOWHERE, "").isPresent()
                                ? "outside-unauthorised"
                                : "outside-signature");
        };
    }
}
