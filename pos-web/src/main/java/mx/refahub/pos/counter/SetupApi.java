package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import mx.refahub.domain.store.StoreSetup;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The first run of a store. The one-time code in the log stands for a sign-in. */
@RestController
@Tag(name = "setup")
class SetupApi {
    private static final int RAW_PORT = 9100;

    private final StoreSetup setup;

    SetupApi(StoreSetup setup) {
        this.setup = setup;
    }

    record State(boolean needed) {}

    /** Either {@code email} and {@code password} of an administrator of the hub, or an {@code activationCode} from its console. */
    record Form(
            @NotBlank @Size(max = 64) String oneTimeCode,
            @NotBlank @Size(max = 200) String hub,
            @Size(max = 200) @Nullable String email,
            @Size(max = 200) @Nullable String password,
            @Size(max = 64) @Nullable String activationCode,
            @NotBlank @Size(max = 100) String name,

            @NotBlank @Pattern(regexp = "[A-Za-z0-9-]{1,12}")
            String code,

            @Size(max = 300) @Nullable String address,
            @NotNull @Pattern(regexp = "[0-9]{5}") String postalCode,
            @NotNull TaxRegion taxRegion,
            @NotBlank @Size(max = 60) String timeZone,

            @NotBlank @Pattern(regexp = "[\\p{L}\\p{N}._-]{1,40}")
            String cashierUser,

            @NotBlank @Size(max = 100) String cashierName,

            @Min(1) @Max(StoreSetup.Registration.MOST_REGISTERS) @Nullable
            Integer registers,

            @Size(max = 250) @Nullable String printerHost,
            @Min(1) @Max(65_535) @Nullable Integer printerPort) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "Form[" + hub + ", " + name + "]";
        }
    }

    record Registered(String name) {}

    @GetMapping("/api/setup")
    @Operation(summary = "Whether this store still waits to be registered")
    State state() {
        return new State(setup.needsSetup());
    }

    /** @param replacement one-time code from the hub's console */
    record Replacement(
            @NotBlank @Size(max = 64) String oneTimeCode,
            @NotBlank @Size(max = 200) String hub,
            @NotBlank @Size(max = 64) String replacement) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "Replacement[" + hub + "]";
        }
    }

    @PostMapping("/api/setup/replacement")
    @Operation(summary = "Let this machine take the place of a store's PC")
    Registered replace(@RequestBody @Valid Replacement form) {
        if (!setup.needsSetup()) throw ActRefused.of("setup-done");
        return new Registered(ActRefused.unlessDone(setup.replace(
                form.oneTimeCode().strip(),
                form.hub().strip(),
                form.replacement().strip())));
    }

    @PostMapping("/api/setup")
    @Operation(summary = "Register this store at a hub")
    Registered register(@RequestBody @Valid Form form) {
        if (!setup.needsSetup()) throw ActRefused.of("setup-done");
        if (unknownZone(form.timeZone())) throw ActRefused.of("time-zone-unknown", form.timeZone());
        if (text(form.activationCode()).isEmpty()
                && (text(form.email()).isEmpty() || text(form.password()).isEmpty()))
            throw ActRefused.of("credentials-missing");
        ActRefused.unlessDone(setup.register(
                form.oneTimeCode().strip(),
                new StoreSetup.Registration(
                        form.hub().strip(),
                        text(form.email()),
                        form.password() == null ? "" : form.password(),
                        text(form.activationCode()),
                        form.name().strip(),
                        form.code().strip(),
                        text(form.address()),
                        form.postalCode(),
                        form.taxRegion(),
                        form.timeZone().strip(),
                        form.cashierUser().strip(),
                        form.cashierName().strip(),
                        form.registers() == null ? 1 : form.registers(),
                        Optional.of(text(form.printerHost()))
                                .filter(host -> !host.isEmpty())
                                .map(host -> printer(host, form.printerPort())))));
        return new Registered(form.name().strip());
    }

    /** {@code port}: 9100 where none is said. */
    record Printer(
            @NotBlank @Size(max = 64) String oneTimeCode,
            @NotBlank @Size(max = 250) String printerHost,
            @Min(1) @Max(65_535) @Nullable Integer printerPort) {
        /** Never shows the code. */
        @Override
        public String toString() {
            return "Printer[" + printerHost + "]";
        }
    }

    /** @param cause why not, in kebab-case ({@code device.cause.*}); empty when it works */
    record Printed(boolean works, String cause) {}

    @PostMapping("/api/setup/printer")
    @Operation(summary = "Print the test strip before the store is registered")
    Printed tryPrinter(@RequestBody @Valid Printer form) {
        String cause = ActRefused.unlessDone(setup.tryPrinter(
                form.oneTimeCode().strip(), printer(form.printerHost().strip(), form.printerPort())));
        return new Printed(cause.isEmpty(), cause);
    }

    private static StoreSetup.NetworkPrinter printer(String host, @Nullable Integer port) {
        return new StoreSetup.NetworkPrinter(host, port == null ? RAW_PORT : port);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static boolean unknownZone(String name) {
        try {
            return ZoneId.of(name.strip()).getId().isEmpty();
        } catch (DateTimeException e) {
            return true;
        }
    }
}
