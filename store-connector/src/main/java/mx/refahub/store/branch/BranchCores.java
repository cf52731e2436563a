package mx.refahub.store.branch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.wire.SettingsRow;
import org.jspecify.annotations.Nullable;

/**
 * The company's terms for old pieces.
 *
 * @param taxed whether a deposit is taxed like its part
 * @param days in which an old piece comes back; null for ever
 * @param limit pieces that a customer may owe; null for any number
 */
public record BranchCores(
        boolean taxed, @Nullable Integer days, @Nullable Long limit, Map<UUID, Long> customers) {
    public static final BranchCores PLAIN = new BranchCores(false, null, null, Map.of());

    public BranchCores {
        customers = Map.copyOf(customers);
    }

    public Optional<Long> limitOf(UUID customer) {
        Long own = customers.get(customer);
        return Optional.ofNullable(own == null ? limit : own);
    }

    static BranchCores of(SettingsRow.@Nullable CoresRow row) {
        if (row == null) return PLAIN;
        List<SettingsRow.CoreLimitRow> limits = row.customers();
        return new BranchCores(
                Boolean.TRUE.equals(row.taxed()),
                row.days(),
                row.limit(),
                limits == null
                        ? Map.of()
                        : limits.stream()
                                .collect(Collectors.toMap(
                                        SettingsRow.CoreLimitRow::customer,
                                        SettingsRow.CoreLimitRow::pieces,
                                        (one, other) -> one)));
    }
}
