package mx.refahub.store.scale;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import mx.refahub.domain.device.Weight;

/** Finds frames in a stream that may begin anywhere, come in pieces, and hold noise. */
final class ScaleDecoder {
    /** Longer than any frame: what has grown to this without becoming one is noise. */
    private static final int LONGEST = 64;

    private final ScaleProtocol protocol;
    private final Consumer<Weight> weights;
    private byte[] pending = new byte[LONGEST * 4];
    private int have;

    ScaleDecoder(ScaleProtocol protocol, Consumer<Weight> weights) {
        this.protocol = protocol;
        this.weights = weights;
    }

    void take(byte[] bytes, int length) {
        if (have + length > pending.length) pending = Arrays.copyOf(pending, have + length);
        System.arraycopy(bytes, 0, pending, have, length);
        have += length;
        int at = 0;
        while (at < have) {
            int frame = protocol.frame(pending, at, have);
            if (frame == 0 && have - at < LONGEST) break;
            if (frame <= 0) {
                at++;
                continue;
            }
            Optional<Weight> said = protocol.weight(Arrays.copyOfRange(pending, at, at + frame));
            said.ifPresent(weights);
            at += frame;
        }
        System.arraycopy(pending, at, pending, 0, have - at);
        have -= at;
    }
}
