package mx.refahub.system.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at the evidence of a round and says which invariant does not hold, and by what it knows. */
final class Checker {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(60);
    private static final Duration RELAY_BACK_WITHIN = Duration.ofSeconds(30);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(60);
    private static final long DRAINED_PER_SECOND = 500;
    private static final long PAYMENT_P99_MICROS = 150_000;
    private static final long PAYMENT_MAX_MICROS = 1_000_000;
    /** On a machine that is slow with nothing wrong, a payment is judged by what it takes there. */
    private static final long SLOWER_THAN_CALM = 4;
    /** A store with a bad journal starts, and its child starts, fails and starts once more. */
    private static final int STARTS_UNTIL_BACK = 3;

    private Checker() {}

    /** @return what was found against each invariant, in their order; empty lists where it holds */
    static Map<Invariant, List<String>> check(Evidence evidence) {
        Map<Invariant, List<String>> found = new EnumMap<>(Invariant.class);
        for (Invariant each : Invariant.values()) found.put(each, broken(each, evidence));
        return found;
    }

    static boolean holds(Map<Invariant, List<String>> found) {
        return found.values().stream().allMatch(List::isEmpty);
    }

    private static List<String> broken(Invariant invariant, Evidence evidence) {
        List<String> found = new ArrayList<>();
        switch (invariant) {
            case I1 -> nothingIsMissing(evidence, found);
            case I2 -> nothingIsDoubled(evidence, found);
            case I3 -> figuresAgree(evidence, found);
            case I4 -> cashAddsUp(evidence, found);
            case I5 -> allLandedInTime(evidence, found);
            case I6 -> inOrder(evidence, found);
            case I7 -> foliosHaveNoGap(evidence, found);
            case I8 -> paymentsWereQuick(evidence, found);
            case I9 -> tendersAreTotals(evidence, found);
            case I10 -> filesAreSound(evidence, found);
            case I11 -> effectsHappenedOnce(evidence, found);
            case I12 -> somebodyWasTold(evidence, found);
        }
        return found;
    }

    private static void nothingIsMissing(Evidence evidence, List<String> found) {
        Map<String, Evidence.Sale> store = byId(evidence.store());
        Map<String, Evidence.Sale> hub = byId(evidence.hub());
        for (Seller.Sold sold : evidence.acknowledged()) {
            Evidence.Sale there = store.get(sold.id());
            if (there == null) found.add("the store lacks " + sold.folio());
            else if (there.total() != sold.total()) found.add("the store says another total of " + sold.folio());
        }
        store.values().forEach(sale -> {
            if (!hub.containsKey(sale.id())) found.add("the hub lacks " + folio(sale));
        });
        Set<String> landed =
                evidence.hub().documents().stream().map(Evidence.Document::id).collect(Collectors.toSet());
        evidence.store().documents().forEach(document -> {
            if (!landed.contains(document.id())) found.add("the hub lacks document " + document.sequence());
        });
        evidence.round().refusals().forEach(refusal -> found.add("the till refused: " + refusal));
    }

    private static void nothingIsDoubled(Evidence evidence, List<String> found) {
        for (Evidence.Side side : List.of(evidence.store(), evidence.hub())) {
            String where = side == evidence.hub() ? "hub" : "store";
            twice(side.sales(), Evidence.Sale::id).forEach(id -> found.add("sale twice at the " + where + ": " + id));
            twice(side.sales(), Checker::folio)
                    .forEach(folio -> found.add("folio twice at the " + where + ": " + folio));
            twice(side.documents(), Evidence.Document::id)
                    .forEach(id -> found.add("document twice at the " + where + ": " + id));
        }
        twice(evidence.acknowledged(), Seller.Sold::id).forEach(id -> found.add("acknowledged twice: " + id));
    }

    private static void figuresAgree(Evidence evidence, List<String> found) {
        for (Evidence.Side side : List.of(evidence.store(), evidence.hub())) {
            side.sales().forEach(sale -> {
                if (sale.lines() != sale.total()) found.add("lines are not the total of " + folio(sale));
            });
            if (!side.moved().equals(side.onHand()))
                found.add("stock is not the sum of its movements: " + side.moved() + " and " + side.onHand());
        }
        if (!evidence.store().moved().equals(evidence.hub().moved()))
            found.add("movements of store and hub differ: " + evidence.store().moved() + " and "
                    + evidence.hub().moved());
        Map<String, Evidence.Sale> hub = byId(evidence.hub());
        evidence.store().sales().forEach(sale -> {
            Evidence.Sale there = hub.get(sale.id());
            if (there != null && there.total() != sale.total()) found.add("store and hub differ on " + folio(sale));
        });
        found.addAll(evidence.hub().troubles());
        found.addAll(evidence.store().troubles());
    }

    private static void cashAddsUp(Evidence evidence, List<String> found) {
        for (Evidence.Side side : List.of(evidence.store(), evidence.hub())) {
            if (!side.journal().equals(side.handedOver()))
                found.add("journal and tenders differ: " + side.journal() + " and " + side.handedOver());
        }
        if (!evidence.store().journal().equals(evidence.hub().journal()))
            found.add("sessions of store and hub differ: " + evidence.store().journal() + " and "
                    + evidence.hub().journal());
    }

    private static void allLandedInTime(Evidence evidence, List<String> found) {
        Evidence.Round round = evidence.round();
        Duration limit = DRAINED_WITHIN.plusSeconds(round.backlog() / DRAINED_PER_SECOND);
        Duration drained = round.drained();
        if (drained == null) found.add("not drained, " + round.backlog() + " documents were waiting");
        else if (drained.compareTo(limit) > 0) found.add("drained after " + drained + ", not within " + limit);
        if (evidence.store().last() != evidence.hub().last())
            found.add("landed " + evidence.hub().last() + " of "
                    + evidence.store().last());
        else if (!evidence.store().lastHash().equals(evidence.hub().lastHash())) found.add("the last hashes differ");
        Map<String, String> hashes = new HashMap<>();
        evidence.hub().documents().forEach(document -> hashes.put(document.id(), document.hash()));
        evidence.store().documents().forEach(document -> {
            String there = hashes.get(document.id());
            if (there != null && !there.equals(document.hash()))
                found.add("the hash of document " + document.sequence() + " differs");
        });
    }

    private static void inOrder(Evidence evidence, List<String> found) {
        for (Evidence.Side side : List.of(evidence.store(), evidence.hub())) {
            String where = side == evidence.hub() ? "hub" : "store";
            Evidence.Document before = null;
            for (Evidence.Document document : side.documents()) {
                if (before != null && before.epoch() == document.epoch()) {
                    if (document.sequence() != before.sequence() + 1)
                        found.add("gap at the " + where + " before " + document.sequence());
                    else if (!document.previousHash().equals(before.hash()))
                        found.add("the chain at the " + where + " is broken before " + document.sequence());
                }
                before = document;
            }
        }
        Map<String, Instant> applied = new HashMap<>();
        for (Evidence.Document document : evidence.hub().documents()) {
            Instant at = document.appliedAt();
            if (at == null) continue;
            Instant earlier = applied.put(document.key(), at);
            if (earlier != null && earlier.isAfter(at))
                found.add("document " + document.sequence() + " was applied before an earlier one of its key");
        }
    }

    private static void foliosHaveNoGap(Evidence evidence, List<String> found) {
        for (Evidence.Side side : List.of(evidence.store(), evidence.hub())) {
            Map<String, Long> last = new HashMap<>();
            side.sales().stream()
                    .sorted(Comparator.comparing(Evidence.Sale::prefix).thenComparing(Evidence.Sale::number))
                    .forEach(sale -> {
                        long expected = last.getOrDefault(sale.prefix(), 0L) + 1;
                        if (sale.number() > expected)
                            found.add("no folio " + sale.prefix() + expected + " at the "
                                    + (side == evidence.hub() ? "hub" : "store"));
                        last.put(sale.prefix(), sale.number());
                    });
        }
    }

    private static void paymentsWereQuick(Evidence evidence, List<String> found) {
        long[] micros = evidence.acknowledged().stream()
                .filter(Seller.Sold::undisturbed)
                .mapToLong(Seller.Sold::micros)
                .sorted()
                .toArray();
        if (micros.length == 0) return;
        long p99 = percentile(micros, 99);
        long calm = SLOWER_THAN_CALM * evidence.round().calmP99();
        if (p99 > Math.max(PAYMENT_P99_MICROS, calm)) found.add("p99 of payments is " + p99 / 1_000 + " ms");
        long slowest = micros[micros.length - 1];
        if (slowest > Math.max(PAYMENT_MAX_MICROS, 2 * calm))
            found.add("the slowest payment took " + slowest / 1_000 + " ms");
    }

    /** Of sorted values. */
    static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static void tendersAreTotals(Evidence evidence, List<String> found) {
        for (Evidence.Side side : List.of(evidence.store(), evidence.hub()))
            side.sales().forEach(sale -> {
                if (sale.tenders() != sale.total()) found.add("tenders are not the total of " + folio(sale));
            });
    }

    private static void filesAreSound(Evidence evidence, List<String> found) {
        if (!evidence.store().integrity().equals("ok"))
            found.add(evidence.store().integrity());
        Duration back = evidence.round().relayBack();
        if (evidence.round().relayMustComeBack()
                && (back == null || back.compareTo(relayBackWithin(evidence.round())) > 0))
            found.add("the relay was back after " + back);
    }

    /** Longer only where the whole store needs as long to start with nothing wrong. */
    static Duration relayBackWithin(Evidence.Round round) {
        Duration slow = round.calmStart().multipliedBy(STARTS_UNTIL_BACK);
        return slow.compareTo(RELAY_BACK_WITHIN) > 0 ? slow : RELAY_BACK_WITHIN;
    }

    private static void effectsHappenedOnce(Evidence evidence, List<String> found) {
        twice(evidence.store().effects(), effect -> effect).forEach(effect -> found.add("twice: " + effect));
    }

    private static void somebodyWasTold(Evidence evidence, List<String> found) {
        Duration alarm = evidence.round().alarm();
        if (evidence.round().plan().fault().takesRedundancy() && (alarm == null || alarm.compareTo(TOLD_WITHIN) > 0))
            found.add(alarm == null ? "nobody was told" : "told after " + alarm);
    }

    private static Map<String, Evidence.Sale> byId(Evidence.Side side) {
        Map<String, Evidence.Sale> byId = new HashMap<>();
        side.sales().forEach(sale -> byId.put(sale.id(), sale));
        return byId;
    }

    private static String folio(Evidence.Sale sale) {
        return sale.prefix() + "-" + sale.number();
    }

    private static <T, K> Set<K> twice(List<T> all, Function<T, K> key) {
        Set<K> seen = new HashSet<>();
        Set<K> twice = new HashSet<>();
        all.forEach(one -> {
            if (!seen.add(key.apply(one))) twice.add(key.apply(one));
        });
        return twice;
    }
}
