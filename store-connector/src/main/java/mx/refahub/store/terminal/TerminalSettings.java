package mx.refahub.store.terminal;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.terminal.*}.
 *
 * @param address {@code host:port} of the card terminal; empty where there is none and cards are noted by hand
 * @param simulator whether a simulated terminal takes the place of one
 * @param timeout how long a charge may take, the customer's PIN included
 */
public record TerminalSettings(
        @DefaultValue("") String address,
        @DefaultValue("false") boolean simulator,
        @DefaultValue("90s") Duration timeout) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public TerminalSettings {
        address = address.strip();
        if (!address.isEmpty() && !address.matches("[^:\\s]+:\\d{1,5}"))
            throw new IllegalArgumentException("refahub.store.terminal.address is '" + address + "', not host:port");
        if (!address.isEmpty() && simulator)
            throw new IllegalArgumentException(
                    "refahub.store.terminal has an address and the simulator: take one of them out");
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException(
                    "refahub.store.terminal.timeout is " + timeout + ", not from 100ms to 5m");
    }
}
