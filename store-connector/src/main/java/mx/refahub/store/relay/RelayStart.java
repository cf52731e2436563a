package mx.refahub.store.relay;

import java.util.UUID;

/**
 * First line of the child's standard input. Secrets travel here and nowhere else: neither arguments nor environment show them.
 *
 * @param folder the store's data folder
 * @param base sequence after which this epoch's documents begin
 */
record RelayStart(
        UUID store, int epoch, String slug, String hubUrl, String user, String password, String folder, long base) {
    /** Without the password. */
    @Override
    public String toString() {
        return "RelayStart[" + slug + ", epoch " + epoch + "]";
    }
}
