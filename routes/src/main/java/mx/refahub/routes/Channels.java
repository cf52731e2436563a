package mx.refahub.routes;

/** Every name under which messages wait or pass: broker addresses and the endpoints inside a process. */
public final class Channels {
    /** Frames of one store: {@code refahub.up.SLUG}. */
    public static final String UP = "refahub.up.";

    public static final String UP_ALL = UP + "#";
    /** The hub's one queue behind all of {@link #UP}. */
    public static final String INTAKE = "refahub.intake";
    /** What the hub tells one store: {@code refahub.down.SLUG}, a last-value queue. */
    public static final String DOWN = "refahub.down.";

    public static final String DOWN_ALL = DOWN + "#";
    /** What nobody could take. */
    public static final String DEAD = "refahub.dead";

    public static final String EXPIRED = "refahub.expired";

    private Channels() {}

    public static String up(String slug) {
        return UP + checked(slug);
    }

    public static String down(String slug) {
        return DOWN + checked(slug);
    }

    /** A slug with a dot or a wildcard would name other stores' addresses too. */
    private static String checked(String slug) {
        if (!slug.matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"))
            throw new IllegalArgumentException("'" + slug + "' cannot name a broker address");
        return slug;
    }
}
