package mx.refahub.pos.console;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.StoreLives;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whether a store and the hub hold the same, which machine the store is, and the acts that settle either. */
@RestController
final class ReconciliationsController {
    private static final int RUNS = 30;
    private static final int DIFFERENCES = 200;

    private final Reconciliations reconciliations;
    private final StoreLives lives;

    ReconciliationsController(Reconciliations reconciliations, StoreLives lives) {
        this.reconciliations = reconciliations;
        this.lives = lives;
    }

    record Trust(
            List<Reconciliations.Run> runs,
            List<CellRow> cells,
            List<Reconciliations.Difference> differences,
            List<StoreLives.Life> lives,
            List<StoreLives.Claim> claims) {}

    /** @param storeSum money as text; empty for types without a figure */
    record CellRow(
            LocalDate day, String type, long storeCount, String storeSum, long hubCount, String hubSum, boolean equal) {
        static CellRow of(Reconciliations.CellRow row) {
            return new CellRow(
                    row.day(),
                    row.type(),
                    row.storeCount(),
                    money(row.storeSum()),
                    row.hubCount(),
                    money(row.hubSum()),
                    row.equal());
        }

        private static String money(long minor) {
            return minor == 0 ? "" : Money.mxn(minor).amount().toPlainString();
        }
    }

    record Settlement(@Nullable String reason) {}

    /** All that the page of a store shows; the cells are those of the newest run. */
    @GetMapping("/console/api/stores/{id}/trust")
    Trust trust(@PathVariable UUID id) {
        StoreId store = new StoreId(id);
        List<Reconciliations.Run> runs = reconciliations.runs(store, RUNS);
        return new Trust(
                runs,
                runs.isEmpty() ? List.of() : cells(runs.getFirst().id()),
                reconciliations.differences(store, DIFFERENCES),
                lives.lives(store),
                lives.claims(store));
    }

    @GetMapping("/console/api/reconciliations/{id}/cells")
    List<CellRow> cells(@PathVariable UUID id) {
        return reconciliations.cells(id).stream().map(CellRow::of).toList();
    }

    record Round(List<Reconciliations.InRound> stores) {}

    /** What came of each store in a run of the job that tells all to compare themselves. */
    @GetMapping("/console/api/runs/{id}/reconciled")
    Round round(@PathVariable long id) {
        return new Round(reconciliations.round(id));
    }

    @GetMapping("/console/api/differences/{id}")
    Reconciliations.Pair pair(@PathVariable UUID id) {
        return reconciliations.pair(id).orElseThrow(() -> ActRefused.of("difference-unknown"));
    }

    @PostMapping("/console/api/differences/{id}/settle")
    Reconciliations.Difference settle(
            @PathVariable UUID id, @RequestBody Settlement settlement, @AuthenticationPrincipal Person person) {
        String reason = settlement.reason();
        return ActRefused.unlessDone(reconciliations.settle(id, person, reason == null ? "" : reason));
    }

    @PostMapping("/console/api/stores/{id}/replacement")
    @ResponseStatus(HttpStatus.CREATED)
    ConsoleAccess.OneTimeCode replacement(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(lives.replacement(new StoreId(id), person));
    }

    @PostMapping("/console/api/stores/{id}/claims/{machine}/grant")
    StoreLives.Claim grant(
            @PathVariable UUID id, @PathVariable String machine, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(lives.grant(new StoreId(id), machine, person));
    }

    @PostMapping("/console/api/stores/{id}/claims/{machine}/discard")
    StoreLives.Claim discard(
            @PathVariable UUID id, @PathVariable String machine, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(lives.discard(new StoreId(id), machine, person));
    }
}
