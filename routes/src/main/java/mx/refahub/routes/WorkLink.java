package mx.refahub.routes;

/**
 * Where a worker finds the hub's broker; supplied as a bean by the process.
 *
 * @param hubKey the hub's public key, PEM: the only one that its broker may show where it speaks TLS; may be empty where it does not
 */
public record WorkLink(String url, String user, String password, String hubKey) {
    public WorkLink {
        if (url.isBlank() || user.isBlank() || password.isBlank())
            throw new IllegalArgumentException("hub broker without address, user or password");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "WorkLink[url=" + url + ", user=" + user + "]";
    }
}
