package mx.refahub.routes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Relay;

/** A main process that remembers what it was told. */
public final class HeardDownLink implements DownLink {
    private final List<DownMessage> heard = new CopyOnWriteArrayList<>();
    private final List<Relay.Cause> halts = new CopyOnWriteArrayList<>();

    @Override
    public void received(DownMessage message) {
        heard.add(message);
    }

    @Override
    public void halted(Relay.Cause cause, long sequence) {
        halts.add(cause);
    }

    public List<DownMessage> heard() {
        return heard;
    }

    public <T extends DownMessage> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public List<Relay.Cause> halts() {
        return halts;
    }
}
