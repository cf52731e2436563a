package mx.refahub.domain.alert;

/** What a rule watches, with the unit of its threshold. Bad is at or above the threshold, but for the room on a disk: below. */
public enum AlertKind {
    /** Minutes since the last heartbeat of a store. */
    STORE_SILENT(Unit.MINUTES),
    /** Documents that a store has written and the hub has not. */
    STORE_LAG(Unit.DOCUMENTS),
    /** A store whose disk went back or was copied. */
    STORE_FROZEN(Unit.ONE),
    /** Messages in a queue of the hub's broker, and documents that wait to be applied. */
    QUEUE_DEPTH(Unit.MESSAGES),
    /** Documents of a store that could not be applied. */
    PARKED(Unit.DOCUMENTS),
    /** The newest run of a job failed; over once a later one is done. */
    JOB_FAILED(Unit.ONE),
    /** Minutes for which a schedule's time has passed without a start, or for which a run has been running. */
    JOB_LATE(Unit.MINUTES),
    /** Megabytes left on the disk of a store or of the hub. */
    DISK_LOW(Unit.MEGABYTES),
    /** Seconds by which the clock of a store differs from the hub's. */
    CLOCK_OFF(Unit.SECONDS),
    /** Open differences between store and hub. */
    RECONCILIATION(Unit.DOCUMENTS),
    /** Parts that should be ordered for a branch. */
    REORDER(Unit.PARTS),
    /** Parts of a branch that a run of the reorder job newly found at their reorder point. */
    LOW_STOCK(Unit.PARTS),
    /** What a sale came to. */
    NEW_SALE(Unit.PESOS);

    public enum Unit {
        ONE,
        MINUTES,
        SECONDS,
        DOCUMENTS,
        MESSAGES,
        MEGABYTES,
        PARTS,
        PESOS
    }

    private final Unit unit;

    AlertKind(Unit unit) {
        this.unit = unit;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether it happens, once, and does not last: it has no end to tell and no reminder. */
    public boolean happens() {
        return this == LOW_STOCK || this == NEW_SALE;
    }

    /** Whether it is about a job, and not about stores. */
    public boolean ofJobs() {
        return this == JOB_FAILED || this == JOB_LATE;
    }
}
