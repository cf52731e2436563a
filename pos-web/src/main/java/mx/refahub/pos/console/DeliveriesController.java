package mx.refahub.pos.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
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

    private final ErpDeliveries deliveries;
    private final ErpMasters masters;

    DeliveriesController(ErpDeliveries deliveries, ErpMasters masters) {
        this.deliveries = deliveries;
        this.masters = masters;
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
        static Row of(ErpDeliveries.Row row) {
            boolean waits = row.state() == ErpDeliveries.State.WAITING;
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
            @PathVariable String target, @RequestParam(defaultValue = "REFUSED") ErpDeliveries.State state) {
        ErpTarget found = target(target);
        return shown(found, state);
    }

    private Deliveries shown(ErpTarget target, ErpDeliveries.State state) {
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
        return Arrays.stream(ErpTarget.values())
                .filter(each ->
                        each.isSpoken() && each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("target-unknown"));
    }

    record Codes(List<Code> codes) {}

    /** @param ours empty where there is one only @param theirs empty: not told */
    record Code(String kind, String ours, String theirs) {}

    @GetMapping("/console/api/accounting/{target}/codes")
    Codes codes(@PathVariable String target) {
        return shown(masters.codes(target(target)));
    }

    private static Codes shown(List<ErpCode> codes) {
        return new Codes(codes.stream()
                .map(each -> new Code(each.kind().name(), each.ours(), each.theirs()))
                .toList());
    }

    @PutMapping("/console/api/accounting/{target}/codes")
    Codes put(@PathVariable String target, @RequestBody Codes sent, @AuthenticationPrincipal Person person) {
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
        return shown(ActRefused.unlessDone(masters.put(target(target), codes, person)));
    }

    /** @param reference null: all that were refused */
    record Again(@Nullable String reference) {}

    @PostMapping("/console/api/accounting/{target}/deliveries/again")
    Deliveries again(@PathVariable String target, @RequestBody Again sent, @AuthenticationPrincipal Person person) {
        ErpTarget found = target(target);
        ActRefused.unlessDone(deliveries.again(found, sent.reference(), person));
        return shown(found, ErpDeliveries.State.WAITING);
    }
}
