package mx.refahub.pos.console;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.CompanyStock;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stock of all branches, what moved it, and what is between them. */
@RestController
final class StockController {
    private static final int MOST_TRANSIT = 500;

    private final CompanyStock stock;
    private final Messages messages;

    StockController(CompanyStock stock, Messages messages) {
        this.stock = stock;
        this.messages = messages;
    }

    record Bin(String bin, Count quantity) {}

    record AtBranch(
            UUID store,
            String code,
            String name,
            Count onHand,
            Amount value,
            @Nullable Amount lastCost,
            Instant asOf,
            List<Bin> bins) {}

    record ByBranch(List<AtBranch> branches, Count total, Amount value) {}

    @GetMapping("/console/api/stock/{part}")
    ByBranch byBranch(@PathVariable UUID part) {
        List<CompanyStock.AtBranch> at = stock.of(new PartId(part));
        return new ByBranch(
                at.stream()
                        .map(each -> {
                            Long last = each.lastCost();
                            return new AtBranch(
                                    each.store().value(),
                                    each.code(),
                                    each.name(),
                                    Count.of(each.onHand()),
                                    Amount.of(Money.mxn(each.value())),
                                    last == null ? null : Amount.of(Money.mxn(last)),
                                    each.asOf(),
                                    each.bins().stream()
                                            .map(bin -> new Bin(bin.bin(), Count.of(bin.quantity())))
                                            .toList());
                        })
                        .toList(),
                Count.of(new Quantity(at.stream()
                        .mapToLong(each -> each.onHand().thousandths())
                        .sum())),
                Amount.of(Money.mxn(
                        at.stream().mapToLong(CompanyStock.AtBranch::value).sum())));
    }

    record Movement(
            UUID id,
            Instant at,
            String kindText,
            String number,
            String byName,
            String bin,
            Count quantity,
            Count after,
            Amount value) {}

    record Movements(List<Movement> movements) {}

    @GetMapping("/console/api/stock/{part}/movements")
    Movements movements(
            @PathVariable UUID part,
            @RequestParam UUID store,
            @RequestParam(defaultValue = "200") @Min(1) @Max(1000) int limit,
            Locale locale) {
        return new Movements(stock.kardex(new PartId(part), new StoreId(store), limit).stream()
                .map(entry -> new Movement(
                        entry.id(),
                        entry.at(),
                        messages.text(locale, "stock.kind." + entry.kind(), List.of()),
                        entry.number(),
                        entry.byName(),
                        entry.bin(),
                        Count.of(entry.quantity()),
                        Count.of(entry.after()),
                        Amount.of(Money.mxn(entry.value()))))
                .toList());
    }

    record Transit(
            String number,
            @Nullable String from,
            @Nullable String to,
            @Nullable Instant sentAt,
            UUID part,
            String lineCode,
            String partNumber,
            Count sent,
            Count quantity,
            Amount value) {}

    record Transits(List<Transit> transfers) {}

    @GetMapping("/console/api/transfers")
    Transits transfers() {
        return new Transits(stock.transit(MOST_TRANSIT).stream()
                .map(one -> new Transit(
                        one.number(),
                        one.from(),
                        one.to(),
                        one.sentAt(),
                        one.part(),
                        one.lineCode(),
                        one.partNumber(),
                        Count.of(one.sent()),
                        Count.of(one.quantity()),
                        Amount.of(Money.mxn(one.value()))))
                .toList());
    }
}
