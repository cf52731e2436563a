package mx.refahub.store.credit;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.credit.CreditCode;
import mx.refahub.domain.credit.Credits.Standing;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchTenders;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.sqlite.Session;

/** Credits and what was spent of them here, in sales.db; the only one who writes their tables. */
public final class CreditRows {
    private CreditRows() {}

    /** @param spent of it at this branch, and elsewhere as far as this branch was told */
    private record Seen(StoreCredit credit, Money spent) {
        Money left() {
            return credit.amount().minus(spent);
        }
    }

    private static Optional<Seen> seen(Session session, String column, Object value) throws SQLException {
        return session.first(
                """
                select proof, (select coalesce(sum(amount), 0) from credit_spending where credit_id = credit.id) as spent
                from credit
                where %s = ?
                """.formatted(column),
                row -> new Seen(StoreCredit.parse(row.text("proof")).orElseThrow(), Money.mxn(row.number("spent"))),
                value);
    }

    /** The credit itself, whatever is left of it. A slip counts by its signature alone; a code only where the slip was here before. */
    private static Outcome<Seen> find(Session session, Branch branch, SpentElsewhere elsewhere, String text)
            throws SQLException {
        return switch (find(session, branch, text)) {
            case Outcome.Refused<Seen> no -> no;
            case Outcome.Done<Seen>(Seen seen) ->
                Outcome.done(new Seen(
                        seen.credit(),
                        seen.spent().plus(elsewhere.of(seen.credit().id()))));
        };
    }

    private static Outcome<Seen> find(Session session, Branch branch, String text) throws SQLException {
        if (!StoreCredit.looksLikeProof(text)) {
            CreditCode code;
            try {
                code = new CreditCode(text);
            } catch (IllegalArgumentException e) {
                return Outcome.refused("credit-mistyped");
            }
            return seen(session, "code", code.value())
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("credit-unknown"));
        }
        StoreCredit shown = StoreCredit.parse(text).orElse(null);
        if (shown == null) return Outcome.refused("credit-false");
        Seen before = seen(session, "id", shown.id()).orElse(null);
        if (before != null)
            return before.credit().equals(shown) ? Outcome.done(before) : Outcome.refused("credit-false");
        boolean signed = branch.tenders().keys().stream()
                .anyMatch(key -> key.store().equals(shown.issuer()) && shown.isSignedBy(key.key()));
        if (!signed) return Outcome.refused("credit-false");
        return Outcome.done(new Seen(shown, Money.mxn(0)));
    }

    static Outcome<Standing> standing(Session session, Branch branch, SpentElsewhere elsewhere, String text)
            throws SQLException {
        return switch (find(session, branch, elsewhere, text)) {
            case Outcome.Refused<Seen>(Refusal refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Seen>(Seen seen) -> {
                StoreCredit credit = seen.credit();
                if (seen.left().minor() <= 0)
                    yield Outcome.refused("credit-spent", credit.code().text());
                yield Outcome.done(new Standing(
                        credit.id(),
                        credit.code().text(),
                        credit.amount(),
                        seen.left(),
                        credit.issuedOn(),
                        branch.tenders()
                                .key(credit.issuer())
                                .map(BranchTenders.Key::code)
                                .orElse(""),
                        credit.kind()));
            }
        };
    }

    /** The payment with each credit as its slip proves it; refused as {@link mx.refahub.domain.credit.Credits#look}. */
    public static Outcome<Payment> proven(Session session, Branch branch, SpentElsewhere elsewhere, Payment payment)
            throws SQLException {
        Map<UUID, Money> spending = new HashMap<>();
        List<Payment.Offer> offers = new ArrayList<>();
        for (Payment.Offer offer : payment.offers()) {
            if (!offer.kind().isSlip()) {
                offers.add(offer);
                continue;
            }
            switch (find(session, branch, elsewhere, offer.reference())) {
                case Outcome.Refused<Seen>(Refusal refusal) -> {
                    return new Outcome.Refused<>(refusal);
                }
                case Outcome.Done<Seen>(Seen seen) -> {
                    StoreCredit credit = seen.credit();
                    Money sum = spending.merge(credit.id(), offer.given(), Money::plus);
                    if (sum.compareTo(seen.left()) > 0)
                        return seen.left().minor() <= 0
                                ? Outcome.refused("credit-spent", credit.code().text())
                                : Outcome.refused("credit-short", seen.left().text());
                    // The slip says what it is, whatever was typed.
                    String code = credit.code().text();
                    offers.add(Payment.Offer.of(credit.kind().pays(), offer.given(), code, null)
                            .by(code, new Tender.Credit(credit.id(), credit.proof())));
                }
            }
        }
        return Outcome.done(new Payment(offers));
    }

    /** What is paid back as credit becomes one, under the tender's own id. */
    public static List<Tender> signed(List<Tender> tenders, Identity identity, LocalDate day) {
        return tenders.stream()
                .map(tender -> {
                    if (tender.kind() != Tender.Kind.STORE_CREDIT
                            || !tender.amount().isNegative()) return tender;
                    StoreCredit bare = new StoreCredit(
                            tender.id(), identity.store(), tender.amount().negated(), day, "");
                    StoreCredit credit = bare.signed(identity.key().sign(bare.message()));
                    return tender.by(credit.code().text(), new Tender.Credit(credit.id(), credit.proof()));
                })
                .toList();
    }

    /** What is given back of a deposit as credit. */
    public static Tender.Credit credit(Identity identity, UUID id, Money amount, LocalDate day) {
        StoreCredit bare = new StoreCredit(id, identity.store(), amount, day, "");
        return new Tender.Credit(
                id, bare.signed(identity.key().sign(bare.message())).proof());
    }

    /** A deposit that a slip paid, under its own id; the same again changes nothing. */
    public static void spent(Session session, Tender.Credit slip, UUID deposit, UUID promise, Money amount, Instant at)
            throws SQLException {
        spend(session, keep(session, slip), deposit, promise, amount, at);
    }

    /** A slip that was made of a deposit. */
    public static void issued(Session session, Tender.Credit slip) throws SQLException {
        keep(session, slip);
    }

    /** What the slip says, where it is known here. */
    public static Optional<StoreCredit> known(Session session, UUID credit) throws SQLException {
        return seen(session, "id", credit).map(Seen::credit);
    }

    /** A credit and its spendings of before the history that a new machine gets back. */
    public static void carried(Session session, StoreTaken.CarriedCredit row) throws SQLException {
        StoreCredit credit = keep(session, new Tender.Credit(row.id(), row.proof()));
        for (StoreTaken.CarriedCredit.Spending spending : row.spendings())
            session.update("""
                    insert into credit_spending (id, credit_id, sale_id, amount, at)
                    values (?, ?, ?, ?, ?)
                    on conflict (id) do nothing
                    """, spending.id(), credit.id(), spending.sale(), spending.amount(), spending.at());
    }

    /** A voucher that is sold, under its line's own id. */
    public static Tender.Credit voucher(Identity identity, UUID line, Money face, LocalDate day) {
        StoreCredit bare = new StoreCredit(line, identity.store(), face, day, "", StoreCredit.Kind.VOUCHER);
        return new Tender.Credit(
                line, bare.signed(identity.key().sign(bare.message())).proof());
    }

    /** In the sale's own transaction, or where its rows are made anew out of its document. */
    public static void keep(Session session, Sale sale) throws SQLException {
        for (SaleLine line : sale.lines()) {
            Particulars particulars = line.particulars();
            if (particulars != null && particulars.voucher() != null) keep(session, particulars.voucher());
        }
        for (Tender tender : sale.tenders()) {
            Tender.Credit paid = tender.credit();
            if (paid == null) continue;
            StoreCredit credit = keep(session, paid);
            if (!tender.amount().isNegative())
                spend(session, credit, tender.id(), sale.id(), tender.amount(), sale.soldAt());
        }
    }

    private static void spend(Session session, StoreCredit credit, UUID id, UUID paid, Money amount, Instant at)
            throws SQLException {
        session.update("""
                insert into credit_spending (id, credit_id, sale_id, amount, at)
                values (?, ?, ?, ?, ?)
                on conflict (id) do nothing
                """, id, credit.id(), paid, amount.minor(), at);
    }

    private static StoreCredit keep(Session session, Tender.Credit slip) throws SQLException {
        StoreCredit credit = StoreCredit.parse(slip.proof())
                .orElseThrow(() -> new IllegalStateException("credit " + slip.id() + " proves nothing"));
        session.update(
                """
                insert into credit (id, issuer, code, amount, issued_on, proof)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do nothing
                """,
                credit.id(),
                credit.issuer().value(),
                credit.code().value(),
                credit.amount().minor(),
                credit.issuedOn(),
                credit.proof());
        return credit;
    }
}
