package mx.refahub.domain.notice;

/**
 * How to reach a server of e-mail.
 *
 * @param user empty: without signing in
 */
public record MailServer(String host, int port, Security security, String user, String secret) {
    public enum Security {
        /** In the clear: for this machine, or without signing in. */
        NONE,
        /** In the clear until both agree on TLS, which must happen (RFC 3207). */
        STARTTLS,
        /** TLS from the first byte (RFC 8314). */
        TLS
    }

    private static final int PORTS = 65_535;

    public MailServer {
        host = host.strip();
        user = user.strip();
        if (host.isEmpty() || !host.matches("[\\p{L}\\p{N}.:_-]{1,253}")) throw new IllegalArgumentException("host");
        if (port < 1 || port > PORTS) throw new IllegalArgumentException("port");
    }

    /** Whether a password would travel for everybody to read. */
    public boolean tellsItsSecret() {
        return security == Security.NONE && !user.isEmpty() && !host.matches("localhost|127\\.\\d+\\.\\d+\\.\\d+|::1");
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + " " + security + "]";
    }
}
