package mx.refahub.store.sale;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.branch.BranchCores;
import mx.refahub.store.branch.Stationary;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.credit.CreditRows;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.promise.PromiseLedger;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.stock.Openings;
import mx.refahub.store.stock.OrderLeases;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tickets in hand, inside the caller's transaction. A line keeps the part and the list price it was typed with, and what the price book last
 * made of it; amounts are computed at every reading. */
public final class Tickets {
    private static final String PRICE = "PRICE";

    private final PartJson parts;
    private final JsonMapper json;
    private final IdSource ids;
    private final Supplier<BranchCores> cores;
    private final boolean withoutDrawer;
    private final OrderLeases orders;
    private final Duration noteLife;

    public Tickets(PartJson parts, JsonMapper json, IdSource ids) {
        this(parts, json, ids, () -> BranchCores.PLAIN, false, Duration.ofDays(1));
    }

    /**
     * @param cores the company's present terms for old pieces
     * @param withoutDrawer whether tickets are also written at registers whose drawer is closed, to be issued as notes
     * @param noteLife how long a note waits when it is put aside
     */
    public Tickets(
            PartJson parts,
            JsonMapper json,
            IdSource ids,
            Supplier<BranchCores> cores,
            boolean withoutDrawer,
            Duration noteLife) {
        this.parts = parts;
        this.json = json;
        this.ids = ids;
        this.cores = cores;
        this.withoutDrawer = withoutDrawer;
        this.noteLife = noteLife;
        this.orders = new OrderLeases(json);
    }

    /** What is set aside for orders of marketplaces, which tickets sell. */
    OrderLeases orders() {
        return orders;
    }

    TicketKits kits(PartCatalogue catalogue, Openings openings) {
        return new TicketKits(catalogue, openings, parts, ids);
    }

    Optional<Refusal> openKit(Session session, UUID kit, UUID without) throws SQLException {
        return TicketKits.open(session, kit, without, parts);
    }

    /** Whether a ticket can be written at the register now. Charging it always takes an open drawer. */
    boolean workable(Session session, RegisterId register) throws SQLException {
        return withoutDrawer
                || Stationary.is(session, register)
                || SqliteTill.openCashSession(session, register).isPresent();
    }

    /** @param finished became a sale or was dropped */
    public record Head(
            UUID id,
            RegisterId register,
            boolean finished,
            boolean parked,
            @Nullable Buyer buyer,
            @Nullable UUID promise) {}

    public Optional<Head> head(Session session, UUID ticket) throws SQLException {
        return session.first("""
                select id, register_id, coalesce(finished_at, dropped_at) as ended_at, parked_at, customer_id, customer_name, promise_id
                from ticket
                where id = ?
                """, Tickets::head, ticket);
    }

    public Optional<Head> inHand(Session session, RegisterId register) throws SQLException {
        return session.first("""
                select id, register_id, coalesce(finished_at, dropped_at) as ended_at, parked_at, customer_id, customer_name, promise_id
                from ticket
                where register_id = ? and finished_at is null and parked_at is null and dropped_at is null
                """, Tickets::head, register.value());
    }

    Head open(Session session, RegisterId register, Instant at) throws SQLException {
        UUID id = ids.next();
        session.updateOne("""
                insert into ticket (id, register_id, opened_at)
                values (?, ?, ?)
                """, id, register.value(), at);
        return new Head(id, register, false, false, null, null);
    }

    void finish(Session session, UUID ticket, Instant at) throws SQLException {
        session.updateOne("""
                update ticket
                set finished_at = ?
                where id = ? and finished_at is null
                """, at, ticket);
    }

    /** Null takes the buyer off. */
    void sellTo(Session session, UUID ticket, @Nullable Buyer buyer) throws SQLException {
        session.updateOne("""
                update ticket
                set customer_id = ?, customer_name = ?
                where id = ? and finished_at is null
                """, buyer == null ? null : buyer.id(), buyer == null ? null : buyer.name(), ticket);
    }

    public void park(Session session, UUID ticket, String note, Person who, Instant at) throws SQLException {
        session.updateOne("""
                update ticket
                set parked_at = ?, parked_by = ?, parked_note = ?
                where id = ? and finished_at is null and dropped_at is null and parked_at is null
                """, at, who.name(), note, ticket);
        NoteRows.waitAnew(session, ticket, at.plus(noteLife));
        NoteRows.hold(session, ticket);
    }

    public void takeUp(Session session, UUID ticket, RegisterId register) throws SQLException {
        session.updateOne("""
                update ticket
                set register_id = ?, parked_at = null, parked_by = null, parked_note = null
                where id = ? and finished_at is null and dropped_at is null and parked_at is not null
                """, register.value(), ticket);
        NoteRows.hold(session, ticket);
    }

    public void drop(Session session, UUID ticket, Instant at) throws SQLException {
        session.updateOne("""
                update ticket
                set dropped_at = ?
                where id = ? and finished_at is null and dropped_at is null
                """, at, ticket);
        NoteRows.letGo(session, ticket);
    }

    /** @return whether the act is new; a known one has been done already */
    boolean firstTime(Session session, UUID ticket, String act) throws SQLException {
        return session.update("""
                insert into ticket_act (ticket_id, act)
                values (?, ?)
                on conflict do nothing
                """, ticket, act) == 1;
    }

    boolean done(Session session, UUID ticket, String act) throws SQLException {
        return session.exists("""
                select 1
                from ticket_act
                where ticket_id = ? and act = ?
                """, ticket, act);
    }

    /** The line by which the same salesperson already sells this part on the same terms. */
    record Same(UUID line, Quantity quantity) {}

    Optional<Same> same(Session session, UUID ticket, PartCard card, Price price, Person who) throws SQLException {
        return session.first(
                """
                select id, quantity
                from ticket_line
                where ticket_id = ? and part_id = ? and coalesce(base_price, list_price) = ? and price_includes_tax = ? and core = ?
                and return_reason is null and agreed_json is null and kit_id is null and discount_kind is null and note = '' and core_given is null and salesperson = ?
                """,
                row -> new Same(row.id("id"), new Quantity(row.number("quantity"))),
                ticket,
                card.part().id().value(),
                price.amount().minor(),
                price.includesTax(),
                card.part().core().minor(),
                who.id().value());
    }

    /** @param pricesVersion of the catalogue's prices that {@code price} is from */
    void add(Session session, UUID ticket, Part part, Price price, long pricesVersion, Quantity quantity, Person who)
            throws SQLException {
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name, base_price, prices_version)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                ids.next(),
                ticket,
                ticket,
                part.id().value(),
                quantity.thousandths(),
                price.amount().minor(),
                price.amount().minor(),
                price.includesTax(),
                part.core().minor(),
                ids.next(),
                parts.write(part),
                who.id().value(),
                who.name(),
                price.amount().minor(),
                pricesVersion);
        NoteRows.hold(session, ticket);
    }

    /** @param approver who answers for its price; null if the clerk does */
    void addMisc(Session session, UUID ticket, MiscItem item, Quantity quantity, Person who, @Nullable Person approver)
            throws SQLException {
        UUID line = ids.next();
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name, price_granted_by, price_granted_by_name)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)
                """,
                line,
                ticket,
                ticket,
                PartId.NONE.value(),
                quantity.thousandths(),
                item.price().amount().minor(),
                item.price().amount().minor(),
                item.price().includesTax(),
                line,
                parts.write(item.standIn()),
                who.id().value(),
                who.name(),
                approver == null ? null : approver.id().value(),
                approver == null ? null : approver.name());
    }

    void addVoucher(Session session, UUID ticket, GiftVoucher voucher, Person who) throws SQLException {
        UUID line = ids.next();
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, 1, 0, ?, ?, ?, ?)
                """,
                line,
                ticket,
                ticket,
                PartId.NONE.value(),
                Quantity.ONE.thousandths(),
                voucher.face().minor(),
                voucher.face().minor(),
                line,
                parts.write(voucher.standIn()),
                who.id().value(),
                who.name());
    }

    void setCore(Session session, UUID line, Particulars.CoreGiven given) throws SQLException {
        session.updateOne("""
                update ticket_line
                set core_given = ?
                where id = ? and return_line is null
                """, given, line);
    }

    void setSerials(Session session, UUID line, List<String> serials) throws SQLException {
        session.updateOne("""
                update ticket_line
                set serials = ?
                where id = ?
                """, serials.isEmpty() ? null : json.writeValueAsString(serials), line);
    }

    /** @return whether there is such a line; deposits have no row of their own and follow theirs */
    boolean setQuantity(Session session, UUID ticket, UUID line, Quantity quantity) throws SQLException {
        boolean there = session.update("""
                update ticket_line
                set quantity = ?
                where ticket_id = ? and id = ? and return_reason is null and agreed_json is null and kit_id is null
                """, quantity.thousandths(), ticket, line) == 1;
        if (there) NoteRows.hold(session, ticket);
        return there;
    }

    boolean remove(Session session, UUID ticket, UUID line) throws SQLException {
        boolean there = session.update("""
                delete from ticket_line
                where ticket_id = ? and id = ?
                """, ticket, line) == 1;
        if (there) NoteRows.hold(session, ticket);
        return there;
    }

    void setNote(Session session, UUID line, String note) throws SQLException {
        session.updateOne("""
                update ticket_line
                set note = ?
                where id = ?
                """, note, line);
    }

    /** @param grant null takes the discount off */
    void setDiscount(Session session, UUID line, @Nullable Discount discount, @Nullable Grant grant)
            throws SQLException {
        session.updateOne(
                """
                update ticket_line
                set discount_kind = ?, discount_value = ?, grant_reason = ?, granted_by = ?, granted_by_name = ?
                where id = ?
                """,
                switch (discount) {
                    case null -> null;
                    case Discount.Percent unused -> TicketPrices.PERCENT;
                    case Discount.UnitPrice unused -> PRICE;
                },
                switch (discount) {
                    case null -> null;
                    case Discount.Percent(BigDecimal percent) ->
                        percent.unscaledValue().longValueExact();
                    case Discount.UnitPrice(Money price) -> price.minor();
                },
                grant == null ? null : grant.reason(),
                grant == null ? null : grant.by().value(),
                grant == null ? null : grant.byName(),
                line);
    }

    /**
     * A line that comes back, with the sold line as its document says it. It counts against whoever sold it.
     *
     * @param fee hundredths of a percent of what is paid back that are kept
     */
    void addReturn(
            Session session,
            UUID ticket,
            SaleLine sold,
            ReturnOf returnOf,
            int fee,
            Quantity before,
            Quantity now,
            Grant grant)
            throws SQLException {
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name, grant_reason, granted_by, granted_by_name,
                                         return_sale, return_line, return_folio, return_reason, returned_before, sold_json, return_detail)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, ?, 0, ?, '', ?, ?, ?, ?, ?,
                        ?, ?, ?, ?, ?, ?, ?)
                """,
                ids.next(),
                ticket,
                ticket,
                sold.part().value(),
                now.thousandths(),
                sold.price().amount().minor(),
                sold.listPrice().amount().minor(),
                sold.price().includesTax(),
                ids.next(),
                sold.salesperson().value(),
                sold.salespersonName(),
                grant.reason(),
                grant.by().value(),
                grant.byName(),
                returnOf.sale(),
                returnOf.line(),
                returnOf.folio(),
                returnOf.reason(),
                before.thousandths(),
                json.writeValueAsString(SaleBody.line(sold)),
                detail(returnOf.terms(), fee));
    }

    /** Null on plain terms. The fee's amounts are computed at every reading. */
    private @Nullable String detail(ReturnTerms terms, int fee) {
        SaleBody.ReturnedBody body = SaleBody.returned(
                fee == 0
                        ? terms
                        : new ReturnTerms(
                                terms.source(),
                                terms.soldBy(),
                                new ReturnTerms.Fee(fee, Money.mxn(0), Money.mxn(0)),
                                terms.waived(),
                                terms.vehicle(),
                                terms.inspected()));
        return body == null ? null : json.writeValueAsString(body);
    }

    public Ticket ticket(Session session, Head head, TaxRegion region) throws SQLException {
        List<TicketLine> lines = new ArrayList<>();
        session.all(
                """
                select ticket_line.id, ticket_line.quantity, ticket_line.price, list_price, ticket_line.price_includes_tax, core, core_line_id,
                       ticket_line.part_json, ticket_line.salesperson, salesperson_name, note, discount_kind, discount_value, grant_reason, granted_by, granted_by_name, price_granted_by, price_granted_by_name, return_sale, return_line, return_folio,
                       return_reason, returned_before, sold_json, return_detail, ticket_line.prices_version, price_level, price_rule, price_break, promotion,
                       promotion_name, promotion_off, book_version, priced_for, agreed_json, core_given, serials,
                       kit_id, kit_off, ticket_kit.part_json as kit_json, ticket_kit.quantity as kit_quantity
                from ticket_line
                left join ticket_kit on ticket_kit.id = ticket_line.kit_id
                where ticket_line.ticket_id = ?
                order by position
                """,
                row -> lines.addAll(
                        !row.isNull("return_reason")
                                ? List.of(returned(row))
                                : row.isNull("agreed_json") ? lines(row, region) : agreed(row)),
                head.id());
        UUID promise = head.promise();
        return new Ticket(
                head.id(),
                head.register(),
                lines,
                Totals.of(lines),
                head.buyer(),
                promise == null ? null : promised(session, promise));
    }

    private @Nullable Promised promised(Session session, UUID promise) throws SQLException {
        Promised made = PromiseLedger.promised(session, promise).orElse(null);
        return made != null ? made : orders.promised(session, promise).orElse(null);
    }

    /** The ticket, in hand or waiting, that sells the promise. */
    Optional<Head> selling(Session session, UUID promise) throws SQLException {
        return session.first("""
                select id, register_id, coalesce(finished_at, dropped_at) as ended_at, parked_at, customer_id, customer_name, promise_id
                from ticket
                where promise_id = ? and finished_at is null and dropped_at is null
                """, Tickets::head, promise);
    }

    /** Null: it sells none any more. */
    void sell(Session session, UUID ticket, @Nullable UUID promise) throws SQLException {
        session.updateOne("""
                update ticket
                set promise_id = ?
                where id = ? and finished_at is null
                """, promise, ticket);
    }

    /** What stands on the ticket now is all of the promise that it sells. */
    void markPromised(Session session, UUID ticket) throws SQLException {
        session.update("""
                update ticket_line
                set of_promise = 1
                where ticket_id = ?
                """, ticket);
    }

    /** A ticket on which no line of its promise is left sells it no more. */
    void sellNoneIfGone(Session session, UUID ticket) throws SQLException {
        session.update("""
                update ticket
                set promise_id = null
                where id = ? and promise_id is not null and finished_at is null
                and not exists (select 1 from ticket_line where ticket_id = ticket.id and (of_promise = 1 or agreed_json is not null))
                """, ticket);
    }

    /** A line as it was promised, and the deposit for the old piece behind it if there is one. */
    void addAgreed(Session session, UUID ticket, List<SaleLine> lines) throws SQLException {
        SaleLine first = lines.getFirst();
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name, note, agreed_json)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, ?, 0, ?, '', ?, ?, ?, ?)
                """,
                ids.next(),
                ticket,
                ticket,
                first.part().value(),
                first.quantity().thousandths(),
                first.price().amount().minor(),
                first.listPrice().amount().minor(),
                first.price().includesTax(),
                ids.next(),
                first.salesperson().value(),
                first.salespersonName(),
                first.note(),
                json.writeValueAsString(lines.stream().map(SaleBody::line).toList()));
    }

    /** All lines as they were promised go, and with them the promise. */
    void removeAgreed(Session session, UUID ticket) throws SQLException {
        session.update("""
                delete from ticket_line
                where ticket_id = ? and agreed_json is not null
                """, ticket);
        sell(session, ticket, null);
    }

    private List<TicketLine> agreed(Row row) throws SQLException {
        List<TicketLine> lines = new ArrayList<>();
        for (SaleBody.LineBody body : json.readValue(row.text("agreed_json"), SaleBody.LineBody[].class)) {
            SaleLine line = SaleBody.line(body, Money.MXN);
            boolean core = line.kind() == SaleLine.Kind.CORE_DEPOSIT;
            lines.add(new TicketLine(
                    row.id(core ? "core_line_id" : "id"),
                    line.kind(),
                    core ? row.id("id") : null,
                    part(line),
                    line.quantity(),
                    line.price(),
                    line.listPrice(),
                    line.tax(),
                    line.amounts(),
                    line.salesperson(),
                    line.salespersonName(),
                    core ? "" : row.text("note"),
                    null,
                    line.grant(),
                    null,
                    line.priceReason(),
                    true,
                    core ? line.particulars() : numbered(line.particulars(), serials(row))));
        }
        return lines;
    }

    /** What was typed since it was promised is what goes out. */
    private static @Nullable Particulars numbered(@Nullable Particulars promised, List<String> typed) {
        return typed.isEmpty()
                ? promised
                : Particulars.of(promised == null ? null : promised.core(), typed, Particulars.kitOf(promised));
    }

    private List<TicketLine> lines(Row row, TaxRegion region) throws SQLException {
        Part part = parts.read(row.text("part_json"));
        UUID id = row.id("id");
        Quantity quantity = new Quantity(row.number("quantity"));
        boolean includesTax = row.flag("price_includes_tax");
        Price price = new Price(Money.mxn(row.number("price")), includesTax);
        Price listPrice = new Price(Money.mxn(row.number("list_price")), includesTax);
        Tax tax = Tax.of(part.taxClass(), region, part.taxObject());
        UserId salesperson = new UserId(row.id("salesperson"));
        String salespersonName = row.text("salesperson_name");
        Discount discount = discount(row);
        // A unit price above the list is a price, not a discount.
        if (discount instanceof Discount.UnitPrice(Money own) && own.compareTo(price.amount()) > 0)
            price = new Price(own, includesTax);
        boolean voucher = GiftVoucher.is(part);
        if (voucher) tax = Tax.none();
        Particulars.CoreGiven given = row.isNull("core_given")
                ? Particulars.CoreGiven.LATER
                : Particulars.CoreGiven.valueOf(row.text("core_given"));
        boolean now = row.number("core") != 0 && given == Particulars.CoreGiven.NOW;
        Money off = off(row, discount, price, quantity);
        TicketLine line = new TicketLine(
                id,
                voucher
                        ? SaleLine.Kind.VOUCHER
                        : part.id().equals(PartId.NONE) ? SaleLine.Kind.MISC : SaleLine.Kind.PART,
                null,
                part,
                quantity,
                price,
                listPrice,
                tax,
                LineAmounts.of(price, quantity, off, tax),
                salesperson,
                salespersonName,
                row.text("note"),
                discount,
                grant(row),
                null,
                why(row),
                false,
                Particulars.of(now ? new Particulars.Core(given, null) : null, serials(row), kit(row)));
        if (row.number("core") == 0 || now) return List.of(line);
        // What will never come back is no deposit any more.
        Tax coreTax = given == Particulars.CoreGiven.NEVER || cores.get().taxed() ? tax : Tax.none();
        Price deposit = new Price(Money.mxn(row.number("core")), includesTax);
        TicketLine core = new TicketLine(
                row.id("core_line_id"),
                SaleLine.Kind.CORE_DEPOSIT,
                id,
                part,
                quantity,
                deposit,
                deposit,
                coreTax,
                LineAmounts.of(deposit, quantity, Money.mxn(0), coreTax),
                salesperson,
                salespersonName,
                "",
                null,
                null,
                null,
                null,
                false,
                given == Particulars.CoreGiven.NEVER
                        ? Particulars.of(new Particulars.Core(given, null), List.of())
                        : null);
        return List.of(line, core);
    }

    /** What is let off a piece of a kit by hand is let off its share of the kit's price. */
    private static Money off(Row row, @Nullable Discount discount, Price price, Quantity quantity) throws SQLException {
        if (discount == null) return Money.mxn(row.number("promotion_off")).plus(Money.mxn(row.number("kit_off")));
        Money byKit = Money.mxn(row.number("kit_off"));
        if (byKit.isZero()) return discount.amount(price, quantity);
        Money share = price.amount().times(quantity.value()).minus(byKit);
        return byKit.plus(discount.amount(new Price(share, price.includesTax()), Quantity.ONE));
    }

    private @Nullable KitOf kit(Row row) throws SQLException {
        if (row.isNull("kit_id")) return null;
        Part part = parts.read(row.text("kit_json"));
        return new KitOf(
                row.id("kit_id"),
                part.id(),
                part.lineCode(),
                part.number(),
                part.nameEs(),
                new Quantity(row.number("kit_quantity")));
    }

    private List<String> serials(Row row) throws SQLException {
        String text = row.textOrNull("serials");
        return text == null ? List.of() : List.of(json.readValue(text, String[].class));
    }

    /** The lines as they will stand on the sale: with the day until which an old piece comes back, and vouchers signed. */
    List<SaleLine> frozen(Ticket ticket, Identity identity, LocalDate day) {
        Integer days = cores.get().days();
        return ticket.lines().stream()
                .map(line -> switch (line.kind()) {
                    case VOUCHER ->
                        line.frozen(Particulars.of(CreditRows.voucher(
                                identity, line.id(), line.amounts().total(), day)));
                    case CORE_DEPOSIT ->
                        line.particulars() != null || days == null
                                ? line.frozen()
                                : line.frozen(Particulars.of(
                                        new Particulars.Core(Particulars.CoreGiven.LATER, day.plusDays(days)),
                                        List.of()));
                    case PART, RETURN, CORE_RETURN, MISC, MISC_RETURN -> line.frozen();
                })
                .toList();
    }

    private TicketLine returned(Row row) throws SQLException {
        SaleLine sold = SaleBody.line(json.readValue(row.text("sold_json"), SaleBody.LineBody.class), Money.MXN);
        Quantity now = new Quantity(row.number("quantity"));
        LineAmounts amounts =
                sold.amounts().returned(sold.quantity(), new Quantity(row.number("returned_before")), now);
        String detail = row.textOrNull("return_detail");
        ReturnTerms terms = detail == null
                ? ReturnTerms.PLAIN
                : SaleBody.terms(json.readValue(detail, SaleBody.ReturnedBody.class), Money.MXN);
        ReturnTerms.Fee fee = terms.fee();
        if (fee != null) {
            LineAmounts.Less less = amounts.lessFee(fee.percent());
            amounts = less.amounts();
            terms = new ReturnTerms(
                    terms.source(),
                    terms.soldBy(),
                    new ReturnTerms.Fee(fee.percent(), less.base(), less.tax()),
                    terms.waived(),
                    terms.vehicle(),
                    terms.inspected());
        }
        ReturnOf returnOf = new ReturnOf(
                row.isNull("return_sale") ? null : row.id("return_sale"),
                row.isNull("return_line") ? null : row.id("return_line"),
                row.text("return_folio"),
                ReturnOf.Reason.valueOf(row.text("return_reason")),
                terms);
        return new TicketLine(
                row.id("id"),
                sold.kind().returned(),
                null,
                part(sold),
                now.negated(),
                sold.price(),
                sold.listPrice(),
                sold.tax(),
                amounts,
                new UserId(row.id("salesperson")),
                row.text("salesperson_name"),
                row.text("note"),
                null,
                grant(row),
                returnOf,
                null,
                false,
                Particulars.of(handedBack(sold), serials(row), Particulars.kitOf(sold.particulars())));
    }

    /** An old piece that came with the sale goes back with its part. */
    private static Particulars.@Nullable Core handedBack(SaleLine sold) {
        Particulars.Core core =
                sold.particulars() == null ? null : sold.particulars().core();
        return sold.kind() == SaleLine.Kind.PART && core != null && core.given() == Particulars.CoreGiven.NOW
                ? core
                : null;
    }

    /** With which serial numbers lines were sold that come back, by the ticket's line; left out where they had none. */
    Map<UUID, List<String>> soldSerials(Session session, Ticket ticket) throws SQLException {
        record Sold(UUID line, List<String> serials) {}
        Map<UUID, List<String>> serials = new HashMap<>();
        for (Sold sold :
                session.all("""
                select id, sold_json
                from ticket_line
                where ticket_id = ? and sold_json is not null
                """, row -> new Sold(row.id("id"), soldSerials(row.text("sold_json"))), ticket.id()))
            if (!sold.serials().isEmpty()) serials.put(sold.line(), sold.serials());
        return serials;
    }

    private List<String> soldSerials(String soldJson) {
        SaleBody.ParticularsBody sold =
                json.readValue(soldJson, SaleBody.LineBody.class).particulars();
        List<String> serials = sold == null ? null : sold.serials();
        return serials == null ? List.of() : serials;
    }

    /** The part as it was when it was sold: the catalogue may have moved on. */
    private static Part part(SaleLine sold) {
        return new Part(
                sold.part(),
                sold.lineCode(),
                sold.number(),
                "",
                sold.description(),
                "",
                "",
                sold.unit(),
                TaxClass.GENERAL,
                Money.mxn(0),
                sold.satProduct(),
                sold.satUnit(),
                sold.tax().object(),
                List.of());
    }

    /** Null also where a promotion lets off more: what was let off by hand sleeps. */
    private static @Nullable Discount discount(Row row) throws SQLException {
        return row.isNull("promotion") ? TicketPrices.discount(row) : null;
    }

    /** Null on a line that the price book has not seen. */
    private static @Nullable PriceReason why(Row row) throws SQLException {
        String level = row.textOrNull("price_level");
        if (level == null) return null;
        String rule = row.textOrNull("price_rule");
        String promotion = row.textOrNull("promotion");
        return new PriceReason(
                new PriceLevel(level),
                rule == null ? null : UUID.fromString(rule),
                row.isNull("price_break") ? null : new Quantity(row.number("price_break")),
                promotion == null ? null : UUID.fromString(promotion),
                row.textOrNull("promotion_name"),
                Money.mxn(row.number("promotion_off")),
                row.number("book_version"),
                row.isNull("prices_version") ? 0 : row.number("prices_version"),
                LocalDate.parse(row.text("priced_for")));
    }

    /** Whoever answers for the discount; without one, whoever answers for the price of an item outside the catalogue. */
    private static @Nullable Grant grant(Row row) throws SQLException {
        if (row.isNull("granted_by") || !row.isNull("promotion"))
            return row.isNull("price_granted_by")
                    ? null
                    : new Grant("", new UserId(row.id("price_granted_by")), row.text("price_granted_by_name"));
        return new Grant(row.text("grant_reason"), new UserId(row.id("granted_by")), row.text("granted_by_name"));
    }

    private static Head head(Row row) throws SQLException {
        return new Head(
                row.id("id"),
                new RegisterId(row.id("register_id")),
                !row.isNull("ended_at"),
                !row.isNull("parked_at"),
                row.isNull("customer_id") ? null : Buyer.of(row.id("customer_id"), row.text("customer_name")),
                row.isNull("promise_id") ? null : row.id("promise_id"));
    }
}
