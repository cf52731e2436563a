package mx.refahub.pos.console;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.promise.PromiseBoard;

/** Nothing was promised. */
final class FakePromises implements PromiseBoard {
    @Override
    public Standing list(View view, String text, LocalDate today) {
        Money none = Money.mxn(0);
        return new Standing(none, List.of(none, none, none, none), List.of());
    }

    @Override
    public Optional<Sheet> sheet(UUID id, LocalDate today) {
        return Optional.empty();
    }
}
