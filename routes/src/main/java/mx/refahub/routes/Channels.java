package mx.refahub.routes;

import java.time.Duration;

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

    /** Orders for slices of work, taken by whoever is free. */
    public static final String WORK = "refahub.work";

    /** Name of the Camel component that takes orders: of what waits it fetches one. */
    public static final String WORKING = "work";

    public static final String SLICE_ORDER = "direct:slice-order";

    /** Name of the Camel component over the hub's broker, in both processes. */
    public static final String HUB = "hub";
    /** Name of the Camel component over the store's own broker. */
    public static final String LOCAL = "local";

    /** A wake, not a message: while one waits, others are the same. */
    public static final String DOCUMENT_RELAY =
            "seda:document-relay?size=1&discardWhenFull=true&pollTimeout=100&purgeWhenStopping=true";

    public static final String DOCUMENT_HEED = "direct:document-heed";
    public static final String DOCUMENT_ACKNOWLEDGE = "direct:document-acknowledge";
    /** A wake, as {@link #DOCUMENT_RELAY}. */
    public static final String DOCUMENT_APPLY =
            "seda:document-apply?size=1&discardWhenFull=true&pollTimeout=100&purgeWhenStopping=true";

    public static final String COMMAND_SEND = "direct:command-send";
    public static final String DOWN_SEND = "direct:down-send";
    public static final String DEAD_LETTER = "direct:letter-bury";

    // Marketplaces
    public static final String MARKET_PUBLISH = "direct:market-publish";
    public static final String MARKET_FILL = "direct:market-fill";
    public static final String MARKET_CHANGE = "direct:market-change";
    public static final String MARKET_LOOK = "direct:market-look";
    public static final String MARKET_HEAR = "direct:market-hear";
    public static final String MARKET_ERRANDS = "direct:market-errands";
    public static final String MARKET_BRING = "direct:market-bring";
    public static final String MARKET_JOURNAL = "direct:market-journal";
    /** A wake, as {@link #DOCUMENT_RELAY}. */
    public static final String MARKET_FETCH =
            "seda:market-fetch?size=1&discardWhenFull=true&pollTimeout=100&purgeWhenStopping=true";

    public static final String DELIVERY_SEND = "direct:delivery-send";
    public static final String DELIVERY_DELIVER = "direct:delivery-deliver";
    public static final String DELIVERY_LOAD = "direct:delivery-load";
    public static final String DELIVERY_JOURNAL = "direct:delivery-journal";
    public static final String LETTER_POST = "direct:letter-post";
    public static final String LETTER_CARRY = "direct:letter-carry";
    public static final String LETTER_FAILED = "direct:letter-fail";
    public static final String INVOICE_TAKE = "direct:invoice-take";

    private Channels() {}

    public static String up(String slug) {
        return UP + checked(slug);
    }

    public static String down(String slug) {
        return DOWN + checked(slug);
    }

    /** The store's end of its uplink. */
    public static String localUp(String slug) {
        return LOCAL + ":queue:" + up(slug);
    }

    /** The hub's end of all uplinks; address and queue, as the broker wants it for a wildcard. */
    public static String intake(int consumers) {
        return HUB + ":queue:" + UP + "%23::" + INTAKE + "?transacted=true&concurrentConsumers=" + consumers;
    }

    /** The store's end of its downlink: does not hold up a start when the hub is away, and tries again for ever. */
    public static String hubDown(String slug) {
        return HUB + ":queue:" + down(slug) + "?transacted=true&asyncStartListener=true";
    }

    /** The hub's end of all downlinks; the store's queue is named by each message. */
    public static String hubDownAny() {
        return HUB + ":queue:" + DOWN + "any";
    }

    public static String workOrders() {
        return HUB + ":queue:" + WORK;
    }

    /** Where orders are taken: does not hold up a start when the hub is away. An order is confirmed when it is done. */
    public static String work() {
        return WORKING + ":queue:" + WORK + "?transacted=true&asyncStartListener=true";
    }

    public static String dead() {
        return HUB + ":queue:" + DEAD;
    }

    /** Ticks, the first at once. */
    public static String timer(String name, Duration every) {
        return "timer:" + name + "?delay=0&fixedRate=false&period=" + every.toMillis();
    }

    /** One tick at the start. */
    public static String once(String name) {
        return "timer:" + name + "?delay=0&repeatCount=1";
    }

    /** Letters leave by a sender that knows the server; its address and password stand in no endpoint. */
    public static String smtp(String sender) {
        return "smtp:refahub?javaMailSender=#" + sender;
    }

    /** A slug with a dot or a wildcard would name other stores' addresses too. */
    private static String checked(String slug) {
        if (!slug.matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"))
            throw new IllegalArgumentException("'" + slug + "' cannot name a broker address");
        return slug;
    }
}
