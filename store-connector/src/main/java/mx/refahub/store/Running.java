package mx.refahub.store;

import mx.refahub.store.device.DeviceDesk;
import mx.refahub.store.hublink.Heartbeats;
import mx.refahub.store.hublink.StreamPulls;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.printing.Spool;
import mx.refahub.store.relay.RelaySupervisor;
import mx.refahub.store.setup.Registrar;
import mx.refahub.store.status.StatusBoard;
import org.springframework.context.SmartLifecycle;

/** Starts the connector's own threads once its door is open, and the link to the hub as soon as it is registered: at once, or after the wizard. */
final class Running implements SmartLifecycle {
    private final Registrar registrar;
    private final Identities identities;
    private final OutboxWriter outbox;
    private final StatusBoard status;
    private final Spool spool;
    private final DeviceDesk devices;
    private final RelaySupervisor relay;
    private final Heartbeats heartbeats;
    private final StreamPulls pulls;
    private volatile boolean running;

    Running(
            Registrar registrar,
            Identities identities,
            OutboxWriter outbox,
            StatusBoard status,
            Spool spool,
            DeviceDesk devices,
            RelaySupervisor relay,
            Heartbeats heartbeats,
            StreamPulls pulls) {
        this.registrar = registrar;
        this.identities = identities;
        this.outbox = outbox;
        this.status = status;
        this.spool = spool;
        this.devices = devices;
        this.relay = relay;
        this.heartbeats = heartbeats;
        this.pulls = pulls;
    }

    @Override
    public void start() {
        running = true;
        outbox.onAppend(() -> {
            relay.wake();
            status.changed();
        });
        spool.start();
        devices.start();
        heartbeats.start();
        identities.whenRegistered(identity -> {
            relay.start(identity);
            heartbeats.now();
            pulls.all();
            status.changed();
        });
        registrar.announce();
    }

    @Override
    public void stop() {
        running = false;
        heartbeats.close();
        pulls.close();
        relay.close();
        spool.close();
        devices.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
