package mx.refahub.store.printing;

import java.io.IOException;
import java.util.Optional;
import mx.refahub.domain.device.DeviceState;

/** What a printer says back, in its own language. A connection that ends meanwhile is a failure. */
interface PrinterAnswers {
    /** Asks now; empty when it says nothing. */
    Optional<DeviceState> state() throws IOException;

    /** Asks to be told once everything that was sent is on paper. */
    void askWhenPrinted() throws IOException;

    /** Whether that has been said; waits for it as long as for any answer. */
    boolean printed() throws IOException;
}
