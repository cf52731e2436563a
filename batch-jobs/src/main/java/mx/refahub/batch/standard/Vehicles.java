package mx.refahub.batch.standard;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.ReferenceFile;
import mx.refahub.batch.intake.Row;
import mx.refahub.domain.part.Fitment;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a vehicle table (VCdb) mean: ACES names vehicles by number only, and the table belongs to who bought it. Held in memory,
 * where all base vehicles of North America take some 20 MB.
 */
final class Vehicles {
    static final String FILE = "vehicles";

    private static final int MOST = 1_000_000;

    private static final int BASE_VEHICLE_ID = 0;
    private static final int MAKE_ID = 1;
    private static final int MODEL_ID = 2;
    private static final int MAKE = 3;
    private static final int MODEL = 4;
    private static final int YEAR = 5;
    private static final int ENGINE_BASE_ID = 6;
    private static final int ENGINE = 7;
    private static final int BODY_TYPE_ID = 8;
    private static final int BODY = 9;

    static final List<Column> COLUMNS = List.of(
            required("base_vehicle_id"),
            optional("make_id"),
            optional("model_id"),
            required("make"),
            required("model"),
            required("year"),
            optional("engine_base_id"),
            optional("engine"),
            optional("body_type_id"),
            optional("body"));

    private final Map<String, Vehicle> byBase = new HashMap<>();
    private final Map<String, String> makes = new HashMap<>();
    private final Map<String, String> models = new HashMap<>();
    private final Map<String, String> engines = new HashMap<>();
    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    record Vehicle(String make, String model, int year) {}

    private Vehicles() {}

    static Vehicles none() {
        return new Vehicles();
    }

    static Vehicles read(Path path) throws IOException {
        Vehicles vehicles = new Vehicles();
        ReferenceFile.read(FILE, path, COLUMNS, MOST, vehicles::take);
        return vehicles;
    }

    private void take(Row row) {
        String make = once(row.requiredText(MAKE, 80));
        String model = once(row.requiredText(MODEL, 80));
        int year = row.whole(YEAR, Fitment.FIRST_YEAR, Fitment.LAST_YEAR);
        String base = row.requiredText(BASE_VEHICLE_ID, 20);
        String makeId = row.text(MAKE_ID, 20);
        String modelId = row.text(MODEL_ID, 20);
        String engineId = row.text(ENGINE_BASE_ID, 20);
        String engine = once(row.text(ENGINE, 80));
        String bodyId = row.text(BODY_TYPE_ID, 20);
        String body = once(row.text(BODY, 80));
        if (row.isRejected()) return;
        byBase.put(base, new Vehicle(make, model, year));
        if (!makeId.isEmpty()) makes.put(makeId, make);
        if (!modelId.isEmpty()) models.put(modelId, model);
        if (!engineId.isEmpty() && !engine.isEmpty()) engines.put(engineId, engine);
        if (!bodyId.isEmpty() && !body.isEmpty()) bodies.put(bodyId, body);
    }

    private String once(String name) {
        return names.computeIfAbsent(name, same -> same);
    }

    @Nullable
    Vehicle base(String id) {
        return byBase.get(id);
    }

    String make(String id) {
        return makes.getOrDefault(id, "");
    }

    String model(String id) {
        return models.getOrDefault(id, "");
    }

    String body(String id) {
        return bodies.getOrDefault(id, "");
    }

    String engine(String id) {
        return engines.getOrDefault(id, "");
    }
}
