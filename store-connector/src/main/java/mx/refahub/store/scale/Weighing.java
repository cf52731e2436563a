package mx.refahub.store.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.Weight;
import mx.refahub.store.wire.Wire;
import mx.refahub.store.wire.Wires;

/** One reading of a scale: asks, or listens to one that never stops talking, until the load has come to rest. */
public final class Weighing {
    private static final Duration ASK_AGAIN = Duration.ofMillis(150);

    private final Wires wires;

    public Weighing(Wires wires) {
        this.wires = wires;
    }

    /** @return the weight at rest, the last one that was not, or empty when the scale said nothing that made sense */
    public Optional<Weight> read(Device scale) throws IOException {
        return read(scale, Duration.ofMillis(scale.number("settle")));
    }

    /** Whether it says anything at all. */
    public Optional<Weight> look(Device scale, Duration limit) throws IOException {
        return read(scale, limit);
    }

    Optional<Weight> read(Device scale, Duration settle) throws IOException {
        ScaleProtocol protocol = ScaleProtocol.valueOf(scale.text("protocol"));
        Deque<Weight> said = new ArrayDeque<>();
        ScaleDecoder decoder = new ScaleDecoder(protocol, said::addLast);
        try (Wire wire = wires.open(scale)) {
            long end = System.nanoTime() + settle.toNanos();
            byte[] piece = new byte[128];
            Weight last = null;
            boolean first = true;
            while (System.nanoTime() - end < 0) {
                if (protocol.request().length > 0) wire.send(protocol.request());
                int n = wire.receive(piece, ASK_AGAIN);
                if (n == Wire.ENDED) throw new IOException("scale ended the connection");
                if (n == Wire.SILENCE) continue;
                decoder.take(piece, n);
                while (!said.isEmpty()) {
                    Weight now = said.removeFirst();
                    boolean rests = protocol.tellsRest() ? now.resting() : !first && now.equals(last);
                    first = false;
                    if (rests) return Optional.of(now);
                    last = now;
                }
            }
            return Optional.ofNullable(last).map(weight -> new Weight(weight.kilograms(), false, weight.range()));
        }
    }
}
