package mx.refahub.pos.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.customer.Customers;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** Customers in memory; nobody owes anything. */
final class DeskCustomers implements Customers, Accounts {
    private final Map<UUID, Customer> known = new LinkedHashMap<>();

    @Override
    public synchronized List<Customer> search(String text, int limit) {
        List<String> words = Customer.words(text);
        return known.values().stream()
                .filter(one -> !words.isEmpty()
                        && words.stream().allMatch(word -> one.words().stream().anyMatch(w -> w.startsWith(word))))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Outcome<Customer> customer(UUID id) {
        Customer one = known.get(id);
        return one == null ? Outcome.refused("customer-unknown") : Outcome.done(one);
    }

    @Override
    public synchronized Outcome<Customer> make(UUID id, Map<CustomerField, String> fields, Person who) {
        Map<CustomerField, String> all = new EnumMap<>(CustomerField.class);
        all.put(CustomerField.NAME, "");
        all.putAll(fields);
        return Customer.typed(all)
                .fold(
                        typed -> Outcome.done(known.computeIfAbsent(id, key -> new Customer(key, typed))),
                        no -> Outcome.refused(no.code(), no.arguments().toArray(String[]::new)));
    }

    @Override
    public synchronized Outcome<Customer> mend(UUID act, UUID customer, Map<CustomerField, String> fields, Person who) {
        Customer present = known.get(customer);
        if (present == null) return Outcome.refused("customer-unknown");
        return Customer.typed(fields)
                .fold(
                        typed -> {
                            known.put(customer, present.with(typed));
                            return Outcome.done(present.with(typed));
                        },
                        no -> Outcome.refused(no.code(), no.arguments().toArray(String[]::new)));
    }

    @Override
    public Outcome<Account> account(UUID customer) {
        return customer(customer)
                .fold(
                        one -> Outcome.done(new Account(
                                one, null, Money.mxn(0), Money.mxn(0), Money.mxn(0), null, List.of(), List.of())),
                        no -> Outcome.refused(no.code()));
    }

    @Override
    public Outcome<Taken> take(UUID act, UUID customer, RegisterId register, Payment payment, Person who) {
        if (payment.tender() == Tender.Kind.ON_ACCOUNT) return Outcome.refused("account-tender");
        if (payment.amount().minor() <= 0) return Outcome.refused("account-amount");
        return customer(customer)
                .fold(
                        one -> Outcome.done(new Taken(
                                act,
                                customer,
                                "C1-A000001",
                                payment,
                                List.of(),
                                payment.amount(),
                                Money.mxn(0),
                                Instant.EPOCH,
                                LocalDate.EPOCH,
                                who.name())),
                        no -> Outcome.refused(no.code()));
    }

    @Override
    public Outcome<Account> bounce(UUID act, UUID payment, Money fee, String note, Person who) {
        return Outcome.refused("payment-unknown");
    }

    @Override
    public Outcome<Account> printStatement(UUID customer, RegisterId register, Person who) {
        return account(customer);
    }
}
