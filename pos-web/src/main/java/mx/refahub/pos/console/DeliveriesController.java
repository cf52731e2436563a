package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import mx.refahub.domain.erp.DeliveryDesk;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportWays;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What goes to an ERP that is spoken to: what waits, what it refused and why, what it has. */
@RestController
final class DeliveriesController {
    private static final int MOST = 200;

    private final DeliveryDesk deliveries;
    private final ErpCodes codes;
    private final ExportWays ways;

    DeliveriesController(DeliveryDesk deliveries, ErpCodes codes, ExportWays ways) {
        this.deliveries = deliveries;
        this.codes = codes;
        this.ways = ways;
    }

    record Deliveries(
            long waiting, long delivered, long refused, Amount waitingAmount, Amount refusedAmount, List<Row> rows) {}

    record Row(
            String reference,
            LocalDate day,
            String branch,
            Amount amount,
            String state,
            @Nullable String outsideId,
            String reason,
            int tries,
            @Nullable Instant nextTry,
            @Nullable Instant settledAt) {
        static Row of(DeliveryDesk.Row row) {
            boolean waits = row.state() == DeliveryDesk.State.WAITING;
            return new Row(
                    row.reference(),
                    row.day(),
                    row.branch(),
                    Amount.of(row.amount()),
                    row.state().name().toLowerCase(Locale.ROOT),
                    row.outsideId(),
                    (row.code() + " " + row.reason()).strip(),
                    row.tries(),
                    waits ? row.nextTry() : null,
                    row.settledAt());
        }
    }

    @GetMapping("/console/api/accounting/{target}/deliveries")
    Deliveries deliveries(
            @PathVariable String target, @RequestParam(defaultValue = "REFUSED") DeliveryDesk.State state) {
        ErpTarget found = target(target);
        return shown(found, state);
    }

    private Deliveries shown(ErpTarget target, DeliveryDesk.State state) {
        ErpDeliveries.Standing standing = deliveries.standing(target);
        return new Deliveries(
                standing.waiting(),
                standing.delivered(),
                standing.refused(),
                Amount.of(standing.waitingAmount()),
                Amount.of(standing.refusedAmount()),
                deliveries.rows(target, state, MOST).stream().map(Row::of).toList());
    }

    private static ErpTarget target(String name) {
        return target(name, ErpTarget::isSpoken);
    }

    /** One that is given files may take documents too. */
    private static ErpTarget ofDocuments(String name) {
        return target(name, ErpTarget::takesDocuments);
    }

    private static ErpTarget target(String name, Predicate<ErpTarget> which) {
        return Arrays.stream(ErpTarget.values())
                .filter(each ->
                        which.test(each) && each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("target-unknown"));
    }

    record Codes(@NotNull @Size(max = 5_000) List<@Valid Code> codes) {}

    /** @param ours empty where there is one only @param theirs empty: not told */
    record Code(
            @NotNull @Size(max = 30) String kind,
            @NotNull @Size(max = 100) String ours,
            @NotNull @Size(max = 1_000) String theirs) {}

    @GetMapping("/console/api/accounting/{target}/codes")
    Codes codes(@PathVariable String target) {
        return shown(codes.codes(ofDocuments(target)));
    }

    private static Codes shown(List<ErpCode> codes) {
        return new Codes(codes.stream()
                .map(each -> new Code(each.kind().name(), each.ours(), each.theirs()))
                .toList());
    }

    @PutMapping("/console/api/accounting/{target}/codes")
    Codes put(@PathVariable String target, @RequestBody @Valid Codes sent, @AuthenticationPrincipal Person person) {
        List<ErpCode> codes = new ArrayList<>();
        for (Code each : sent.codes()) {
            if (each.theirs().length() > ErpCode.LONGEST) throw ActRefused.of("erp-code-invalid", each.theirs());
            codes.add(new ErpCode(
                    Arrays.stream(ErpCode.Kind.values())
                            .filter(kind -> kind.name().equals(each.kind()))
                            .findFirst()
                            .orElseThrow(() -> ActRefused.of("erp-code-strange", each.kind())),
                    each.ours(),
                    each.theirs()));
        }
        return shown(ActRefused.unlessDone(this.codes.put(ofDocuments(target), codes, person)));
    }

    /** @param spans by subject, oldest first; none: entries */
    record Ways(List<Span> spans) {
        static Ways of(List<ExportWays.Span> spans) {
            return new Ways(spans.stream()
                    .map(each -> new Span(
                            each.subject().name().toLowerCase(Locale.ROOT),
                            each.way().name().toLowerCase(Locale.ROOT),
                            each.from(),
                            each.setBy(),
                            each.setAt()))
                    .toList());
        }
    }

    record Span(String subject, String way, LocalDate from, String setBy, Instant setAt) {}

    record NewWay(
            @NotNull ExportWays.Subject subject,
            @NotNull ExportWays.Way way,
            @NotNull LocalDate from) {}

    @GetMapping("/console/api/accounting/{target}/way")
    Ways ways(@PathVariable String target) {
        return Ways.of(ways.of(ofDocuments(target)));
    }

    @PutMapping("/console/api/accounting/{target}/way")
    Ways put(@PathVariable String target, @RequestBody @Valid NewWay sent, @AuthenticationPrincipal Person person) {
        return Ways.of(
                ActRefused.unlessDone(ways.set(ofDocuments(target), sent.subject(), sent.way(), sent.from(), person)));
    }

    /** @param reference null: all that were refused */
    record Again(@Nullable String reference) {}

    @PostMapping("/console/api/accounting/{target}/deliveries/again")
    Deliveries again(@PathVariable String target, @RequestBody Again sent, @AuthenticationPrincipal Person person) {
        ErpTarget found = target(target);
        ActRefused.unlessDone(deliveries.again(found, sent.reference(), person));
        return shown(found, DeliveryDesk.State.WAITING);
    }
}
