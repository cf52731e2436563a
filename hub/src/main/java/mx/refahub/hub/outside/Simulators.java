package mx.refahub.hub.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.outside.OutsideSimulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the simulators that the settings name, and says where each listens. */
final class Simulators implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulators.class);

    private final List<OutsideSimulator> all;

    Simulators(List<OutsideSimulator> all, Map<String, Integer> wanted) {
        this.all = all;
        wanted.forEach(this::start);
    }

    private void start(String kind, int port) {
        OutsideSimulator simulator = all.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("refahub.outside.simulators names " + kind + ", which is none of "
                                + all.stream().map(OutsideSimulator::kind).toList()));
        try {
            LOG.info("simulator started kind={} address={}", kind, simulator.start(port));
        } catch (IOException e) {
            throw new UncheckedIOException("simulator " + kind + " at port " + port, e);
        }
    }

    @Override
    public void close() {
        all.forEach(OutsideSimulator::close);
    }
}
