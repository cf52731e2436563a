package mx.refahub.domain.market;

import java.time.Instant;

/**
 * What a notification says: something changed. It is a hint and nothing more; the thing itself is always fetched.
 *
 * @param key of the notification, the same when it comes again
 * @param seller the marketplace's id of who it is for
 * @param id of the thing
 */
public record Hint(String key, Subject subject, String seller, String id, Instant sentAt) {
    public enum Subject {
        ORDER,
        SHIPMENT,
        QUESTION,
        LISTING,
        /** An asynchronous submission is through. */
        SUBMISSION,
        /** Never in a notification: an order's parcel that the marketplace is to be told of. */
        PARCEL,
        /** Of no interest here. */
        OTHER
    }

    public Hint {
        if (key.isBlank()) throw new IllegalArgumentException("notification without a key");
    }
}
