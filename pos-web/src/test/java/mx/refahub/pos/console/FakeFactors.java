package mx.refahub.pos.console;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.SecondFactors;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;

/** Second factors in memory, whose code is always {@code 123456}. */
final class FakeFactors implements SecondFactors {
    static final String CODE = "123456";
    private final Set<UserId> on = new HashSet<>();

    @Override
    public State state(Person who) {
        return on.contains(who.id()) ? new State(true, 10) : new State(false, 0);
    }

    @Override
    public Outcome<Enrolment> begin(Person who) {
        return on.contains(who.id())
                ? Outcome.refused("second-factor-on")
                : Outcome.done(new Enrolment("GEZDGNBVGY3TQOJQ", "otpauth://totp/RefaHub:" + who.id()));
    }

    @Override
    public Outcome<List<String>> confirm(Person who, String code) {
        if (!code.equals(CODE)) return Outcome.refused("second-factor-wrong");
        on.add(who.id());
        return Outcome.done(List.of("7K3M-9QXA"));
    }

    @Override
    public Outcome<State> takeOff(Person who, String code) {
        if (!code.equals(CODE)) return Outcome.refused("second-factor-wrong");
        return on.remove(who.id()) ? Outcome.done(state(who)) : Outcome.refused("second-factor-off");
    }

    @Override
    public Outcome<State> reset(String user, Person by) {
        return Outcome.refused("user-unknown", user);
    }
}
