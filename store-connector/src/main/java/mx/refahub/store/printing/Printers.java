package mx.refahub.store.printing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.store.RegisterId;

/** The printers of the store as printing needs them. */
public interface Printers {
    /** Who may print for the register, the first choice first: its own by rank, then the store's by rank. */
    List<Device> group(DeviceKind kind, Optional<RegisterId> register);

    /** A printer has one roll: whoever speaks to it holds this. */
    Lock line(Device device);

    void found(Device device, DeviceState state);
}
