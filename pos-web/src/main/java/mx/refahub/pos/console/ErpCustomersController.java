package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.erp.ErpCustomers;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Customers that an ERP tells of, to be taken over field by field or left. */
@RestController
final class ErpCustomersController {
    private static final int MOST = 200;

    private final ErpCustomers customers;

    ErpCustomersController(ErpCustomers customers) {
        this.customers = customers;
    }

    record Proposals(List<Row> rows) {}

    /** @param customer ours; null: it would be new */
    record Row(
            String code,
            String name,
            String rfc,
            @Nullable UUID customer,
            String customerName,
            boolean several,
            List<Field> fields,
            Instant heardAt) {}

    record Field(CustomerField field, String before, String after) {}

    @GetMapping("/console/api/accounting/{target}/customers")
    Proposals customers(@PathVariable String target) {
        return shown(target(target));
    }

    private Proposals shown(ErpTarget target) {
        return new Proposals(customers.proposals(target, MOST).stream()
                .map(each -> new Row(
                        each.code(),
                        each.name(),
                        each.rfc(),
                        each.customer(),
                        each.customerName(),
                        each.several(),
                        each.fields().entrySet().stream()
                                .map(field -> new Field(
                                        field.getKey(),
                                        field.getValue().before(),
                                        field.getValue().after()))
                                .sorted(Comparator.comparing(Field::field))
                                .toList(),
                        each.heardAt()))
                .toList());
    }

    record Take(@NotNull String code, @NotNull Set<CustomerField> fields) {}

    @PostMapping("/console/api/accounting/{target}/customers/take")
    Proposals take(@PathVariable String target, @RequestBody @Valid Take sent, @AuthenticationPrincipal Person person) {
        ErpTarget found = target(target);
        ActRefused.unlessDone(customers.take(found, sent.code(), sent.fields(), person));
        return shown(found);
    }

    record Leave(@NotNull String code) {}

    @PostMapping("/console/api/accounting/{target}/customers/leave")
    Proposals leave(
            @PathVariable String target, @RequestBody @Valid Leave sent, @AuthenticationPrincipal Person person) {
        ErpTarget found = target(target);
        ActRefused.unlessDone(customers.leave(found, sent.code(), person));
        return shown(found);
    }

    private static ErpTarget target(String name) {
        return Arrays.stream(ErpTarget.values())
                .filter(each ->
                        each.isSpoken() && each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("target-unknown"));
    }
}
