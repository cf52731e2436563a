package mx.refahub.store.drawer;

import java.util.EnumSet;
import java.util.Set;
import mx.refahub.domain.device.CashDrawer.Reason;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.drawer.*}.
 *
 * @param opensFor what opens the drawer by itself
 */
public record DrawerSettings(
        @DefaultValue({"CASH_SALE", "CASH_REFUND", "PAID_IN", "PAID_OUT", "CASH_DROP", "SESSION_OPEN", "SESSION_CLOSE"})
        Set<Reason> opensFor) {
    public DrawerSettings {
        EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
        reasons.addAll(opensFor);
        if (reasons.contains(Reason.BY_HAND) || reasons.contains(Reason.TEST))
            throw new IllegalArgumentException(
                    "refahub.store.drawer.opens-for names BY_HAND or TEST, which are a person's doing and no rule");
        opensFor = Set.copyOf(reasons);
    }
}
