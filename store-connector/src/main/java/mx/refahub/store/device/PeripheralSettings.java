package mx.refahub.store.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceFieldWrong;
import mx.refahub.domain.device.DeviceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.peripherals.*}.
 *
 * @param lookEvery between two looks at a device that nobody uses
 * @param answerTimeout until a device has answered a question
 * @param logo picture at the head of receipts; none if it is not set
 * @param devices by their ids: {@code kind}, {@code name}, and what can be set of that kind. A person may change them in the page; there the file's words can be taken back
 */
public record PeripheralSettings(
        @DefaultValue("15s") Duration lookEvery,
        @DefaultValue("500ms") Duration answerTimeout,
        @Nullable Path logo,
        @DefaultValue Map<String, Map<String, String>> devices) {
    public PeripheralSettings {
        if (lookEvery.toMillis() < 1000)
            throw new IllegalArgumentException("refahub.store.peripherals.look-every is less than 1s");
        if (answerTimeout.toMillis() < 1)
            throw new IllegalArgumentException("refahub.store.peripherals.answer-timeout is not positive");
        devices = Map.copyOf(devices);
        devices.forEach(PeripheralSettings::device);
    }

    /** Those of the file, by id. */
    public List<Device> list() {
        List<Device> list = new ArrayList<>();
        new TreeMap<>(devices).forEach((id, settings) -> list.add(device(id, settings)));
        return list;
    }

    private static Device device(String id, Map<String, String> all) {
        Map<String, String> settings = new TreeMap<>(all);
        String kind = settings.remove("kind");
        String name = settings.remove("name");
        try {
            if (kind == null) throw new DeviceFieldWrong("kind", "");
            return new Device(
                    id,
                    DeviceKind.valueOf(kind.strip().toUpperCase(Locale.ROOT).replace('-', '_')),
                    name == null ? id : name,
                    settings);
        } catch (DeviceFieldWrong e) {
            throw new IllegalArgumentException(
                    "refahub.store.peripherals.devices." + id + "." + e.field() + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "refahub.store.peripherals.devices." + id + ".kind is none of a device: " + kind, e);
        }
    }
}
