package mx.refahub.domain.outside;

import java.io.IOException;
import java.net.URI;

/** Stands in for an outside system on this machine, for development and tests. */
public interface OutsideSimulator extends AutoCloseable {
    String kind();

    /** @param port on loopback; 0: any free one */
    URI start(int port) throws IOException;

    @Override
    void close();
}
