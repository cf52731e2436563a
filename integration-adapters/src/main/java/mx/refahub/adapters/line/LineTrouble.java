package mx.refahub.adapters.line;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why nobody could be spoken to, as a person says it: the middle of a sentence, without what to do about it. */
public final class LineTrouble {
    private LineTrouble() {}

    /** @param trouble of a call by HTTP; what it was caused by counts too */
    public static String words(Throwable trouble) {
        String words = "la conexión se cortó";
        // A name that nobody knows comes wrapped in a refused connection: the innermost says most.
        for (Throwable each = trouble; each != null; each = each.getCause()) {
            String own = ofOne(each);
            if (own != null) words = own;
        }
        return words;
    }

    private static @Nullable String ofOne(Throwable trouble) {
        return switch (trouble) {
            case UnresolvedAddressException _, UnknownHostException _ -> "nadie lleva ese nombre en la red";
            case NoRouteToHostException _ -> "no hay camino hasta allá";
            case HttpTimeoutException _ -> "no contestó a tiempo";
            case SSLException _ -> "no habla TLS, o su certificado no es de confianza";
            case ConnectException _ -> "nadie contesta en ese puerto";
            default -> null;
        };
    }
}
