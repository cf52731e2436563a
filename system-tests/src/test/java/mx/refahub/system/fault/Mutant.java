package mx.refahub.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** What each invariant forbids, done to the evidence of a sound round. A checker that lets one pass would let the real thing pass. */
enum Mutant {
    AN_ACKNOWLEDGED_SALE_NEVER_REACHED_THE_HUB(
            Invariant.I1,
            seen -> with(
                    seen, seen.store(), sales(seen.hub(), without(seen.hub().sales())))),
    AN_ACKNOWLEDGED_SALE_IS_GONE_AT_THE_STORE(
            Invariant.I1,
            seen -> with(seen, sales(seen.store(), without(seen.store().sales())), seen.hub())),
    A_DOCUMENT_WAS_SWALLOWED(
            Invariant.I1,
            seen -> with(
                    seen, seen.store(), documents(seen.hub(), without(seen.hub().documents())))),
    A_SALE_STANDS_TWICE_UNDER_TWO_FOLIOS(Invariant.I2, seen -> {
        List<Evidence.Sale> sales = new ArrayList<>(seen.hub().sales());
        Evidence.Sale last = sales.getLast();
        sales.add(new Evidence.Sale(
                last.id(),
                last.prefix(),
                last.number() + 1,
                last.session(),
                last.total(),
                last.lines(),
                last.tenders()));
        return with(seen, seen.store(), sales(seen.hub(), sales));
    }),
    THE_HUB_CHANGED_AN_AMOUNT(Invariant.I3, seen -> {
        List<Evidence.Sale> sales = new ArrayList<>(seen.hub().sales());
        Evidence.Sale last = sales.removeLast();
        long more = last.total() + 1;
        sales.add(new Evidence.Sale(last.id(), last.prefix(), last.number(), last.session(), more, more, more));
        return with(seen, seen.store(), sales(seen.hub(), sales));
    }),
    A_MOVEMENT_DID_NOT_REACH_THE_BALANCE(
            Invariant.I3,
            seen -> with(
                    seen,
                    seen.store(),
                    side(
                            seen.hub(),
                            seen.hub().journal(),
                            seen.hub().handedOver(),
                            more(seen.hub().onHand())))),
    THE_DRAWER_LACKS_A_PESO(
            Invariant.I4,
            seen -> with(
                    seen,
                    side(
                            seen.store(),
                            more(seen.store().journal()),
                            seen.store().handedOver(),
                            seen.store().onHand()),
                    seen.hub())),
    THE_HUB_STOPPED_BEFORE_THE_END(
            Invariant.I5,
            seen -> round(
                    seen,
                    null,
                    seen.round().alarm(),
                    seen.round().relayBack(),
                    seen.round().plan())),
    A_DOCUMENT_WAS_ALTERED_ON_ITS_WAY(Invariant.I5, seen -> {
        List<Evidence.Document> documents = new ArrayList<>(seen.hub().documents());
        Evidence.Document last = documents.removeLast();
        documents.add(new Evidence.Document(
                last.epoch(), last.sequence(), last.id(), last.key(), "00", last.previousHash(), last.appliedAt()));
        return with(seen, seen.store(), documents(seen.hub(), documents));
    }),
    A_LATER_ONE_WAS_APPLIED_FIRST(Invariant.I6, seen -> {
        List<Evidence.Document> documents = new ArrayList<>(seen.hub().documents());
        Evidence.Document last = documents.removeLast();
        Evidence.Document before = documents.getLast();
        documents.add(new Evidence.Document(
                last.epoch(),
                last.sequence(),
                last.id(),
                before.key(),
                last.hash(),
                last.previousHash(),
                Objects.requireNonNull(before.appliedAt()).minusSeconds(1)));
        return with(seen, seen.store(), documents(seen.hub(), documents));
    }),
    A_SEQUENCE_WAS_LEFT_OUT(Invariant.I6, seen -> {
        List<Evidence.Document> documents = new ArrayList<>(seen.store().documents());
        documents.remove(documents.size() / 2);
        return with(seen, documents(seen.store(), documents), seen.hub());
    }),
    A_FOLIO_WAS_BURNT(Invariant.I7, seen -> {
        List<Evidence.Sale> sales = new ArrayList<>(seen.store().sales());
        sales.remove(sales.size() / 2);
        return with(seen, sales(seen.store(), sales), seen.hub());
    }),
    THE_TILL_WAITED_FOR_THE_HUB(Invariant.I8, seen -> {
        List<Seller.Sold> sold = new ArrayList<>(seen.acknowledged());
        sold.replaceAll(one -> new Seller.Sold(one.id(), one.folio(), one.total(), one.micros() + 60_000_000, true));
        return new Evidence(sold, seen.store(), seen.hub(), seen.round());
    }),
    A_SALE_WAS_PAID_BY_LESS(Invariant.I9, seen -> {
        List<Evidence.Sale> sales = new ArrayList<>(seen.store().sales());
        Evidence.Sale last = sales.removeLast();
        sales.add(new Evidence.Sale(
                last.id(),
                last.prefix(),
                last.number(),
                last.session(),
                last.total(),
                last.lines(),
                last.tenders() - 1));
        return with(seen, sales(seen.store(), sales), seen.hub());
    }),
    A_PAGE_OF_THE_FILE_IS_BAD(
            Invariant.I10,
            seen -> with(
                    seen,
                    new Evidence.Side(
                            seen.store().sales(),
                            seen.store().documents(),
                            seen.store().journal(),
                            seen.store().handedOver(),
                            seen.store().moved(),
                            seen.store().onHand(),
                            seen.store().effects(),
                            seen.store().troubles(),
                            seen.store().last(),
                            seen.store().lastHash(),
                            "row 7 missing from index sale_by_register"),
                    seen.hub())),
    THE_RELAY_STAYED_AWAY_WITH_ITS_JOURNAL(
            Invariant.I10,
            seen -> round(
                    seen,
                    seen.round().drained(),
                    seen.round().alarm(),
                    Checker.relayBackWithin(seen.round()).plusSeconds(1),
                    ofFault(seen, Fault.LOCAL_JOURNAL_CORRUPTED))),
    THE_DRAWER_WAS_KICKED_TWICE(Invariant.I11, seen -> {
        List<Evidence.Effect> effects = new ArrayList<>(seen.store().effects());
        Evidence.Effect kick = new Evidence.Effect("drawer", "one sale");
        effects.addAll(List.of(kick, kick));
        return with(
                seen,
                new Evidence.Side(
                        seen.store().sales(),
                        seen.store().documents(),
                        seen.store().journal(),
                        seen.store().handedOver(),
                        seen.store().moved(),
                        seen.store().onHand(),
                        effects,
                        seen.store().troubles(),
                        seen.store().last(),
                        seen.store().lastHash(),
                        seen.store().integrity()),
                seen.hub());
    }),
    NOBODY_WAS_TOLD(
            Invariant.I12,
            seen -> round(
                    seen, seen.round().drained(), null, seen.round().relayBack(), ofFault(seen, Fault.NETWORK_HOLE)));

    private final Invariant breaks;
    private final UnaryOperator<Evidence> act;

    Mutant(Invariant breaks, UnaryOperator<Evidence> act) {
        this.breaks = breaks;
        this.act = act;
    }

    Invariant breaks() {
        return breaks;
    }

    Evidence of(Evidence sound) {
        return act.apply(sound);
    }

    private static <T> List<T> without(List<T> all) {
        return all.subList(0, all.size() - 1);
    }

    private static Evidence with(Evidence seen, Evidence.Side store, Evidence.Side hub) {
        return new Evidence(seen.acknowledged(), store, hub, seen.round());
    }

    private static Evidence.Side sales(Evidence.Side side, List<Evidence.Sale> sales) {
        return new Evidence.Side(
                List.copyOf(sales),
                side.documents(),
                side.journal(),
                side.handedOver(),
                side.moved(),
                side.onHand(),
                side.effects(),
                side.troubles(),
                side.last(),
                side.lastHash(),
                side.integrity());
    }

    private static Evidence.Side documents(Evidence.Side side, List<Evidence.Document> documents) {
        return new Evidence.Side(
                side.sales(),
                List.copyOf(documents),
                side.journal(),
                side.handedOver(),
                side.moved(),
                side.onHand(),
                side.effects(),
                side.troubles(),
                side.last(),
                side.lastHash(),
                side.integrity());
    }

    private static Evidence.Side side(
            Evidence.Side side, Map<String, Long> journal, Map<String, Long> handedOver, Map<String, Long> onHand) {
        return new Evidence.Side(
                side.sales(),
                side.documents(),
                journal,
                handedOver,
                side.moved(),
                onHand,
                side.effects(),
                side.troubles(),
                side.last(),
                side.lastHash(),
                side.integrity());
    }

    private static Map<String, Long> more(Map<String, Long> sums) {
        Map<String, Long> more = new HashMap<>(sums);
        more.replaceAll((key, sum) -> sum + 100);
        return more;
    }

    private static Plan ofFault(Evidence seen, Fault fault) {
        Plan plan = seen.round().plan();
        return new Plan(plan.seed(), plan.round(), fault, plan.before(), plan.lasts(), plan.pass(), plan.dice());
    }

    private static Evidence round(
            Evidence seen,
            @org.jspecify.annotations.Nullable Duration drained,
            @org.jspecify.annotations.Nullable Duration alarm,
            @org.jspecify.annotations.Nullable Duration relayBack,
            Plan plan) {
        Evidence.Round round = seen.round();
        return new Evidence(
                seen.acknowledged(),
                seen.store(),
                seen.hub(),
                new Evidence.Round(
                        plan,
                        round.backlog(),
                        drained,
                        alarm,
                        plan.fault().harmsTheLocalJournal(),
                        relayBack,
                        round.calmP99(),
                        round.calmStart(),
                        round.refusals()));
    }
}
