package mx.refahub.domain.store;

import mx.refahub.domain.Outcome;
import mx.refahub.domain.tax.TaxRegion;

/**
 * First run: registers this connector at a hub. The one-time code is in the connector's log.
 *
 * <p>Refusals: {@code code-wrong}, {@code code-expired}, {@code setup-done}, {@code hub-unreachable} (naming the address), {@code hub-refused} (with the hub's sentence),
 * {@code hub-address-invalid}.
 */
public interface StoreSetup {
    boolean needsSetup();

    /** @return the name under which the hub knows this store */
    Outcome<String> register(String code, Registration registration);

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
            String cashierName) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "Registration[" + hub + ", " + name + "]";
        }
    }
}
