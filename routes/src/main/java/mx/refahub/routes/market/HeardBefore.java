package mx.refahub.routes.market;

import mx.refahub.domain.market.MarketCounter;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/** Keys of notifications, in the hub's table: they outlive the process. */
public final class HeardBefore extends ServiceSupport implements IdempotentRepository {
    private final MarketCounter counter;

    public HeardBefore(MarketCounter counter) {
        this.counter = counter;
    }

    @Override
    public boolean add(String key) {
        return counter.hear(key);
    }

    @Override
    public boolean contains(String key) {
        return counter.heard(key);
    }

    /** A key is only added once its notification has been noted, so there is never one to take back. */
    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** They are pruned by age when orders are looked for, never all at once. */
    @Override
    public void clear() {}
}
