package mx.refahub.domain.wire;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the stream {@code returns}: how parts may come back, or how often one did not fit a vehicle.
 *
 * @param policy null where the row tells of a misfit, or the policy was taken back
 */
public record ReturnRow(
        @Nullable String target,
        @Nullable String targetValue,
        @Nullable PolicyRow policy,
        @Nullable MisfitRow misfit) {
    /** @param feePercent hundredths of a percent */
    public record PolicyRow(boolean returnable, @Nullable Integer days, int feePercent, boolean inspect) {}

    public record MisfitRow(UUID part, String make, String model, int year, String engine, long times) {}
}
