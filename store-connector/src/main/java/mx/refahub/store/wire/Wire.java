package mx.refahub.store.wire;

import java.io.IOException;
import java.time.Duration;

/** An open connection to one device. Used by one thread at a time, but may be closed from any. */
public interface Wire extends AutoCloseable {
    int SILENCE = 0;
    int ENDED = -1;

    /** All of it, within the write limit; what takes longer fails, and how much has gone out is then unknown. */
    void send(byte[] bytes) throws IOException;

    /**
     * What the device says, as it comes.
     *
     * @return how many bytes came; {@link #SILENCE} when none did within the limit, {@link #ENDED} when the device is gone
     */
    int receive(byte[] into, Duration limit) throws IOException;

    /** Nothing more is sent: everything is handed over when this returns. */
    void finish() throws IOException;

    /** Whether the device could answer at all. */
    boolean talksBack();

    @Override
    void close();
}
