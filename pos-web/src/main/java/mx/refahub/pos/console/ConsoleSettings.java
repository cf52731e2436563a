package mx.refahub.pos.console;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the console.
 *
 * @param sessionIdle a browser that did nothing for this long has to sign in again
 * @param uploadFile largest single file of a job
 * @param uploadRequest all files of one run together
 * @param uploadFolder where uploaded files wait until their job has read them; made if it is not there
 * @param storeSilentAfter without a heartbeat for this long a store is shown as silent
 * @param storeLagAfter with more documents than this still to come a store is shown as lagging
 * @param storeClockOff a store's clock may differ from the hub's by this much
 * @param liveInterval how often open pages are told what changed
 */
@Validated
@ConfigurationProperties(prefix = "refahub.console", ignoreUnknownFields = false)
public record ConsoleSettings(
        @DefaultValue("8h") Duration sessionIdle,
        @DefaultValue("2GB") DataSize uploadFile,
        @DefaultValue("4GB") DataSize uploadRequest,
        @DefaultValue("data/uploads") Path uploadFolder,
        @DefaultValue("50s") Duration storeSilentAfter,
        @DefaultValue("200") @Positive long storeLagAfter,
        @DefaultValue("2m") Duration storeClockOff,
        @DefaultValue("1s") Duration liveInterval) {

    @AssertTrue(message = "durations and sizes must be positive, and upload-request not below upload-file")
    boolean isSound() {
        return sessionIdle.isPositive()
                && storeSilentAfter.isPositive()
                && storeClockOff.isPositive()
                && liveInterval.isPositive()
                && uploadFile.toBytes() > 0
                && uploadRequest.compareTo(uploadFile) >= 0;
    }
}
