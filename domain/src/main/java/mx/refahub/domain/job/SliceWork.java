package mx.refahub.domain.job;

/** Does slices of work in this process, as many at a time as call. */
public interface SliceWork {
    /**
     * Does the slice and returns when it has ended, well or not; at once if it is done already, is another's, or nobody wants it any more.
     *
     * @param again the order was with somebody before, who has not confirmed it: the slice is taken from them
     */
    void take(SliceOrder order, boolean again);
}
