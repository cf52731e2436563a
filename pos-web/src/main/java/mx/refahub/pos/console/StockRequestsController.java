package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockRequests;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What should move from branch to branch, what was asked for, and what was sold and is not there. */
@RestController
final class StockRequestsController {
    private static final int MOST = 300;

    private final StockRequests requests;

    StockRequestsController(StockRequests requests) {
        this.requests = requests;
    }

    record Branch(UUID id, String code) {
        static Branch of(StockRequests.Branch branch) {
            return new Branch(branch.id(), branch.code());
        }
    }

    record Part(UUID part, String lineCode, String partNumber, String name) {
        static Part of(StockRequests.Named named) {
            return new Part(named.part(), named.lineCode(), named.partNumber(), named.name());
        }
    }

    record Proposal(Branch from, Branch to, Part part, Count quantity, Count spare, Count onHand, boolean asked) {}

    record Proposals(List<Proposal> proposals) {}

    @GetMapping("/console/api/stock-proposals")
    Proposals proposals() {
        return new Proposals(requests.proposals(MOST).stream()
                .map(one -> new Proposal(
                        Branch.of(one.from()),
                        Branch.of(one.to()),
                        Part.of(one.part()),
                        Count.of(one.quantity()),
                        Count.of(one.spare()),
                        Count.of(one.onHand()),
                        one.asked()))
                .toList());
    }

    record Source(Branch branch, Count free, Instant asOf) {}

    record Case(
            @Nullable UUID id,
            String trouble,
            Branch store,
            @Nullable Branch other,
            Part part,
            Count quantity,
            String forWhom,
            String why,
            Instant since,
            Count onOrder,
            List<Source> from) {}

    record Cases(List<Case> cases) {}

    @GetMapping("/console/api/stock-cases")
    Cases cases() {
        return new Cases(
                requests.cases(MOST).stream().map(StockRequestsController::view).toList());
    }

    private static Case view(StockRequests.Case one) {
        StockRequests.Branch other = one.other();
        return new Case(
                one.id(),
                one.trouble().name(),
                Branch.of(one.store()),
                other == null ? null : Branch.of(other),
                Part.of(one.part()),
                Count.of(one.quantity()),
                one.forWhom(),
                one.why(),
                one.since(),
                Count.of(one.onOrder()),
                one.from().stream()
                        .map(source -> new Source(Branch.of(source.branch()), Count.of(source.free()), source.asOf()))
                        .toList());
    }

    record Lease(
            UUID id,
            Branch asker,
            Branch giver,
            Part part,
            Count quantity,
            @Nullable Count reserved,
            String state,
            String forWhom,
            String askedBy,
            boolean byHub,
            Instant askedAt,
            Instant expiresAt) {}

    record Leases(List<Lease> leases) {}

    @GetMapping("/console/api/stock-requests")
    Leases leases() {
        return new Leases(requests.leases(MOST).stream()
                .map(one -> {
                    Quantity reserved = one.reserved();
                    return new Lease(
                            one.id(),
                            Branch.of(one.asker()),
                            Branch.of(one.giver()),
                            Part.of(one.part()),
                            Count.of(one.quantity()),
                            reserved == null ? null : Count.of(reserved),
                            one.state().name(),
                            one.forWhom(),
                            one.askedBy(),
                            one.byHub(),
                            one.askedAt(),
                            one.expiresAt());
                })
                .toList());
    }

    /** @param quantity as typed */
    record Asked(
            @NotNull UUID act,
            @NotNull UUID from,
            @NotNull UUID to,
            @NotNull UUID part,
            @NotNull @Size(max = 20) String quantity) {}

    record Kept(UUID id) {}

    @PostMapping("/console/api/stock-requests")
    Kept request(@RequestBody @Valid Asked asked, @AuthenticationPrincipal Person who) {
        String typed = asked.quantity().strip();
        if (!typed.matches("\\d{1,7}([.]\\d{1,3})?")) throw ActRefused.of("stock-quantity-text", typed);
        return new Kept(ActRefused.unlessDone(requests.request(
                new StockRequests.Request(
                        asked.act(),
                        asked.from(),
                        asked.to(),
                        new PartId(asked.part()),
                        Quantity.of(new BigDecimal(typed))),
                who)));
    }

    record Why(@Size(max = 120) @Nullable String why) {}

    @PostMapping("/console/api/stock-requests/{id}/withdraw")
    Kept withdraw(@PathVariable UUID id, @RequestBody @Valid Why why, @AuthenticationPrincipal Person who) {
        String text = why.why();
        return new Kept(ActRefused.unlessDone(requests.withdraw(id, text == null ? "" : text, who)));
    }
}
