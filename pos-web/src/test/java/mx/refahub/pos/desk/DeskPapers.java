package mx.refahub.pos.desk;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.DayPapers;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;

/** A day without cards and without a bank. */
final class DeskPapers implements DayPapers {
    @Override
    public Outcome<Deposit> deposit(UUID id, String bank, String account, List<CashCount.Pieces> pieces, Person who) {
        return Outcome.refused("deposit-empty");
    }

    @Override
    public List<Deposit> deposits(LocalDate day) {
        return List.of();
    }

    @Override
    public Outcome<Deposit> printAgain(UUID id, Person who) {
        return Outcome.refused("deposit-unknown");
    }

    @Override
    public Outcome<Batch> batch(LocalDate day) {
        return Outcome.done(new Batch(day, Money.mxn(0), Money.mxn(0), List.of()));
    }
}
