package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the shelf has to say of a ticket in hand: what of it other branches promise, and for those who may see costs what it leaves. */
@RestController
@Tag(name = "leases")
class TicketShelfApi {
    private final Till till;
    private final StockDesk desk;
    private final StockLeases leases;
    private final PartCatalogue catalogue;

    TicketShelfApi(Till till, StockDesk desk, StockLeases leases, PartCatalogue catalogue) {
        this.till = till;
        this.desk = desk;
        this.leases = leases;
        this.catalogue = catalogue;
    }

    /**
     * At the average cost of now, before tax.
     *
     * @param percent of what is sold, one decimal; null where nothing is
     */
    record Margin(Amount cost, Amount amount, @Nullable String percent) {
        static Margin of(long cost, long net) {
            return new Margin(
                    Amount.of(Money.mxn(cost)),
                    Amount.of(Money.mxn(net - cost)),
                    net == 0
                            ? null
                            : BigDecimal.valueOf(net - cost)
                                    .movePointRight(2)
                                    .divide(BigDecimal.valueOf(net), 1, RoundingMode.HALF_UP)
                                    .toPlainString());
        }
    }

    /** @param margin null for whom costs are not shown, and where no cost is known */
    record Line(UUID line, @Nullable Margin margin, List<LeasesApi.LeaseView> leases) {}

    /** @param margin of the lines whose cost is known; {@code unknown} says how many are not */
    record Beside(List<Line> lines, @Nullable Margin margin, int unknown) {}

    @GetMapping("/pos/api/inventory/tickets/{id}")
    @Operation(summary = "What other branches promise for a ticket's lines, and its margin for those who may see costs")
    Beside beside(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        Ticket ticket = ActRefused.unlessDone(till.ticket(id));
        boolean costs = StockApi.maySeeCosts(who);
        Map<UUID, List<LeasesApi.LeaseView>> promised = promised(id, locale);
        Map<PartId, StockDesk.Standing> standing = costs
                ? desk.standing(ticket.lines().stream()
                        .map(line -> line.part().id())
                        .distinct()
                        .toList())
                : Map.of();
        List<Line> lines = new ArrayList<>();
        long cost = 0;
        long net = 0;
        int known = 0;
        int unknown = 0;
        for (TicketLine line : ticket.lines()) {
            Margin margin = null;
            if (costs && line.kind() == SaleLine.Kind.PART) {
                StockDesk.Standing here = standing.get(line.part().id());
                Holding holding = here == null ? Holding.NOTHING : here.holding();
                long paid = holding.worth(line.quantity().thousandths());
                long sold = line.amounts().base().minor();
                if (paid > 0) {
                    margin = Margin.of(paid, sold);
                    cost += paid;
                    net += sold;
                    known++;
                } else {
                    unknown++;
                }
            }
            lines.add(new Line(line.id(), margin, promised.getOrDefault(line.id(), List.of())));
        }
        return new Beside(lines, known > 0 ? Margin.of(cost, net) : null, unknown);
    }

    private Map<UUID, List<LeasesApi.LeaseView>> promised(UUID ticket, Locale locale) {
        List<StockLeases.Lease> found = leases.ofTicket(ticket);
        if (found.isEmpty()) return Map.of();
        Map<PartId, PartCard> cards = catalogue.cards(
                found.stream().map(StockLeases.Lease::part).distinct().toList());
        Map<UUID, List<LeasesApi.LeaseView>> byLine = new HashMap<>();
        for (StockLeases.Lease lease : found) {
            UUID line = lease.line();
            if (line != null && lease.state() != StockLeases.State.WITHDRAWN)
                byLine.computeIfAbsent(line, unused -> new ArrayList<>())
                        .add(LeasesApi.LeaseView.of(lease, cards, locale));
        }
        return byLine;
    }
}
