package mx.refahub.domain.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/**
 * The devices of a store. Implemented by the store connector; works with no network.
 *
 * <p>Refusals: {@code device-unknown}, {@code device-id-taken} (saving a new one under a name in use), {@code device-in-file} (removing one that the settings file names),
 * {@code device-without-strip}, {@code device-busy}, {@code device-not-simulated}, {@code simulation-unknown}, {@code drawer-missing}, {@code drawer-failing}, {@code scale-missing}, {@code scale-failing} (with the cause), {@code weight-moving}, {@code weight-over},
 * {@code weight-below-zero}.
 */
public interface Devices {
    /** In the order of kind, rank and name. */
    List<Watched> all();

    /**
     * @param from whether the settings file names it, a person set it up, or a person changed what the file says
     * @param at when its state was last found
     */
    record Watched(Device device, From from, DeviceState state, Instant at) {}

    enum From {
        FILE,
        PERSON,
        FILE_CHANGED
    }

    /** @param isNew whether a device of this id must not be there yet */
    Outcome<Watched> save(Device device, boolean isNew, Person who);

    /** One from the settings file goes back to what stands there. */
    Outcome<Boolean> remove(String id, Person who);

    /** Uses the device once, so that a person sees that it works, and says what came of it. */
    Outcome<DeviceTest> test(String id, Person who);

    /** A strip with {@link CodePage#PROOF} in each candidate page, so that a person picks the one that comes out right. */
    Outcome<DeviceTest> strip(String id, Person who);

    /** Opens the drawer at this printer, and writes it down as a test. */
    Outcome<DeviceTest> kick(String id, Person who);

    /** What could be chosen on this machine. */
    Machine machine();

    record Machine(List<String> serialPorts, List<String> queues) {}

    /** One weighing on the register's scale. Waits until it is at rest, a second or so. */
    Outcome<Weight> weigh(RegisterId register);

    /** Called on each change of a state and each serial scan, from any thread. */
    AutoCloseable subscribe(Consumer<News> listener);

    sealed interface News {
        record Changed(Watched device) implements News {}

        /** @param register for whom it is; empty for all */
        record Scanned(String device, Optional<RegisterId> register, String code) implements News {}

        /** What a simulator shows has changed. */
        record Simulated(String device) implements News {}
    }

    /** What a simulated device shows, and what could be done to it. */
    Outcome<Simulation> simulation(String id);

    /** Does something to a simulated device: {@code trouble}, {@code weight} (thousandths of a kilogram), {@code scan}. */
    Outcome<Simulation> simulate(String id, Map<String, String> act);

    /**
     * @param trouble what it was told to suffer from
     * @param troubles what it can be told
     * @param lines what a display shows, or the last words over the wire
     * @param labels what a label printer has printed, newest first
     * @param weight on the simulated scale, in thousandths of a kilogram
     */
    record Simulation(
            String trouble, List<String> troubles, List<String> lines, List<LabelPicture> labels, long weight) {}
}
