package mx.refahub.routes.broker;

import org.apache.camel.Endpoint;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** Waits for its broker for ever, also from the start, and says so once: a store may be offline for a month, and a line for each try would fill its disk. */
final class PatientContainer extends DefaultJmsMessageListenerContainer {
    private static final Logger LOG = LoggerFactory.getLogger(PatientContainer.class);
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    PatientContainer(JmsEndpoint endpoint) {
        super(endpoint);
    }

    /** For {@code messageListenerContainerFactory}. */
    static PatientContainer of(Endpoint endpoint) {
        return new PatientContainer((JmsEndpoint) endpoint);
    }

    @Override
    protected void refreshConnectionUntilSuccessful() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_WAIT_MILLIS, 2);
        backOff.setMaxInterval(LONGEST_WAIT_MILLIS);
        BackOffExecution waits = backOff.start();
        boolean said = false;
        while (isRunning()) {
            try {
                refreshSharedConnection();
                return;
            } catch (Exception e) {
                if (!said) LOG.warn("broker is away queue={} reason={}", getDestinationName(), e.getMessage());
                said = true;
            }
            if (!applyBackOffTime(waits)) return;
        }
    }
}
