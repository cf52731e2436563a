package mx.refahub.domain.generator;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What the trade sells: families, the kinds of parts in each, and the brands that make them, few of which sell most. */
final class Trade {
    static final int FAMILY_DECK = 64;
    static final int BRAND_DECK = 512;
    private static final int BRANDS_PER_FAMILY = 45;
    private static final List<String> FIRST = List.of(
            "Auto", "Max", "Tek", "Pro", "Uni", "Mex", "Ro", "Ka", "Dura", "Alfa", "Omni", "Vel", "Nor", "Sur", "Tor",
            "Mas", "Cer", "Lin", "Gar", "Pa");
    private static final List<String> SECOND = List.of(
            "parts", "line", "tech", "mex", "lar", "mar", "ton", "flex", "gen", "quip", "dyn", "pak", "ruz", "vex",
            "zen", "bor");

    final List<Family> families = new ArrayList<>();
    /** Which family a place of the deck is, and how many places before it are the same family's. */
    final int[] familyDeck;

    final int[] familyIndex;

    record Variant(String es, String en) {}

    record Kind(
            String es, String en, List<Variant> variants, String position, int fitments, String unit, String satCode) {}

    record Brand(String name, String lineCode, String letters, int style) {}

    record Family(
            int index,
            String name,
            List<Kind> kinds,
            int[] cumulated,
            List<Brand> brands,
            int[] brandDeck,
            int[] brandIndex,
            int[] brandCount,
            int count) {
        Kind kind(Dice dice) {
            return kinds.get(CarPark.drawn(cumulated, dice));
        }
    }

    Trade(long seed) {
        Map<String, List<String[]>> kinds = new LinkedHashMap<>();
        for (String[] row : Table.read("kinds.csv", ";"))
            kinds.computeIfAbsent(row[0], name -> new ArrayList<>()).add(row);
        Map<String, List<String>> known = new HashMap<>();
        for (String[] row : Table.read("brands.csv", ";")) known.put(row[0], List.of(row[1].split(",")));
        int[] weights = kinds.values().stream()
                .mapToInt(rows ->
                        rows.stream().mapToInt(row -> Integer.parseInt(row[1])).sum())
                .toArray();
        int[] counts = shares(weights, FAMILY_DECK);
        familyDeck = deck(counts, FAMILY_DECK, seed);
        familyIndex = indexes(familyDeck, counts.length);
        Map<String, Brand> brands = new HashMap<>();
        Set<String> lineCodes = new HashSet<>();
        for (Map.Entry<String, List<String[]>> family : kinds.entrySet()) {
            int index = families.size();
            List<Brand> here = new ArrayList<>();
            for (String name : names(known.getOrDefault(family.getKey(), List.of()), index, seed))
                here.add(brands.computeIfAbsent(name, each -> brand(each, lineCodes, seed)));
            int[] zipf = new int[here.size()];
            for (int i = 0; i < zipf.length; i++) zipf[i] = 10_000 / (i + 1);
            int[] places = shares(zipf, BRAND_DECK);
            int[] brandDeck = deck(places, BRAND_DECK, seed + index + 1);
            families.add(new Family(
                    index,
                    family.getKey(),
                    family.getValue().stream().map(Trade::kind).toList(),
                    CarPark.cumulated(family.getValue().stream()
                            .mapToInt(row -> Integer.parseInt(row[1]))
                            .toArray()),
                    here,
                    brandDeck,
                    indexes(brandDeck, here.size()),
                    places,
                    counts[index]));
        }
    }

    private static Kind kind(String[] row) {
        List<Variant> variants = new ArrayList<>();
        for (String variant : row[4].split(",")) {
            String[] tongues = variant.split("=", -1);
            variants.add(new Variant(tongues[0], tongues[1]));
        }
        return new Kind(row[2], row[3], variants, row[5], Integer.parseInt(row[6]), row[7], row[8]);
    }

    /** The known brands, then made-up ones, which another family may share. */
    private static List<String> names(List<String> known, int family, long seed) {
        List<String> names = new ArrayList<>(known);
        Dice dice = new Dice(seed, 11, family);
        while (names.size() < BRANDS_PER_FAMILY) {
            String name = dice.one(FIRST) + dice.one(SECOND);
            if (!names.contains(name)) names.add(name);
        }
        return names;
    }

    private static Brand brand(String name, Set<String> lineCodes, long seed) {
        Dice dice = new Dice(seed, 12, name.hashCode());
        String letters = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z0-9]", "")
                .toUpperCase(Locale.ROOT);
        String code = letters.substring(0, Math.min(3, letters.length()));
        for (int i = 3; !lineCodes.add(code); i++)
            code = letters.substring(0, 2) + (i < letters.length() ? "" + letters.charAt(i) : "" + i);
        String prefix = dice.chance(50) ? code.substring(0, 1) : "" + dice.letter() + dice.letter();
        return new Brand(name, code, prefix.replaceAll("[^A-Z]", "X"), dice.below(8));
    }

    /** Places of a deck by weight, at least one each. */
    private static int[] shares(int[] weights, int places) {
        long sum = Arrays.stream(weights).asLongStream().sum();
        int[] shares = new int[weights.length];
        int left = places;
        for (int i = weights.length - 1; i > 0; i--) {
            shares[i] = (int) Math.max(1, weights[i] * (long) places / sum);
            left -= shares[i];
        }
        shares[0] = left;
        return shares;
    }

    private static int[] deck(int[] shares, int places, long seed) {
        List<Integer> deck = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) for (int n = 0; n < shares[i]; n++) deck.add(i);
        if (deck.size() != places) throw new IllegalStateException(deck.size() + " places of " + places);
        Collections.shuffle(deck, new Random(seed));
        return deck.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] indexes(int[] deck, int owners) {
        int[] seen = new int[owners];
        int[] indexes = new int[deck.length];
        for (int i = 0; i < deck.length; i++) indexes[i] = seen[deck[i]]++;
        return indexes;
    }
}
