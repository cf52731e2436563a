package mx.refahub.store.relay;

import java.nio.file.Path;
import java.util.UUID;
import mx.refahub.store.identity.Identity;

/**
 * First line of the child's standard input. Secrets travel here and nowhere else: neither arguments nor environment show them.
 *
 * @param folder the store's data folder
 * @param base sequence after which this epoch's documents begin
 */
record RelayStart(
        UUID store,
        int epoch,
        String slug,
        String hubUrl,
        String user,
        String password,
        String folder,
        long base,
        String hubKey) {
    static RelayStart of(Identity identity, Path folder) {
        return new RelayStart(
                identity.store().value(),
                identity.epoch(),
                identity.slug(),
                identity.broker().address(),
                identity.broker().user(),
                identity.broker().password(),
                folder.toString(),
                identity.base(),
                identity.hubPublicKey());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RelayStart[" + slug + ", epoch " + epoch + "]";
    }
}
