package mx.refahub.domain.notice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What letters are written about; each has a template in each language, with places that are filled in. */
public enum NoticeEvent {
    ALERT_RAISED("rule", "count", "lines", "link", "company"),
    ALERT_REMINDED("rule", "count", "lines", "link", "company"),
    ALERT_RESOLVED("rule", "count", "lines", "link", "company"),
    /** What should be ordered, by branch. */
    REORDER_ALERT("rule", "count", "lines", "link", "company"),
    /** What a run of the reorder job newly found at its reorder point, by branch. */
    LOW_STOCK("rule", "count", "lines", "link", "company"),
    /** Sales of an amount that somebody set, or more. */
    NEW_SALE("rule", "count", "lines", "link", "company"),
    JOB_FAILED("job", "run", "reason", "link", "company"),
    /** An order to its supplier. */
    PURCHASE_ORDER("order", "supplier", "store", "total", "lines", "company"),
    /** Goods of an order came in. */
    PO_RECEIVED("order", "supplier", "store", "lines", "link", "company"),
    /** To a customer: a special order is here. */
    ORDER_READY("customer", "order", "store", "company"),
    MAIL_TEST("company");

    private final List<String> places;

    NoticeEvent(String... places) {
        this.places = List.of(places);
    }

    /** What a template of it may name. */
    public List<String> places() {
        return places;
    }

    /** {@code order_ready}, {@code reorder_alert} … */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NoticeEvent> of(String wireName) {
        return Arrays.stream(values())
                .filter(event -> event.wireName().equals(wireName))
                .findFirst();
    }
}
