package mx.refahub.batch.standard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mx.refahub.batch.intake.CsvOut;
import mx.refahub.batch.intake.XmlPull;
import mx.refahub.batch.run.RunRefused;

/**
 * ACES 3 and 4 (Aftermarket Catalog Exchange Standard): each {@code App} becomes a row of fitments. Vehicles are named by numbers of the VCdb,
 * which {@link Vehicles} knows, or by names beside the numbers. What qualifies an application beyond our columns goes into its notes, in words
 * where the file has them and else as its number, so that a part never seems to fit more than it does.
 */
final class AcesFile {
    static final String FILE = "aces";

    private static final List<String> HEADER = List.of(
            "line_code",
            "part_number",
            "make",
            "model",
            "year_from",
            "year_to",
            "engine",
            "body",
            "position",
            "notes",
            "xml_line",
            "trouble",
            "by_year");

    /** Of an application, and without a say in what it fits. */
    private static final Set<String> ASIDE = Set.of(
            "Qty",
            "PartType",
            "MfrLabel",
            "AssetName",
            "AssetItemOrder",
            "AssetItemRef",
            "DisplayOrder",
            "VehicleType");

    private static final int MAX_TEXT = 4_000;
    private static final int MAX_NOTES = 200;

    private final Vehicles vehicles;
    private final Lines lines;
    private String brand = "";
    private boolean update;

    AcesFile(Vehicles vehicles, Lines lines) {
        this.vehicles = vehicles;
        this.lines = lines;
    }

    /** The sender tells changes only. */
    boolean isUpdate() {
        return update;
    }

    /** @param removals applications that the file takes back */
    record Written(long fitments, long removals) {}

    Written translate(Path from, Path to, Path removals) throws IOException {
        return translate(Files.newInputStream(from), to, removals);
    }

    /** @param from closed afterwards */
    Written translate(InputStream from, Path to, Path removals) throws IOException {
        try (XmlPull xml = new XmlPull(FILE, from);
                CsvOut out = new CsvOut(to, HEADER);
                CsvOut gone = new CsvOut(removals, HEADER)) {
            if (!xml.nextElement() || !xml.name().equals("ACES")) throw refuse("su primer elemento no es ACES");
            String version = xml.attribute("version");
            if (!version.startsWith("3") && !version.startsWith("4"))
                throw refuse("es ACES " + (version.isEmpty() ? "sin versión" : version) + "; se admiten 3 y 4");
            while (xml.nextElement()) {
                switch (xml.name()) {
                    case "SubmissionType" -> update = xml.text(MAX_TEXT).strip().equals("UPDATE");
                    case "BrandAAIAID" -> brand = xml.text(MAX_TEXT).strip();
                    case "App" -> app(xml, xml.attribute("action").equals("D") ? gone : out);
                    case "Asset", "DigitalAsset" -> xml.skip();
                    default -> {}
                }
            }
            return new Written(out.rows(), gone.rows());
        }
    }

    private static RunRefused refuse(String why) {
        return new RunRefused("El archivo «" + FILE + "» no se importó: " + why + ".");
    }

    /** A coded value: the name that stands with it, and its number. */
    private record Coded(String id, String name) {
        static final Coded NONE = new Coded("", "");

        static Coded of(XmlPull xml) throws IOException {
            String id = xml.attribute("id");
            String name = xml.attribute("name");
            String text = xml.text(MAX_TEXT).strip();
            return new Coded(id, text.isEmpty() ? name : text);
        }

        String nameOr(String other) {
            return name.isEmpty() ? other : name;
        }
    }

    private void app(XmlPull xml, CsvOut out) throws IOException {
        long line = xml.line();
        Coded base = Coded.NONE;
        Coded make = Coded.NONE;
        Coded model = Coded.NONE;
        Coded engine = Coded.NONE;
        Coded body = Coded.NONE;
        Coded doors = Coded.NONE;
        Coded position = Coded.NONE;
        String from = "";
        String to = "";
        String part = "";
        String partBrand = brand;
        boolean equipment = false;
        List<String> notes = new ArrayList<>();
        int outer = xml.depth();
        while (xml.nextInside(outer)) {
            String name = xml.name();
            switch (name) {
                case "BaseVehicle" -> base = Coded.of(xml);
                case "Years" -> {
                    from = xml.attribute("from");
                    to = xml.attribute("to");
                    xml.skip();
                }
                case "Make" -> make = Coded.of(xml);
                case "Model" -> model = Coded.of(xml);
                case "EngineBase" -> engine = Coded.of(xml);
                case "BodyType" -> body = Coded.of(xml);
                case "BodyNumDoors" -> doors = Coded.of(xml);
                case "Position" -> position = Coded.of(xml);
                case "Part" -> {
                    String own = xml.attribute("BrandAAIAID");
                    if (!own.isEmpty()) partBrand = own;
                    part = xml.text(MAX_TEXT).strip();
                }
                case "Note" -> note(notes, xml.text(MAX_TEXT).strip());
                case "Qual" -> note(notes, qualifier(xml));
                case "Mfr", "EquipmentModel", "EquipmentBase" -> {
                    equipment = true;
                    xml.skip();
                }
                default -> {
                    if (ASIDE.contains(name)) xml.skip();
                    else {
                        Coded coded = Coded.of(xml);
                        note(notes, coded.nameOr(name + " " + coded.id()));
                    }
                }
            }
        }
        String engineName = engine.nameOr(vehicles.engine(engine.id()));
        if (engineName.isEmpty() && !engine.id().isEmpty()) note(notes, "EngineBase " + engine.id());
        String bodyName = body.nameOr(vehicles.body(body.id()));
        if (bodyName.isEmpty() && !body.id().isEmpty()) note(notes, "BodyType " + body.id());
        if (doors.name().isEmpty() && !doors.id().isEmpty()) note(notes, "BodyNumDoors " + doors.id());
        if (!doors.name().isEmpty()) bodyName = (bodyName + " " + doorsText(doors.name())).strip();
        String positionName = position.nameOr(position.id().isEmpty() ? "" : "Position " + position.id());
        String makeName = make.nameOr(vehicles.make(make.id()));
        String modelName = model.nameOr(vehicles.model(model.id()));
        String trouble = "";
        Vehicles.Vehicle known = base.id().isEmpty() ? null : vehicles.base(base.id());
        if (known != null) {
            makeName = known.make();
            modelName = known.model();
            from = Integer.toString(known.year());
            to = from;
        } else if (equipment) {
            trouble = "Es una aplicación de un equipo o motor suelto, no de un vehículo.";
        } else if (!base.id().isEmpty() && (makeName.isEmpty() || modelName.isEmpty() || from.isEmpty())) {
            trouble = "No hay un vehículo con base_vehicle_id " + base.id()
                    + " en el archivo de vehículos, y la aplicación no trae su nombre.";
        } else if (makeName.isEmpty() || modelName.isEmpty()) {
            trouble = "No hay un vehículo con make_id " + make.id() + " y model_id " + model.id()
                    + " en el archivo de vehículos, y la aplicación no trae su nombre.";
        }
        out.row(
                lines.of(partBrand),
                part,
                makeName,
                modelName,
                from,
                to,
                engineName,
                bodyName,
                positionName,
                String.join("; ", notes),
                Long.toString(line),
                trouble,
                known == null ? "no" : "true");
    }

    /** The VCdb says how many; some senders say of what. */
    private static String doorsText(String name) {
        return name.chars().allMatch(Character::isDigit) ? name + " puertas" : name;
    }

    private static void note(List<String> notes, String text) {
        if (!text.isEmpty() && notes.size() < MAX_NOTES && !notes.contains(text)) notes.add(text);
    }

    private static String qualifier(XmlPull xml) throws IOException {
        String id = xml.attribute("id");
        StringBuilder text = new StringBuilder();
        int outer = xml.depth();
        while (xml.nextInside(outer)) {
            if (!xml.name().equals("text")) continue;
            if (text.length() > 0) text.append(' ');
            text.append(xml.text(MAX_TEXT).strip());
        }
        return text.length() == 0 ? "Qual " + id : text.toString();
    }
}
