package mx.refahub.pos.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ReturnBoard;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.store.Person;

/** Policies in memory; nothing to look at. */
final class FakeReturns implements ReturnBoard {
    private final List<Rule> rules = new ArrayList<>();

    @Override
    public List<Rule> rules() {
        return List.copyOf(rules);
    }

    @Override
    public Outcome<List<Rule>> set(ReturnPolicy.Target target, String value, ReturnPolicy policy, Person who) {
        withdraw(target, value, who);
        rules.add(new Rule(target, value, value, policy, who.name(), Instant.EPOCH));
        return Outcome.done(rules());
    }

    @Override
    public List<Rule> withdraw(ReturnPolicy.Target target, String value, Person who) {
        rules.removeIf(rule -> rule.target() == target && rule.value().equals(value));
        return rules();
    }

    @Override
    public List<Case> cases(int limit) {
        return List.of();
    }

    @Override
    public List<Misfit> misfits(int limit) {
        return List.of();
    }
}
