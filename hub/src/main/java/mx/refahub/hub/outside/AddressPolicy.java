package mx.refahub.hub.outside;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.hub.image.PublicAddresses;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection may lead: to public addresses by TLS; into the company's network only where a person said so; to this machine only where a setting
 * says so; to the cloud's own metadata (link-local) never.
 */
final class AddressPolicy {
    /** As {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Names {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    private final Names names;
    private final boolean loopback;

    AddressPolicy(Names names, boolean loopback) {
        this.names = names;
        this.loopback = loopback;
    }

    /** As it is kept: without a slash at its end. A name that is not found now is taken: the machine may be off. */
    Outcome<URI> check(String typed, boolean local) {
        URI uri;
        try {
            uri = new URI(typed.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            return Outcome.refused("connection-address-wrong");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (!scheme.equals("https") && !scheme.equals("http")
                || host == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) return Outcome.refused("connection-address-wrong");
        Refusal refused = refused(host, local, scheme.equals("https"));
        return refused == null ? Outcome.done(uri) : new Outcome.Refused<>(refused);
    }

    private @Nullable Refusal refused(String host, boolean local, boolean secure) {
        InetAddress[] found;
        try {
            found = names.lookUp(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            return secure || local ? null : Refusal.of("connection-address-plain", host);
        }
        for (InetAddress each : found) {
            if (each.isLoopbackAddress()) {
                if (!loopback) return Refusal.of("connection-address-loopback", host);
            } else if (each.isAnyLocalAddress() || each.isLinkLocalAddress() || each.isMulticastAddress()) {
                return Refusal.of("connection-address-reserved", host);
            } else if (PublicAddresses.contains(each)) {
                if (!secure) return Refusal.of("connection-address-plain", host);
            } else if (!local) {
                return Refusal.of("connection-address-private", host);
            }
        }
        return null;
    }
}
