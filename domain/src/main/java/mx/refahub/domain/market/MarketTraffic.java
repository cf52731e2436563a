package mx.refahub.domain.market;

import java.util.UUID;

/** The routes to the marketplaces, for whoever sets them in motion. Each call is one batch; zero means that there is nothing to do now. */
public interface MarketTraffic {
    long publish(UUID connection);

    long change(UUID connection);

    long look(UUID connection);

    long fetch();

    /** A notification that is ours. Returns at once. @param key the same for a repeated one */
    void hint(String key, MarketCounter.Errand errand);
}
