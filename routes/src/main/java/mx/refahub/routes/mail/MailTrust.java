package mx.refahub.routes.mail;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Mail servers that are trusted besides those that Java trusts. @param servers empty: none */
public record MailTrust(Optional<SSLSocketFactory> servers) {
    /** @param file of certificates; empty: none */
    public static MailTrust of(String file) {
        return new MailTrust(file.isBlank() ? Optional.empty() : Optional.of(TrustedServers.of(Path.of(file))));
    }
}
