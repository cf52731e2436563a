package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.cash.CashDesk;
import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceField;
import mx.refahub.domain.device.DeviceFieldWrong;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What stands on the counter: set up, looked at, tried. */
@RestController
@Tag(name = "devices")
class DeviceApi {
    private final Devices devices;
    private final CashDesk desk;
    private final DeviceEvents events;
    private final Messages messages;

    DeviceApi(Devices devices, CashDesk desk, DeviceEvents events, Messages messages) {
        this.devices = devices;
        this.desk = desk;
        this.events = events;
        this.messages = messages;
    }

    record All(List<DeviceView> devices) {}

    /**
     * What a person can choose.
     *
     * @param strip the candidates of the test strip, in its order
     */
    record Choices(
            Map<DeviceKind, List<DeviceField>> fields,
            List<String> serialPorts,
            List<String> queues,
            List<RegisterChoice> registers,
            List<CodePage> strip) {}

    record RegisterChoice(UUID id, String name) {}

    record NewDevice(
            @NotBlank @Size(max = 40) String id,
            @NotNull DeviceKind kind,
            @NotBlank @Size(max = 60) String name,
            @NotNull @Size(max = 40) Map<String, @Size(max = 200) String> settings) {}

    record ChangedDevice(
            @NotBlank @Size(max = 60) String name,
            @NotNull @Size(max = 40) Map<String, @Size(max = 200) String> settings) {}

    /** One of them, whichever the simulated device understands. */
    record Simulate(
            @Size(max = 40) @Nullable String trouble,
            @Size(max = 20) @Nullable String weight,
            @Size(max = 200) @Nullable String scan) {
        Map<String, String> act() {
            Map<String, String> act = new HashMap<>();
            if (trouble != null) act.put("trouble", trouble);
            if (weight != null) act.put("weight", weight);
            if (scan != null) act.put("scan", scan);
            return act;
        }
    }

    @GetMapping("/pos/api/devices")
    @Operation(summary = "Every device and how it does")
    All all() {
        return new All(devices.all().stream().map(DeviceView::of).toList());
    }

    @GetMapping("/pos/api/devices/choices")
    @Operation(summary = "What can be set of each kind, and the ports and queues of this machine")
    Choices choices() {
        Map<DeviceKind, List<DeviceField>> fields = new EnumMap<>(DeviceKind.class);
        for (DeviceKind kind : DeviceKind.values()) fields.put(kind, Device.fields(kind));
        Devices.Machine machine = devices.machine();
        List<RegisterChoice> registers = new ArrayList<>();
        desk.registers()
                .forEach(register ->
                        registers.add(new RegisterChoice(register.id().value(), register.name())));
        return new Choices(fields, machine.serialPorts(), machine.queues(), registers, CodePage.PAGES);
    }

    @PostMapping("/pos/api/devices")
    @Operation(summary = "Set up a new device")
    DeviceView add(@RequestBody @Valid NewDevice device, @AuthenticationPrincipal Person who, Locale locale) {
        return DeviceView.of(ActRefused.unlessDone(
                devices.save(device(device.id(), device.kind(), device.name(), device.settings(), locale), true, who)));
    }

    @PutMapping("/pos/api/devices/{id}")
    @Operation(summary = "Set a device up otherwise")
    DeviceView change(
            @PathVariable String id,
            @RequestBody @Valid ChangedDevice device,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return DeviceView.of(ActRefused.unlessDone(
                devices.save(device(id, kind(id), device.name(), device.settings(), locale), false, who)));
    }

    private DeviceKind kind(String id) {
        return devices.all().stream()
                .map(Devices.Watched::device)
                .filter(device -> device.id().equals(id))
                .map(Device::kind)
                .findFirst()
                .orElseThrow(() -> ActRefused.of("device-unknown"));
    }

    private Device device(String id, DeviceKind kind, String name, Map<String, String> settings, Locale locale) {
        try {
            return new Device(id, kind, name, settings);
        } catch (DeviceFieldWrong wrong) {
            String label = messages.text(locale, "device.field." + wrong.field());
            for (DeviceField field : Device.fields(kind))
                if (field.name().equals(wrong.field()) && field.type() == DeviceField.Type.NUMBER)
                    throw ActRefused.of(
                            "device-field-range", label, field.name(), "" + field.least(), "" + field.most());
            throw ActRefused.of("device-field-wrong", label, wrong.field());
        }
    }

    @DeleteMapping("/pos/api/devices/{id}")
    @Operation(summary = "Take a device away; one from the settings file goes back to what stands there")
    All remove(@PathVariable String id, @AuthenticationPrincipal Person who) {
        ActRefused.unlessDone(devices.remove(id, who));
        return all();
    }

    @PostMapping("/pos/api/devices/{id}/test")
    @Operation(summary = "Use the device once and say what came of it")
    DeviceView.Tried test(@PathVariable String id, @AuthenticationPrincipal Person who) {
        return DeviceView.Tried.of(ActRefused.unlessDone(devices.test(id, who)));
    }

    @PostMapping("/pos/api/devices/{id}/strip")
    @Operation(summary = "Print the strip of code pages")
    DeviceView.Tried strip(@PathVariable String id, @AuthenticationPrincipal Person who) {
        return DeviceView.Tried.of(ActRefused.unlessDone(devices.strip(id, who)));
    }

    @PostMapping("/pos/api/devices/{id}/drawer")
    @Operation(summary = "Open the drawer at this printer, as a test; it is written down")
    DeviceView.Tried kick(@PathVariable String id, @AuthenticationPrincipal Person who) {
        return DeviceView.Tried.of(ActRefused.unlessDone(devices.kick(id, who)));
    }

    @GetMapping("/pos/api/devices/{id}/simulation")
    @Operation(summary = "What a simulated device shows")
    Devices.Simulation simulation(@PathVariable String id) {
        return ActRefused.unlessDone(devices.simulation(id));
    }

    @PostMapping("/pos/api/devices/{id}/simulation")
    @Operation(summary = "Do something to a simulated device: trouble, weight (kg), scan")
    Devices.Simulation simulate(@PathVariable String id, @RequestBody @Valid Simulate act) {
        return ActRefused.unlessDone(devices.simulate(id, act.act()));
    }

    @GetMapping(path = "/pos/api/devices/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Server-sent events: 'device' (a state), 'scan' (from a serial scanner), 'simulation'")
    SseEmitter events(HttpServletRequest request) {
        return events.devices(new SessionAlive(request.getSession(false)));
    }
}
