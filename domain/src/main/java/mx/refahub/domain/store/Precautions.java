package mx.refahub.domain.store;

import java.util.Optional;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;

/** Whether this store may write anything down now. Asked before each act that leaves a document; answers from memory. */
public interface Precautions {
    /**
     * Why not. Refused are acts while the clock cannot be believed ({@code clock-wrong}: what it says, what it was compared with), while a restored database waits for
     * the hub's word ({@code store-restored}), and while it is known to lack what the hub has ({@code store-behind-hub}: the hub's sequence, this
     * store's).
     */
    Optional<Refusal> refusal();

    /**
     * A manager has looked: the clock is right. Good for a day. Refused: {@code not-manager}, {@code clock-reason-missing}, {@code clock-not-wrong}.
     *
     * @param reason kept with the name
     */
    Outcome<String> acceptClock(Person who, String reason);
}
