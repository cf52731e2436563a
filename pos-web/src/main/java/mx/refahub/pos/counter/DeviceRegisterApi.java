package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.Labels;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What a register does with its devices: drawer, scale, customer's display, labels. */
@RestController
@Tag(name = "devices")
class DeviceRegisterApi {
    private final CashDrawer drawer;
    private final Devices devices;
    private final Labels labels;
    private final PartCatalogue catalogue;
    private final DeviceEvents events;

    DeviceRegisterApi(CashDrawer drawer, Devices devices, Labels labels, PartCatalogue catalogue, DeviceEvents events) {
        this.drawer = drawer;
        this.devices = devices;
        this.labels = labels;
        this.catalogue = catalogue;
        this.events = events;
    }

    /** @param act minted by the screen for this one key press; the same again does not open it again */
    record Open(@NotNull UUID act, @NotNull @Size(max = 200) String why) {}

    record Opening(UUID id, Instant at, CashDrawer.Reason reason, String cause, String person, String device) {
        static Opening of(CashDrawer.Opening opening) {
            return new Opening(
                    opening.id(),
                    opening.at(),
                    opening.reason(),
                    opening.cause(),
                    opening.personName(),
                    opening.device());
        }
    }

    record Openings(List<Opening> openings) {}

    record Weighed(Count kilograms) {}

    /** @param location where it lies; may be left out */
    record NewLabels(
            @NotNull UUID partId,
            @NotNull Label.Design design,
            @NotNull @Min(1) @Max(Labels.MOST_COPIES) Integer copies,
            @Size(max = 40) @Nullable String location) {}

    /** @param waiting labels that are not printed yet, these among them */
    record Queued(int waiting) {}

    @GetMapping("/pos/api/registers/{id}/drawer")
    @Operation(summary = "When and why the register's drawer was opened, newest first")
    Openings openings(@PathVariable UUID id, @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        return new Openings(drawer.latest(new RegisterId(id), limit).stream()
                .map(Opening::of)
                .toList());
    }

    @PostMapping("/pos/api/registers/{id}/drawer")
    @Operation(summary = "Open the register's drawer by hand, with the reason")
    Opening open(@PathVariable UUID id, @RequestBody @Valid Open open, @AuthenticationPrincipal Person who) {
        return Opening.of(ActRefused.unlessDone(drawer.byHand(open.act(), new RegisterId(id), open.why(), who)));
    }

    @GetMapping("/pos/api/registers/{id}/weight")
    @Operation(summary = "What lies on the register's scale, once it rests")
    Weighed weight(@PathVariable UUID id) {
        return new Weighed(Count.of(
                ActRefused.unlessDone(devices.weigh(new RegisterId(id))).kilograms()));
    }

    @GetMapping(path = "/pos/api/registers/{id}/display", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Server-sent events 'shown': what the register's customer sees")
    SseEmitter display(@PathVariable UUID id, HttpServletRequest request) {
        return events.display(new RegisterId(id), new SessionAlive(request.getSession(false)));
    }

    @PostMapping("/pos/api/labels")
    @Operation(summary = "Print labels of a part; they wait while no label printer works")
    Queued print(@RequestBody @Valid NewLabels wanted, @AuthenticationPrincipal Person who) {
        PartCard card = catalogue.card(new PartId(wanted.partId())).orElseThrow(() -> ActRefused.of("part-unknown"));
        Label label = new Label(
                wanted.design(),
                card.part().lineCode().value(),
                card.part().number().value(),
                card.part().nameEs(),
                card.part().barcodes().stream()
                        .findFirst()
                        .map(Barcode::value)
                        .orElse(card.part().number().value()),
                card.priceText() == null ? "" : card.priceText(),
                wanted.location() == null ? "" : wanted.location());
        return new Queued(ActRefused.unlessDone(labels.print(label, wanted.copies(), who)));
    }
}
