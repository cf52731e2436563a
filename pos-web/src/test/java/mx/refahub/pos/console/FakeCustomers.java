package mx.refahub.pos.console;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerBoard;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;

/** One customer who owes one ticket. */
final class FakeCustomers implements CustomerBoard {
    static final UUID TALLER = new UUID(7, 7);
    private final Clock clock;
    private final List<LineSet> lines = new ArrayList<>();

    FakeCustomers(Clock clock) {
        this.clock = clock;
    }

    private Row row() {
        return new Row(
                new Customer(TALLER, Map.of(CustomerField.NAME, "=Taller Núñez", CustomerField.PHONE, "2225550147")),
                Money.mxn(48_900),
                Money.mxn(0),
                lines.isEmpty() ? null : lines.getLast().line());
    }

    @Override
    public synchronized List<Row> list(Filter filter, int limit) {
        return filter.standing() == Standing.HELD ? List.of() : List.of(row());
    }

    @Override
    public synchronized Optional<Sheet> one(UUID customer) {
        if (!customer.equals(TALLER)) return Optional.empty();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Account.Open> open = List.of(new Account.Open(
                new UUID(1, 1), "C1-000004", "CEN", today, today.plusDays(30), Money.mxn(48_900), Money.mxn(48_900)));
        return Optional.of(new Sheet(
                row(),
                Account.ageing(open, Money.mxn(48_900), today),
                today,
                open,
                List.of(entry(today)),
                List.of(),
                lines.reversed()));
    }

    private Entry entry(LocalDate today) {
        return new Entry(
                new UUID(1, 1),
                Account.Kind.CHARGE,
                "CEN",
                Money.mxn(48_900),
                clock.instant(),
                today,
                today.plusDays(30),
                "C1-000004",
                "",
                false,
                "Marta");
    }

    @Override
    public synchronized Outcome<Sheet> setLine(UUID customer, NewLine line, Person by) {
        if (!customer.equals(TALLER)) return Outcome.refused("customer-unknown");
        if (line.limit() < 0) return Outcome.refused("credit-limit");
        lines.add(new LineSet(
                new CreditLine(
                        customer,
                        Money.mxn(line.limit()),
                        line.days(),
                        line.held(),
                        Money.mxn(line.branchLimit()),
                        clock.instant()),
                line.reason(),
                by.name()));
        return Outcome.done(one(customer).orElseThrow());
    }

    @Override
    public Outcome<Customer> statement(UUID customer, Consumer<Entry> taker) {
        taker.accept(entry(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        return Outcome.done(row().customer());
    }
}
