package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.market.MarketDesk;
import mx.refahub.domain.market.MarketDesk.Ending;
import mx.refahub.domain.market.MarketDesk.ListingView;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Marketplaces: who lets us in, what goes there by which rules, what was sold and asked there; and the door for their notifications. */
@RestController
final class MarketplacesController {
    private static final String BASE = "/console/api/marketplaces";
    private static final int SHOWN = 500;
    private static final int LONGEST_NOTIFICATION = 64 * 1024;
    private static final int HUNDREDTHS = 2;

    private final MarketDesk desk;
    private final IdSource ids;

    MarketplacesController(MarketDesk desk, IdSource ids) {
        this.desk = desk;
        this.ids = ids;
    }

    record Account(
            UUID id,
            String name,
            String kind,
            String standing,
            String why,
            String seller,
            @Nullable Instant authorisedAt,
            String authorisedBy,
            boolean signsInHere,
            String hook,
            @Nullable Instant waitUntil,
            long standingListings,
            long waiting,
            long refused,
            long openOrders,
            long openQuestions) {
        static Account of(MarketDesk.Account one) {
            return new Account(
                    one.connection(),
                    one.name(),
                    one.kind(),
                    one.standing().name(),
                    one.why(),
                    one.seller(),
                    one.authorisedAt(),
                    one.authorisedBy(),
                    one.signsInHere(),
                    one.hook(),
                    one.waitUntil(),
                    one.standingListings(),
                    one.waiting(),
                    one.refused(),
                    one.openOrders(),
                    one.openQuestions());
        }
    }

    record Overview(List<Account> accounts, List<Parked> parked) {}

    record Parked(UUID connection, String subject, String id, String reason, Instant since) {}

    @GetMapping(BASE)
    Overview overview() {
        return new Overview(
                desk.accounts().stream().map(Account::of).toList(),
                desk.parked(SHOWN).stream()
                        .map(one -> new Parked(one.connection(), one.subject(), one.id(), one.reason(), one.since()))
                        .toList());
    }

    record Back(@NotNull URI back) {}

    record To(URI to) {}

    @PostMapping(BASE + "/{connection}/sign-in")
    To signIn(@PathVariable UUID connection, @RequestBody @Valid Back back, @AuthenticationPrincipal Person who) {
        return new To(ActRefused.unlessDone(desk.authorise(connection, back.back(), who)));
    }

    record Permit(
            @NotNull String state,
            @NotNull String code,
            @NotNull URI back) {}

    @PostMapping(BASE + "/sign-in")
    Overview signedIn(@RequestBody @Valid Permit permit, @AuthenticationPrincipal Person who) {
        ActRefused.unlessDone(desk.authorised(permit.state(), permit.code(), permit.back(), who));
        return overview();
    }

    /** @param percent as a person writes it, such as {@code 12.5} */
    record Rule(
            @Nullable UUID id,
            @NotNull String brand,
            @NotNull String category,
            @NotNull String priceFrom,
            @NotNull String priceTo,
            boolean withPicture,
            int leastStock,
            int safetyStock,
            @NotNull String level,
            @NotNull String percent,
            @NotNull Ending ending,
            @NotNull List<UUID> stores,
            @NotNull String outsideCategory) {
        static Rule of(MarketDesk.Rule one) {
            Money to = one.priceTo();
            return new Rule(
                    one.id(),
                    one.brand(),
                    one.category(),
                    one.priceFrom().isZero() ? "" : one.priceFrom().amount().toPlainString(),
                    to == null ? "" : to.amount().toPlainString(),
                    one.withPicture(),
                    one.leastStock(),
                    one.safetyStock(),
                    one.level(),
                    BigDecimal.valueOf(one.percent(), HUNDREDTHS)
                            .stripTrailingZeros()
                            .toPlainString(),
                    one.ending(),
                    one.stores(),
                    one.outsideCategory());
        }
    }

    @GetMapping(BASE + "/{connection}/rules")
    List<Rule> rules(@PathVariable UUID connection) {
        return desk.rules(connection).stream().map(Rule::of).toList();
    }

    record Rules(@NotNull @Valid List<Rule> rules) {}

    @PutMapping(BASE + "/{connection}/rules")
    List<Rule> rules(
            @PathVariable UUID connection, @RequestBody @Valid Rules rules, @AuthenticationPrincipal Person who) {
        List<MarketDesk.Rule> wanted = new ArrayList<>();
        for (Rule rule : rules.rules()) wanted.add(read(rule, wanted.size() + 1));
        return ActRefused.unlessDone(desk.rules(connection, wanted, who)).stream()
                .map(Rule::of)
                .toList();
    }

    private MarketDesk.Rule read(Rule rule, int place) {
        try {
            String to = rule.priceTo().strip();
            UUID id = rule.id();
            return new MarketDesk.Rule(
                    id == null ? ids.next() : id,
                    rule.brand(),
                    rule.category(),
                    pesos(rule.priceFrom()),
                    to.isEmpty() ? null : pesos(to),
                    rule.withPicture(),
                    rule.leastStock(),
                    rule.safetyStock(),
                    rule.level(),
                    hundredths(rule.percent()).intValueExact(),
                    rule.ending(),
                    rule.stores(),
                    rule.outsideCategory());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ActRefused(Refusal.of("market-rule-invalid", Integer.toString(place)));
        }
    }

    private static Money pesos(String typed) {
        return Money.mxn(hundredths(typed).longValueExact());
    }

    private static BigDecimal hundredths(String typed) {
        String text = typed.strip().replace(",", "");
        return (text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text))
                .movePointRight(HUNDREDTHS)
                .setScale(0, RoundingMode.UNNECESSARY);
    }

    record Listing(
            UUID id,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            String sku,
            String state,
            String outside,
            String address,
            String outsideState,
            @Nullable String sentPrice,
            @Nullable Long sentPieces,
            String price,
            long pieces,
            boolean paused,
            boolean excluded,
            String code,
            String reason,
            String note,
            Instant changedAt,
            int pictures,
            @Nullable Instant sentAt) {
        static Listing of(MarketDesk.Listing one) {
            Money sent = one.sentPrice();
            return new Listing(
                    one.id(),
                    one.part().value(),
                    one.lineCode(),
                    one.partNumber(),
                    one.name(),
                    one.sku(),
                    one.state(),
                    one.outside(),
                    one.address().startsWith("https://") ? one.address() : "",
                    one.outsideState(),
                    sent == null ? null : sent.text(),
                    one.sentPieces(),
                    one.price().text(),
                    one.pieces(),
                    one.paused(),
                    one.excluded(),
                    one.code(),
                    one.reason(),
                    one.note(),
                    one.changedAt(),
                    one.pictures(),
                    one.sentAt());
        }
    }

    @GetMapping(BASE + "/{connection}/listings")
    List<Listing> listings(
            @PathVariable UUID connection,
            @RequestParam(defaultValue = "ALL") ListingView view,
            @RequestParam(defaultValue = "") String q) {
        return desk.listings(connection, view, q, SHOWN).stream()
                .map(Listing::of)
                .toList();
    }

    record Done(String id) {}

    @PostMapping(BASE + "/listings/{listing}/again")
    Done again(@PathVariable UUID listing, @AuthenticationPrincipal Person who) {
        return new Done(ActRefused.unlessDone(desk.again(listing, who)).toString());
    }

    record Exclusion(boolean out, @NotNull String why) {}

    @PutMapping(BASE + "/{connection}/exclusions/{part}")
    Done exclude(
            @PathVariable UUID connection,
            @PathVariable UUID part,
            @RequestBody @Valid Exclusion exclusion,
            @AuthenticationPrincipal Person who) {
        return new Done(
                ActRefused.unlessDone(desk.exclude(connection, new PartId(part), exclusion.out(), exclusion.why(), who))
                        .toString());
    }

    record OrderLine(
            String sku, String title, boolean known, long pieces, String unitPrice, String fee, String lease) {}

    record Order(
            UUID id,
            String connection,
            String outside,
            String pack,
            String state,
            Instant createdAt,
            String buyer,
            String total,
            String branch,
            String ticket,
            String shipmentState,
            boolean byMarketplace,
            String carrier,
            String tracking,
            String deliverTo,
            String why,
            String trouble,
            boolean cancellable,
            List<OrderLine> lines) {
        static Order of(MarketDesk.SoldOrder one) {
            return new Order(
                    one.id(),
                    one.connectionName(),
                    one.outside(),
                    one.pack(),
                    one.state().name(),
                    one.createdAt(),
                    one.buyer(),
                    one.total().text(),
                    one.branch(),
                    one.ticket(),
                    one.shipmentState(),
                    one.byMarketplace(),
                    one.carrier(),
                    one.tracking(),
                    one.deliverTo(),
                    one.why(),
                    one.trouble(),
                    one.cancellable(),
                    one.lines().stream()
                            .map(line -> new OrderLine(
                                    line.sku(),
                                    line.title(),
                                    line.part() != null,
                                    line.pieces(),
                                    line.unitPrice().text(),
                                    line.fee().text(),
                                    line.lease()))
                            .toList());
        }
    }

    @GetMapping(BASE + "/orders")
    List<Order> orders(@RequestParam(defaultValue = "true") boolean open) {
        return desk.orders(open, SHOWN).stream().map(Order::of).toList();
    }

    record Ticket(UUID sale, String folio, Instant soldAt, String total) {}

    @GetMapping(BASE + "/orders/{order}/tickets")
    List<Ticket> tickets(@PathVariable UUID order) {
        return desk.tickets(order).stream()
                .map(one -> new Ticket(
                        one.sale(), one.folio(), one.soldAt(), one.total().text()))
                .toList();
    }

    record Sold(@NotNull UUID sale) {}

    @PostMapping(BASE + "/orders/{order}/sale")
    Done sold(@PathVariable UUID order, @RequestBody @Valid Sold sold, @AuthenticationPrincipal Person who) {
        return new Done(
                ActRefused.unlessDone(desk.sold(order, sold.sale(), who)).toString());
    }

    record Reservation(@Nullable UUID store) {}

    @PostMapping(BASE + "/orders/{order}/reservation")
    Done reserve(
            @PathVariable UUID order,
            @RequestBody @Valid Reservation reservation,
            @AuthenticationPrincipal Person who) {
        return new Done(ActRefused.unlessDone(desk.reserve(order, reservation.store(), who))
                .toString());
    }

    record Parcel(@NotNull String carrier, @NotNull String tracking) {}

    @PostMapping(BASE + "/orders/{order}/shipment")
    Done ship(@PathVariable UUID order, @RequestBody @Valid Parcel parcel, @AuthenticationPrincipal Person who) {
        return new Done(ActRefused.unlessDone(desk.ship(order, parcel.carrier(), parcel.tracking(), who))
                .toString());
    }

    record Why(@NotNull String why) {}

    @PostMapping(BASE + "/orders/{order}/cancellation")
    Done cancel(@PathVariable UUID order, @RequestBody @Valid Why why, @AuthenticationPrincipal Person who) {
        return new Done(
                ActRefused.unlessDone(desk.cancel(order, why.why(), who)).toString());
    }

    record Question(
            UUID connection,
            String connectionName,
            String id,
            String listing,
            String part,
            String text,
            Instant askedAt,
            String state,
            String reply,
            String repliedBy) {}

    @GetMapping(BASE + "/questions")
    List<Question> questions(@RequestParam(defaultValue = "true") boolean open) {
        return desk.questions(open, SHOWN).stream()
                .map(one -> new Question(
                        one.connection(),
                        one.connectionName(),
                        one.id(),
                        one.listing(),
                        one.part(),
                        one.text(),
                        one.askedAt(),
                        one.state().name(),
                        one.reply(),
                        one.repliedBy()))
                .toList();
    }

    record Reply(@NotNull String text) {}

    @PostMapping(BASE + "/{connection}/questions/{question}")
    Done reply(
            @PathVariable UUID connection,
            @PathVariable String question,
            @RequestBody @Valid Reply reply,
            @AuthenticationPrincipal Person who) {
        return new Done(ActRefused.unlessDone(desk.reply(connection, question, reply.text(), who)));
    }

    record Errand(
            @NotNull UUID connection,
            @NotNull String subject,
            @NotNull String id) {}

    @PostMapping(BASE + "/errands")
    Done retry(@RequestBody @Valid Errand errand, @AuthenticationPrincipal Person who) {
        return new Done(ActRefused.unlessDone(desk.retry(errand.connection(), errand.subject(), errand.id(), who)));
    }

    /** For a marketplace that fetches pictures by address; the signature stands for who may. */
    @GetMapping("/api/market/pictures/{connection}/{hash}/{signature}.jpg")
    ResponseEntity<byte[]> picture(
            @PathVariable UUID connection, @PathVariable String hash, @PathVariable String signature) {
        MarketDesk.Picture picture = desk.picture(connection, hash, signature);
        byte[] jpeg = picture.jpeg();
        if (jpeg != null)
            return ResponseEntity.ok()
                    .contentType(MediaType.IMAGE_JPEG)
                    .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                    .body(jpeg);
        return picture.busy()
                ? ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, "60")
                        .build()
                : ResponseEntity.notFound().build();
    }

    /** From a marketplace, which wants its answer at once: it is noted, and what it names is fetched later. */
    @PostMapping("/api/market/hooks/{hook}")
    ResponseEntity<Void> notified(@PathVariable String hook, HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_NOTIFICATION);
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames()))
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        return desk.notified(hook, headers, body)
                ? ResponseEntity.ok().build()
                : ResponseEntity.notFound().build();
    }
}
