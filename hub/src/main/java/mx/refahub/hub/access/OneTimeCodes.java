package mx.refahub.hub.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import mx.refahub.domain.store.OneTimeSecret;

final class OneTimeCodes {
    private OneTimeCodes() {}

    /** In constant time; a text that cannot be a code is simply another one. */
    static boolean matches(String typed, String hash) {
        String typedHash;
        try {
            typedHash = new OneTimeSecret(typed).hash();
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(
                typedHash.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}
