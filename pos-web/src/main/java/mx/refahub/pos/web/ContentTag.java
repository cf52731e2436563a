package mx.refahub.pos.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.core.io.Resource;

/**
 * An entity tag by what a file holds (RFC 9110, 8.8.3). By its date a browser that has seen a newer program keeps that one's scripts after a return to an older
 * one, and two builds of one moment cannot be told apart.
 */
final class ContentTag implements Function<Resource, String> {
    /** Of 256 bits; enough to tell versions of one file apart. */
    private static final int BYTES = 12;

    private static final int BUFFER = 1 << 14;

    private record Seen(long modified, String tag) {}

    private final Map<String, Seen> known = new ConcurrentHashMap<>();

    @Override
    public String apply(Resource file) {
        try {
            String where = file.getURL().toString();
            long modified = file.lastModified();
            Seen seen = known.get(where);
            // Files of a packed program stay as they are; unpacked ones may be written anew under a running one.
            if (seen == null || seen.modified() != modified) {
                seen = new Seen(modified, of(file));
                known.put(where, seen);
            }
            return seen.tag();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String of(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int n; (n = in.read(buffer)) > 0; ) digest.update(buffer, 0, n);
            return '"' + HexFormat.of().formatHex(digest.digest(), 0, BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
