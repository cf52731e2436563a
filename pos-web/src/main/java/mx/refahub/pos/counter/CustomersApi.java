package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.customer.Customers;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Customers: found by anything, made and mended with or without a network, put on a ticket. What is searched for stays out of addresses. */
@RestController
@Tag(name = "customers")
class CustomersApi {
    private static final int SHOWN = 12;

    private final Customers customers;
    private final Till till;

    CustomersApi(Customers customers, Till till) {
        this.customers = customers;
        this.till = till;
    }

    /** @param rfcFits false: the RFC may be mistyped; it is kept all the same */
    record CustomerView(UUID id, Map<String, String> fields, boolean rfcFits) {
        static CustomerView of(Customer customer) {
            Map<String, String> fields = new TreeMap<>();
            for (CustomerField field : CustomerField.values()) fields.put(field.name(), customer.text(field));
            return new CustomerView(customer.id(), fields, customer.rfcFits());
        }
    }

    record Found(List<CustomerView> customers) {}

    record Asked(@NotNull @Size(max = 200) String text) {}

    record Made(
            @NotNull UUID id, @NotNull @Size(max = 20) Map<CustomerField, @NotNull @Size(max = 4000) String> fields) {}

    record Mended(
            @NotNull UUID act, @NotNull @Size(max = 20) Map<CustomerField, @NotNull @Size(max = 4000) String> fields) {}

    /** @param customer null takes the customer off */
    record SoldTo(@Nullable UUID customer) {}

    @PostMapping("/pos/api/customers/search")
    @Operation(summary = "Customers by name, phone, RFC, plate or e-mail, as they are typed")
    Found search(@RequestBody @Valid Asked asked) {
        return new Found(customers.search(asked.text(), SHOWN).stream()
                .map(CustomerView::of)
                .toList());
    }

    @GetMapping("/pos/api/customers/{id}")
    @Operation(summary = "A customer")
    CustomerView customer(@PathVariable UUID id) {
        return CustomerView.of(ActRefused.unlessDone(customers.customer(id)));
    }

    @PostMapping("/pos/api/customers")
    @Operation(summary = "A new customer; the same id again is the same customer")
    CustomerView make(@RequestBody @Valid Made made, @AuthenticationPrincipal Person who) {
        return CustomerView.of(ActRefused.unlessDone(customers.make(made.id(), made.fields(), who)));
    }

    @PostMapping("/pos/api/customers/{id}/changes")
    @Operation(summary = "Mend some fields; the same act again changes nothing")
    CustomerView mend(@PathVariable UUID id, @RequestBody @Valid Mended mended, @AuthenticationPrincipal Person who) {
        return CustomerView.of(ActRefused.unlessDone(customers.mend(mended.act(), id, mended.fields(), who)));
    }

    @PutMapping("/pos/api/tickets/{id}/customer")
    @Operation(summary = "Sell the ticket in hand to a customer, or to nobody in particular")
    TicketView sellTo(
            @PathVariable UUID id,
            @RequestBody @Valid SoldTo soldTo,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(ActRefused.unlessDone(till.sellTo(id, soldTo.customer(), who)), locale);
    }
}
