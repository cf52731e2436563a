package mx.refahub.domain.device;

/**
 * What a test of a device came to.
 *
 * @param state how the device was found
 * @param done what was done, for a sentence: {@code printed}, {@code weighed}, {@code shown}, {@code listening}, {@code labelled}, or {@code nothing}
 * @param detail a figure that belongs to it, such as the weight; may be empty
 */
public record DeviceTest(DeviceState state, String done, String detail) {
    public boolean passed() {
        return state.works();
    }
}
