package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.hub.ReturnBoard;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** How parts may come back, and what came back that somebody should look at. */
@RestController
final class ReturnsController {
    private static final int SHOWN = 200;

    private final ReturnBoard board;

    ReturnsController(ReturnBoard board) {
        this.board = board;
    }

    record RuleView(
            ReturnPolicy.Target target,
            String value,
            String name,
            boolean returnable,
            @Nullable Integer days,
            String fee,
            boolean inspect,
            String by,
            Instant at) {
        static RuleView of(ReturnBoard.Rule rule) {
            ReturnPolicy policy = rule.policy();
            return new RuleView(
                    rule.target(),
                    rule.value(),
                    rule.name(),
                    policy.returnable(),
                    policy.days(),
                    policy.feeText(),
                    policy.inspect(),
                    rule.by(),
                    rule.at());
        }
    }

    record Rules(List<RuleView> rules) {
        static Rules of(List<ReturnBoard.Rule> rules) {
            return new Rules(rules.stream().map(RuleView::of).toList());
        }
    }

    record CaseView(
            UUID line,
            ReturnBoard.About about,
            String store,
            String folio,
            Instant at,
            String part,
            String description,
            String quantity,
            String amount,
            String of,
            String by,
            String reason,
            String waived) {}

    record MisfitView(
            UUID part, String number, String name, String vehicle, long times, Instant last, boolean covered) {}

    record Standing(List<CaseView> cases, List<MisfitView> misfits) {}

    /** @param fee percent, two decimals at most */
    record NewRule(
            @NotNull ReturnPolicy.Target target,
            @NotNull @Size(max = 400) String value,
            boolean returnable,
            @Min(0) @Max(ReturnPolicy.MOST_DAYS) @Nullable Integer days,

            @NotNull @DecimalMin("0") @DecimalMax("100") @Digits(integer = 3, fraction = 2)
            BigDecimal fee,

            boolean inspect) {}

    record OldRule(
            @NotNull ReturnPolicy.Target target,
            @NotNull @Size(max = 400) String value) {}

    @GetMapping("/console/api/returns")
    Standing standing() {
        return new Standing(
                board.cases(SHOWN).stream()
                        .map(one -> new CaseView(
                                one.line(),
                                one.about(),
                                one.store(),
                                one.folio(),
                                one.at(),
                                one.part(),
                                one.description(),
                                one.quantity().text(),
                                one.amount().text(),
                                one.of(),
                                one.by(),
                                one.reason(),
                                one.waived()))
                        .toList(),
                board.misfits(SHOWN).stream()
                        .map(one -> new MisfitView(
                                one.part(),
                                one.number(),
                                one.name(),
                                (one.vehicle().make() + " " + one.vehicle().model() + " "
                                                + (one.vehicle().year() == 0
                                                        ? ""
                                                        : one.vehicle().year() + " ")
                                                + one.vehicle().engine())
                                        .strip(),
                                one.times(),
                                one.last(),
                                one.covered()))
                        .toList());
    }

    @GetMapping("/console/api/returns/rules")
    Rules rules() {
        return Rules.of(board.rules());
    }

    @PutMapping("/console/api/returns/rules")
    Rules set(@RequestBody @Valid NewRule rule, @AuthenticationPrincipal Person who) {
        return Rules.of(ActRefused.unlessDone(board.set(
                rule.target(),
                rule.value(),
                new ReturnPolicy(
                        rule.returnable(),
                        rule.days(),
                        rule.fee().movePointRight(2).intValueExact(),
                        rule.inspect()),
                who)));
    }

    @PostMapping("/console/api/returns/rules/withdrawal")
    Rules withdraw(@RequestBody @Valid OldRule rule, @AuthenticationPrincipal Person who) {
        return Rules.of(board.withdraw(rule.target(), rule.value(), who));
    }
}
