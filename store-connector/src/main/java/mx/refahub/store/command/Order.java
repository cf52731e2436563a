package mx.refahub.store.command;

import java.util.Locale;
import java.util.Optional;

/** What the running connector can be told at its desk. */
public enum Order {
    STATUS,
    FORCE_SYNC,
    RESTART_SERVICES,
    BACKUP,
    RECONCILE;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Order> of(String word) {
        for (Order order : values()) if (order.word().equals(word)) return Optional.of(order);
        return Optional.empty();
    }
}
