package mx.refahub.domain.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.part.Fitment;

/** The vehicles on Mexican roads, by how often their parts are asked for. */
final class CarPark {
    private final List<Model> models;
    private final int[] cumulated;
    private final Map<String, List<Model>> byMake = new HashMap<>();

    /** @param years the first model year of each generation; the last one ends the last generation */
    record Model(String make, String name, int[] years, List<String> engines, int weight) {}

    CarPark() {
        models = Table.read("models.csv", ",").stream()
                .map(row -> new Model(
                        row[0],
                        row[1],
                        Arrays.stream(row[2].split(" "))
                                .mapToInt(Integer::parseInt)
                                .toArray(),
                        List.of(row[3].split(" (?=\\d)")),
                        Integer.parseInt(row[4])))
                .toList();
        cumulated = cumulated(models.stream().mapToInt(Model::weight).toArray());
        for (Model model : models)
            byMake.computeIfAbsent(model.make, make -> new ArrayList<>()).add(model);
    }

    static int[] cumulated(int[] weights) {
        int[] sums = weights.clone();
        for (int i = 1; i < sums.length; i++) sums[i] += sums[i - 1];
        return sums;
    }

    /** An index, drawn by weight. */
    static int drawn(int[] cumulated, Dice dice) {
        int at = Arrays.binarySearch(cumulated, dice.below(cumulated[cumulated.length - 1]));
        return at < 0 ? -at - 1 : at + 1;
    }

    private Model any(Dice dice) {
        return models.get(drawn(cumulated, dice));
    }

    List<Model> models() {
        return models;
    }

    /** Applications of one piece: mostly generations and engines of one model, then its sisters, then others that share the platform. */
    List<Fitment> fitments(int mean, String position, Dice dice) {
        if (mean == 0) return List.of();
        int wanted = dice.between(1, 2 * mean - 1);
        Model first = any(dice);
        Map<List<Object>, Fitment> fitments = new LinkedHashMap<>();
        for (int tries = 0; fitments.size() < wanted && tries < 3 * wanted; tries++) {
            int turn = dice.below(100);
            Model model = fitments.isEmpty() || turn < 55
                    ? first
                    : turn < 85 ? dice.one(byMake.getOrDefault(first.make, models)) : any(dice);
            Fitment fitment = fitment(model, position, dice);
            fitments.putIfAbsent(
                    List.of(fitment.make(), fitment.model(), fitment.yearFrom(), fitment.yearTo(), fitment.engine()),
                    fitment);
        }
        return List.copyOf(fitments.values());
    }

    private static Fitment fitment(Model model, String position, Dice dice) {
        int generation = dice.below(model.years.length - 1);
        int from = model.years[generation];
        int to = model.years[generation + 1];
        // A generation ends the year before the next begins; the last one with the year in the list.
        if (generation < model.years.length - 2) to--;
        int cut = dice.below(100);
        if (cut < 20) to = Math.max(from, (from + to) / 2);
        else if (cut < 40) from = Math.min(to, (from + to) / 2 + 1);
        String engine = dice.chance(30) ? "" : dice.one(model.engines);
        String notes = dice.chance(8) ? "Verificar con muestra" : "";
        return new Fitment(model.make, model.name, from, to, engine, position, notes);
    }
}
