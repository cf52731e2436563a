package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * The vehicles of one segment, in memory: a row for each term of {@link Fields#FITS}, in the order of the terms, so that a row's number is the
 * ordinal that the segment's documents carry. A segment never changes, so neither does its table; a row takes 16 bytes, and four more where a body is named.
 */
final class VehicleTable {
    private final List<String> makes = new ArrayList<>();
    private final List<String> makeKeys = new ArrayList<>();
    private final List<String> models = new ArrayList<>();
    private final List<String> modelKeys = new ArrayList<>();
    private final List<Set<String>> modelParts = new ArrayList<>();
    private final List<String> engines = new ArrayList<>();
    private final List<String> engineKeys = new ArrayList<>();
    /** The open one first. */
    private final List<String> bodies = new ArrayList<>(List.of(""));

    private final NavigableMap<String, BitSet> modelsByWord = new TreeMap<>();
    private final NavigableMap<String, BitSet> enginesByWord = new TreeMap<>();
    private int[] makeOfModel = {};
    private int[] firstRow = {};
    private int[] modelOf = {};
    private int[] engineOf = {};
    /** As far as some row names a body. */
    private int[] bodyOf = {};

    private short[] from = {};
    private short[] to = {};
    private int[] parts = {};
    private int rows;

    private VehicleTable() {}

    static Set<String> modelWords(String make, String model) {
        return Text.vehicleWords(List.of(make, model, make + model));
    }

    static Set<String> engineWords(String engine) {
        return Text.vehicleWords(List.of(engine));
    }

    static VehicleTable of(LeafReader segment) throws IOException {
        VehicleTable table = new VehicleTable();
        Terms terms = segment.terms(Fields.FITS);
        if (terms == null) return table;
        Map<String, Integer> makes = new HashMap<>();
        Map<String, Integer> models = new HashMap<>();
        Map<String, Integer> engines = new HashMap<>();
        Map<String, Integer> bodies = new HashMap<>();
        TermsEnum each = terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            Vehicle vehicle = Vehicle.ofTerm(term.utf8ToString());
            table.grow();
            int row = table.rows++;
            String model = vehicle.make() + '\u001f' + vehicle.model();
            Integer modelId = models.get(model);
            if (modelId == null) {
                modelId = table.addModel(vehicle, makes, row);
                models.put(model, modelId);
            }
            Integer engineId = engines.get(vehicle.engine());
            if (engineId == null) {
                engineId = table.addEngine(vehicle.engine());
                engines.put(vehicle.engine(), engineId);
            }
            table.modelOf[row] = modelId;
            table.engineOf[row] = engineId;
            if (!vehicle.body().isEmpty()) table.name(row, vehicle.body(), bodies);
            table.from[row] = (short) vehicle.from();
            table.to[row] = (short) vehicle.to();
            table.parts[row] = each.docFreq();
        }
        return table;
    }

    private void grow() {
        if (rows < modelOf.length) return;
        int size = Math.max(64, rows + (rows >> 1));
        modelOf = Arrays.copyOf(modelOf, size);
        engineOf = Arrays.copyOf(engineOf, size);
        from = Arrays.copyOf(from, size);
        to = Arrays.copyOf(to, size);
        parts = Arrays.copyOf(parts, size);
    }

    private int addModel(Vehicle vehicle, Map<String, Integer> makeIds, int row) {
        Integer make = makeIds.get(vehicle.make());
        if (make == null) {
            make = makes.size();
            makeIds.put(vehicle.make(), make);
            makes.add(vehicle.make());
            makeKeys.add(Text.key(vehicle.make()));
        }
        int id = models.size();
        models.add(vehicle.model());
        modelKeys.add(Text.key(vehicle.model()));
        modelParts.add(Set.copyOf(Text.vehicleParts(vehicle.model())));
        if (id == makeOfModel.length) {
            makeOfModel = Arrays.copyOf(makeOfModel, Math.max(64, id * 2));
            firstRow = Arrays.copyOf(firstRow, makeOfModel.length);
        }
        makeOfModel[id] = make;
        firstRow[id] = row;
        for (String word : modelWords(vehicle.make(), vehicle.model()))
            modelsByWord.computeIfAbsent(word, w -> new BitSet()).set(id);
        return id;
    }

    private int addEngine(String engine) {
        int id = engines.size();
        engines.add(engine);
        engineKeys.add(Text.key(engine));
        for (String word : engineWords(engine))
            enginesByWord.computeIfAbsent(word, w -> new BitSet()).set(id);
        return id;
    }

    private void name(int row, String body, Map<String, Integer> ids) {
        Integer id = ids.get(body);
        if (id == null) {
            id = bodies.size();
            bodies.add(body);
            ids.put(body, id);
        }
        if (row >= bodyOf.length) bodyOf = Arrays.copyOf(bodyOf, modelOf.length);
        bodyOf[row] = id;
    }

    int rows() {
        return rows;
    }

    /** How many documents of the segment carry the row, deleted ones too. */
    int parts(int row) {
        return parts[row];
    }

    int model(int row) {
        return modelOf[row];
    }

    int make(int row) {
        return makeOfModel[modelOf[row]];
    }

    int makeOfModel(int model) {
        return makeOfModel[model];
    }

    /** The rows of a model lie together, from its first to the next one's first: so the terms are sorted. */
    int firstRow(int model) {
        return model < models.size() ? firstRow[model] : rows;
    }

    int engine(int row) {
        return engineOf[row];
    }

    /** 0 for the open one. */
    int body(int row) {
        return row < bodyOf.length ? bodyOf[row] : 0;
    }

    String bodyName(int body) {
        return bodies.get(body);
    }

    int bodyCount() {
        return bodies.size();
    }

    int from(int row) {
        return from[row];
    }

    int to(int row) {
        return to[row];
    }

    boolean spans(int row, int year) {
        return from[row] <= year && year <= to[row];
    }

    Vehicle vehicle(int row) {
        return new Vehicle(
                makes.get(make(row)),
                models.get(modelOf[row]),
                engines.get(engineOf[row]),
                bodyName(body(row)),
                from[row],
                to[row]);
    }

    String makeName(int make) {
        return makes.get(make);
    }

    String modelName(int model) {
        return models.get(model);
    }

    /** Whether these words are the model's whole name: {@code jetta} is that of the Jetta, and not that of the Jetta Clásico. */
    boolean isNamed(int model, Set<String> words) {
        Set<String> parts = modelParts.get(model);
        return !parts.isEmpty() && words.containsAll(parts) || words.contains(Text.vehicleJoined(models.get(model)));
    }

    String modelTerm(int model) {
        return Vehicle.modelTerm(makes.get(makeOfModel[model]), models.get(model));
    }

    String engineName(int engine) {
        return engines.get(engine);
    }

    int makeCount() {
        return makes.size();
    }

    int modelCount() {
        return models.size();
    }

    int engineCount() {
        return engines.size();
    }

    /** Makes with this folded name: one, unless it is spelled in several ways. */
    BitSet makesNamed(String key) {
        return named(makeKeys, key);
    }

    BitSet modelsNamed(String key) {
        return named(modelKeys, key);
    }

    /** Engines with this folded name, and the open one, which is any. */
    BitSet enginesNamed(String key) {
        BitSet engines = named(engineKeys, key);
        engines.or(named(engineKeys, ""));
        return engines;
    }

    private static BitSet named(List<String> keys, String key) {
        BitSet named = new BitSet(keys.size());
        for (int i = 0; i < keys.size(); i++) if (keys.get(i).equals(key)) named.set(i);
        return named;
    }

    /** Models that all of the words name. */
    BitSet modelsSaid(List<String> words, boolean lastIsBeginning) {
        return said(modelsByWord, words, lastIsBeginning);
    }

    BitSet enginesSaid(List<String> words, boolean lastIsBeginning) {
        return said(enginesByWord, words, lastIsBeginning);
    }

    private static BitSet said(NavigableMap<String, BitSet> byWord, List<String> words, boolean lastIsBeginning) {
        BitSet said = new BitSet();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            BitSet here = new BitSet();
            if (lastIsBeginning && i == words.size() - 1)
                byWord.subMap(word, true, word + Character.MAX_VALUE, false)
                        .values()
                        .forEach(here::or);
            else here.or(byWord.getOrDefault(word, here));
            if (i == 0) said.or(here);
            else said.and(here);
        }
        return said;
    }
}
