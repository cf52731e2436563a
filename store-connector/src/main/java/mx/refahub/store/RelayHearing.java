package mx.refahub.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.domain.wire.Heartbeat.RouteFigures;
import mx.refahub.store.command.CommandAnswers;
import mx.refahub.store.hublink.Heartbeats;
import mx.refahub.store.hublink.StreamPulls;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.relay.RelayEvents;
import mx.refahub.store.status.StatusBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends on what the child process reports to those whom it concerns. */
final class RelayHearing implements RelayEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RelayHearing.class);
    private static final int REMEMBERED = 100;

    private final Acknowledged acknowledged;
    private final StatusBoard status;
    private final StreamPulls pulls;
    private final Heartbeats heartbeats;
    private final StoreOrders orders;
    private final BiConsumer<UUID, Supplier<CommandAnswers.Done>> answers;
    /** A command may be told twice, above all the one that ends who tells it. */
    private final Set<UUID> obeyed = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    RelayHearing(
            Acknowledged acknowledged,
            StatusBoard status,
            StreamPulls pulls,
            Heartbeats heartbeats,
            StoreOrders orders,
            BiConsumer<UUID, Supplier<CommandAnswers.Done>> answers) {
        this.acknowledged = acknowledged;
        this.status = status;
        this.pulls = pulls;
        this.heartbeats = heartbeats;
        this.orders = orders;
        this.answers = answers;
    }

    @Override
    public void state(RelayState state) {
        status.relay(state);
    }

    @Override
    public void routes(List<RouteFigures> routes) {
        status.routes(routes);
    }

    @Override
    public void relayed(long relayed, boolean linked) {
        boolean turned = linked != status.brokerLinked();
        status.relayed(relayed, linked);
        // Back, the hub has published meanwhile; gone, the till should say so now: neither waits for the next beat.
        if (turned) heartbeats.now();
    }

    @Override
    public void received(DownMessage message) {
        switch (message) {
            case Acknowledgement acknowledgement -> {
                acknowledged.record(acknowledgement);
                status.changed();
            }
            case Announcement announcement -> pulls.announced(announcement.stream(), announcement.version());
            case Command command -> obey(command);
            // The relay's own affair; it went back by itself.
            case GapRequest gap -> LOG.debug("gap passed on from={}", gap.from());
        }
    }

    private synchronized void obey(Command command) {
        if (!obeyed.add(command.id())) return;
        LOG.info("command received command={} kind={}", command.id(), command.kind());
        answers.accept(command.id(), () -> orders.carryOut(command.kind()));
    }

    @Override
    public void halted(Relay.Cause cause, long sequence) {
        status.halted(cause + " " + sequence);
    }
}
