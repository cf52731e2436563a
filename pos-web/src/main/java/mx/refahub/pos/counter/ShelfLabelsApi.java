package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.pricing.ShelfLabels;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shelf labels that a change of price made wrong. */
@RestController
@Tag(name = "stock")
class ShelfLabelsApi {
    private final ShelfLabels labels;

    ShelfLabelsApi(ShelfLabels labels) {
        this.labels = labels;
    }

    record Row(
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            String bin,
            String price,
            LocalDate starts,
            @Nullable Instant printedAt,
            String printedBy) {}

    record Rows(List<Row> labels) {}

    @GetMapping("/pos/api/shelf-labels")
    @Operation(
            summary = "Parts of this branch whose public price changes or changed and whose shelf label is not printed")
    Rows rows(@RequestParam(defaultValue = "false") boolean printed) {
        return new Rows(labels.changes(printed).stream()
                .map(one -> new Row(
                        one.part().value(),
                        one.lineCode(),
                        one.partNumber(),
                        one.name(),
                        one.bin(),
                        one.price(),
                        one.starts(),
                        one.printedAt(),
                        one.printedBy()))
                .toList());
    }

    /** @param parts which of the list; empty for all of it. @param again also what was printed before */
    record Wanted(
            @NotNull UUID act,
            @NotNull @Size(max = ShelfLabels.MOST) List<UUID> parts,
            @Nullable Boolean again) {}

    record Queued(int labels, int waiting) {}

    @PostMapping("/pos/api/shelf-labels")
    @Operation(summary = "Print shelf labels of the list; they wait while no label printer works")
    Queued print(@RequestBody @Valid Wanted wanted, @AuthenticationPrincipal Person who) {
        ShelfLabels.Queued queued = ActRefused.unlessDone(labels.print(
                wanted.act(),
                wanted.parts().stream().map(PartId::new).toList(),
                Boolean.TRUE.equals(wanted.again()),
                who));
        return new Queued(queued.labels(), queued.waiting());
    }
}
