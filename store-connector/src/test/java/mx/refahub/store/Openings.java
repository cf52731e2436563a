package mx.refahub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** A drawer that only remembers why it was asked to open. */
public final class Openings implements CashDrawer {
    public final List<Reason> reasons = new ArrayList<>();

    @Override
    public void byRule(RegisterId register, Reason reason, String cause, Person who) {
        reasons.add(reason);
    }

    @Override
    public Outcome<Opening> byHand(UUID act, RegisterId register, String why, Person who) {
        return Outcome.refused("drawer-missing");
    }

    @Override
    public List<Opening> latest(RegisterId register, int limit) {
        return List.of();
    }
}
