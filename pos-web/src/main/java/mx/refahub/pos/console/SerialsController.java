package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Tracking;
import mx.refahub.domain.part.TrackingDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which parts ask for a serial number or a lot, and which tickets have one. */
@RestController
final class SerialsController {
    private static final int SHOWN = 100;

    private final TrackingDesk desk;

    SerialsController(TrackingDesk desk) {
        this.desk = desk;
    }

    record Asked(@NotNull Tracking tracking) {}

    @GetMapping("/console/api/parts/{id}/tracking")
    Asked tracking(@PathVariable UUID id) {
        return new Asked(ActRefused.unlessDone(desk.of(new PartId(id))));
    }

    @PutMapping("/console/api/parts/{id}/tracking")
    Asked set(@PathVariable UUID id, @RequestBody @Valid Asked asked, @AuthenticationPrincipal Person who) {
        return new Asked(ActRefused.unlessDone(desk.set(new PartId(id), asked.tracking(), who.name())));
    }

    @GetMapping("/console/api/serials")
    List<TrackingDesk.Found> find(@RequestParam("serial") @Size(max = 200) String serial) {
        return desk.find(serial, SHOWN);
    }
}
