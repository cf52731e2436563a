package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess.OneTimeCode;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;

/** People in memory, by the order of their hiring. */
final class FakeStaff implements Staff {
    private final Clock clock;
    private final List<Member> members = new ArrayList<>();

    FakeStaff(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Member> all() {
        return List.copyOf(members);
    }

    @Override
    public Outcome<Hired> hire(Hiring hiring, Person by) {
        if (members.stream().anyMatch(member -> member.user().equals(hiring.user())))
            return Outcome.refused("user-exists", hiring.user());
        Member member = new Member(
                new UserId(UUID.nameUUIDFromBytes(hiring.user().getBytes())),
                hiring.user(),
                hiring.name(),
                hiring.role(),
                hiring.store(),
                hiring.store() == null ? null : "Sucursal Centro",
                hiring.discountLimit(),
                false,
                false,
                clock.instant(),
                null);
        members.add(member);
        return Outcome.done(
                new Hired(member, new OneTimeCode("CODE-1", clock.instant().plus(Duration.ofMinutes(15)))));
    }

    @Override
    public Outcome<Member> change(UserId id, Change change, Person by) {
        return Outcome.refused("user-unknown", id.toString());
    }

    @Override
    public Outcome<Member> remove(UserId id, Person by) {
        return Outcome.refused("user-unknown", id.toString());
    }

    @Override
    public Outcome<Member> bringBack(UserId id, Person by) {
        return Outcome.refused("user-unknown", id.toString());
    }
}
