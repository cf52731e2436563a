package mx.refahub.domain.device;

import mx.refahub.domain.part.Quantity;

/**
 * One weighing.
 *
 * @param kilograms in thousandths; net of the tare that the scale knows
 * @param resting whether the load has come to rest
 */
public record Weight(Quantity kilograms, boolean resting, Range range) {
    public enum Range {
        WITHIN,
        OVER,
        BELOW_ZERO
    }
}
