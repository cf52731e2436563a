package mx.refahub.domain.cash;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** Opens drawers. Implemented by the store connector; works with no network. */
public interface CashDesk {
    List<Register> registers();

    /** @param session the open cash session, if any */
    record Register(RegisterId id, String name, String prefix, Optional<CashSession> session) {}

    /**
     * Opens the register's drawer. If it is open already, the open session is the answer: a repeated call changes nothing.
     *
     * @param id minted by the screen for this opening; the same id again answers with the same session
     */
    Outcome<CashSession> open(UUID id, RegisterId register, Money openingFloat, Person who);
}
