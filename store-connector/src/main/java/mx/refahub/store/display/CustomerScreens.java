package mx.refahub.store.display;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.store.RegisterId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each register shows its customer, to whoever follows it: displays here, windows in browsers. */
public final class CustomerScreens implements CustomerView {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerScreens.class);

    private final Map<RegisterId, Shown> now = new ConcurrentHashMap<>();
    private final List<BiConsumer<RegisterId, Shown>> followers = new CopyOnWriteArrayList<>();

    @Override
    public void show(RegisterId register, Shown shown) {
        if (shown.equals(now.put(register, shown))) return;
        for (BiConsumer<RegisterId, Shown> follower : followers) {
            try {
                follower.accept(register, shown);
            } catch (RuntimeException e) {
                LOG.warn("a customer's screen failed", e);
            }
        }
    }

    @Override
    public Shown now(RegisterId register) {
        return now.getOrDefault(register, Shown.WELCOME);
    }

    @Override
    public AutoCloseable subscribe(RegisterId register, Consumer<Shown> listener) {
        return follow((at, shown) -> {
            if (at.equals(register)) listener.accept(shown);
        });
    }

    /** Every register. */
    public AutoCloseable follow(BiConsumer<RegisterId, Shown> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
