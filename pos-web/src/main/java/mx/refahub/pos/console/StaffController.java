package mx.refahub.pos.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
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

/** Who works here, at the tills and at the console. */
@RestController
final class StaffController {
    private final Staff staff;

    StaffController(Staff staff) {
        this.staff = staff;
    }

    record Members(List<MemberView> members) {}

    record MemberView(
            UUID id,
            String user,
            String name,
            Role role,
            @Nullable UUID store,
            @Nullable String storeName,
            @Nullable BigDecimal discountLimit,
            boolean ready,
            boolean secondFactor,
            Instant createdAt,
            @Nullable Instant removedAt) {
        static MemberView of(Staff.Member member) {
            return new MemberView(
                    member.id().value(),
                    member.user(),
                    member.name(),
                    member.role(),
                    member.store() == null ? null : member.store().value(),
                    member.storeName(),
                    member.discountLimit(),
                    member.ready(),
                    member.secondFactor(),
                    member.createdAt(),
                    member.removedAt());
        }
    }

    /** @param code for the first sign-in; shown this once */
    record HiredView(MemberView member, ConsoleAccess.OneTimeCode code) {}

    record Hiring(
            @Nullable String user,
            @Nullable String name,
            @Nullable String role,
            @Nullable UUID store,
            @Nullable BigDecimal discountLimit) {}

    record Change(
            @Nullable String name,
            @Nullable String role,
            @Nullable BigDecimal discountLimit) {}

    @GetMapping("/console/api/staff")
    Members all() {
        return new Members(staff.all().stream().map(MemberView::of).toList());
    }

    @PostMapping("/console/api/staff")
    @ResponseStatus(HttpStatus.CREATED)
    HiredView hire(@RequestBody Hiring hiring, @AuthenticationPrincipal Person person) {
        Staff.Hired hired = ActRefused.unlessDone(staff.hire(
                new Staff.Hiring(
                        text(hiring.user()),
                        text(hiring.name()),
                        role(hiring.role()),
                        hiring.store() == null ? null : new StoreId(hiring.store()),
                        hiring.discountLimit()),
                person));
        return new HiredView(MemberView.of(hired.member()), hired.code());
    }

    @PostMapping("/console/api/staff/{id}")
    MemberView change(@PathVariable UUID id, @RequestBody Change change, @AuthenticationPrincipal Person person) {
        return MemberView.of(ActRefused.unlessDone(staff.change(
                new UserId(id),
                new Staff.Change(text(change.name()), role(change.role()), change.discountLimit()),
                person)));
    }

    @PostMapping("/console/api/staff/{id}/remove")
    MemberView remove(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return MemberView.of(ActRefused.unlessDone(staff.remove(new UserId(id), person)));
    }

    @PostMapping("/console/api/staff/{id}/bring-back")
    MemberView bringBack(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return MemberView.of(ActRefused.unlessDone(staff.bringBack(new UserId(id), person)));
    }

    private static Role role(@Nullable String name) {
        String wanted = text(name).toUpperCase(Locale.ROOT);
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("role-unknown", text(name)));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
