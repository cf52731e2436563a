package mx.refahub.domain.store;

import java.util.Optional;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.tax.TaxRegion;

/**
 * First run: registers this connector at a hub. The one-time code is in the connector's log.
 *
 * <p>Refusals: {@code code-wrong}, {@code code-expired}, {@code setup-done}, {@code hub-unreachable} (naming the address), {@code hub-refused} (with the hub's sentence),
 * {@code hub-address-invalid}, {@code printer-address-invalid}.
 */
public interface StoreSetup {
    boolean needsSetup();

    /** @return the name under which the hub knows this store */
    Outcome<String> register(String code, Registration registration);

    /**
     * Prints the test strip, so that a person sees before the registration that tickets come out. Nothing is kept, and the code is not spent.
     *
     * @return what is the matter with the printer ({@code device.cause.*} in the message files), empty when it printed; refusals {@code code-wrong}, {@code code-expired}, {@code setup-done}, {@code printer-address-invalid}
     */
    Outcome<String> tryPrinter(String code, NetworkPrinter printer);

    /** A receipt printer at an address; any other is set up later among the devices. {@code port}: 1 to 65535. */
    record NetworkPrinter(String host, int port) {}

    /**
     * This machine takes the place of a store's PC: it becomes that store and gets back what the hub has of it. Refusals as {@link #register}.
     *
     * @param replacement code from the console
     * @return the name under which the hub knows this store
     */
    Outcome<String> replace(String code, String hub, String replacement);

    /**
     * @param hub address, {@code http(s)://host[:port]}
     * @param email and {@code password} of an administrator, never kept; or empty with an {@code activationCode} from the console
     * @param code the branch's own short code, as stock files name it
     * @param registers how many there are, 1 to {@link #MOST_REGISTERS}
     * @param printer of the whole store; empty: tickets are shown on the screen until one is set up
     */
    record Registration(
            String hub,
            String email,
            String password,
            String activationCode,
            String name,
            String code,
            String address,
            String postalCode,
            TaxRegion taxRegion,
            String timeZone,
            String cashierUser,
            String cashierName,
            int registers,
            Optional<NetworkPrinter> printer) {
        public static final int MOST_REGISTERS = 20;

        public Registration {
            if (registers < 1 || registers > MOST_REGISTERS)
                throw new IllegalArgumentException(
                        "a store has 1 to " + MOST_REGISTERS + " registers, not " + registers);
        }

        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "Registration[" + hub + ", " + name + "]";
        }
    }
}
