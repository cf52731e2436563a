package mx.refahub.store.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.device.Weight.Range;
import mx.refahub.domain.part.Quantity;
import mx.refahub.store.wire.Simulator;

/** A scale on which a weight can be put. */
public final class ScaleSimulator extends Simulator {
    private static final long EVERY_NANOS = 100_000_000;

    private final ScaleProtocol protocol;
    private volatile Quantity load = Quantity.ZERO;
    private int swing;

    public ScaleSimulator(String protocol) {
        this.protocol = ScaleProtocol.valueOf(protocol);
    }

    public void put(Quantity kilograms) {
        load = kilograms;
    }

    public Quantity load() {
        return load;
    }

    @Override
    public List<Trouble> troubles() {
        return List.of(
                Trouble.NONE,
                Trouble.OFF,
                Trouble.SILENT,
                Trouble.MOVING,
                Trouble.OVER,
                Trouble.BELOW_ZERO,
                Trouble.NOISE);
    }

    @Override
    protected void serve(InputStream in, OutputStream out) throws IOException {
        if (protocol.request().length == 0) {
            while (true) {
                say(out);
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
        for (int b; (b = in.read()) >= 0; ) if (b == protocol.request()[0]) say(out);
    }

    private void say(OutputStream out) throws IOException {
        switch (trouble()) {
            case SILENT -> {}
            case NOISE -> out.write(new byte[] {0x7E, 'x', 0x02, '1', '.', 0x02, '#', 0x0D});
            case MOVING ->
                out.write(protocol.say(new Weight(load.plus(new Quantity(++swing % 5)), false, Range.WITHIN)));
            case OVER -> out.write(protocol.say(new Weight(load, true, Range.OVER)));
            case BELOW_ZERO -> out.write(protocol.say(new Weight(new Quantity(-5), true, Range.BELOW_ZERO)));
            default -> out.write(protocol.say(new Weight(load, true, Range.WITHIN)));
        }
        out.flush();
    }
}
