package mx.refahub.search;

import java.io.IOException;
import java.text.Collator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Understood;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The vehicles of an open snapshot: which terms a choice or typed words stand for, and what can still be chosen. */
final class Vehicles {
    private static final Locale SPANISH = Locale.forLanguageTag("es-MX");

    private final List<Segment> segments;
    private final Map<String, VehicleTable> tables;

    /** @param alive rows that a part which is not deleted still carries; null for all */
    private record Segment(
            LeafReaderContext context,
            VehicleTable table,
            @Nullable BitSet alive) {
        /** Of these, whether some row that is alive has it. */
        BitSet alive(BitSet ids, IntUnaryOperator idOfRow) {
            if (alive == null || ids.isEmpty()) return ids;
            BitSet living = new BitSet();
            alive.stream().map(idOfRow).filter(ids::get).forEach(living::set);
            return living;
        }
    }

    private Vehicles(List<Segment> segments, Map<String, VehicleTable> tables) {
        this.segments = segments;
        this.tables = tables;
    }

    /** Segments that the snapshot before had too bring their tables along. */
    static Vehicles of(DirectoryReader reader, @Nullable Vehicles before) throws IOException {
        List<Segment> segments = new ArrayList<>();
        Map<String, VehicleTable> tables = new HashMap<>();
        for (LeafReaderContext context : reader.leaves()) {
            String id = Segments.id(context.reader());
            VehicleTable table = before == null ? null : before.tables.get(id);
            if (table == null) table = VehicleTable.of(context.reader());
            tables.put(id, table);
            segments.add(new Segment(context, table, alive(context.reader(), table)));
        }
        return new Vehicles(segments, tables);
    }

    /** The vehicles of one of its segments. */
    VehicleTable table(LeafReader segment) {
        VehicleTable table = tables.get(Segments.id(segment));
        if (table == null) throw new IllegalArgumentException("not a segment of this snapshot: " + segment);
        return table;
    }

    private static @Nullable BitSet alive(LeafReader reader, VehicleTable table) throws IOException {
        Bits live = reader.getLiveDocs();
        if (live == null) return null;
        int[] gone = new int[table.rows()];
        SortedSetDocValues rows = DocValues.getSortedSet(reader, Fields.FITS);
        for (int document = rows.nextDoc(); document != SortedSetDocValues.NO_MORE_DOCS; document = rows.nextDoc()) {
            if (live.get(document)) continue;
            for (int i = 0; i < rows.docValueCount(); i++) gone[(int) rows.nextOrd()]++;
        }
        BitSet alive = new BitSet(table.rows());
        for (int row = 0; row < table.rows(); row++) if (gone[row] < table.parts(row)) alive.set(row);
        return alive;
    }

    /** Parts that fit the vehicle as far as it is chosen. */
    Query chosen(PartQuery asked) {
        boolean make = !asked.make().isEmpty();
        boolean model = !asked.model().isEmpty();
        List<Query> all = new ArrayList<>();
        if (make && model)
            all.add(new TermQuery(new Term(Fields.MODEL, Vehicle.modelTerm(asked.make(), asked.model()))));
        else if (make) all.add(new TermQuery(new Term(Fields.MAKE, Text.key(asked.make()))));
        if (asked.year() != 0) all.add(new TermQuery(new Term(Fields.YEAR, Integer.toString(asked.year()))));
        boolean oneTermSaysIt = all.size() == 1 && asked.engine().isEmpty() && (make || !model);
        if (!oneTermSaysIt) all.add(new FitsQuery(rows(asked)));
        return Question.filters(all);
    }

    private List<BitSet> rows(PartQuery asked) {
        List<BitSet> rows = noRows();
        for (Segment segment : segments) {
            VehicleTable table = segment.table;
            Chosen chosen = new Chosen(table, asked);
            BitSet here = rows.get(segment.context.ord);
            for (int model = 0; model < table.modelCount(); model++) {
                if (!chosen.model(model)) continue;
                for (int row = table.firstRow(model); row < table.firstRow(model + 1); row++)
                    if (chosen.year(row) && chosen.engine(row)) here.set(row);
            }
        }
        return rows;
    }

    /** What was chosen, against the rows of one table. */
    private static final class Chosen {
        private final VehicleTable table;
        private final @Nullable BitSet makes;
        private final @Nullable BitSet models;
        private final @Nullable BitSet engines;
        private final int year;

        Chosen(VehicleTable table, PartQuery asked) {
            this.table = table;
            this.makes = asked.make().isEmpty() ? null : table.makesNamed(Text.key(asked.make()));
            this.models = asked.model().isEmpty() ? null : table.modelsNamed(Text.key(asked.model()));
            this.engines = asked.engine().isEmpty() ? null : table.enginesNamed(Text.key(asked.engine()));
            this.year = asked.year();
        }

        boolean year(int row) {
            return year == 0 || table.spans(row, year);
        }

        boolean makeOf(int row) {
            return makes == null || makes.get(table.make(row));
        }

        boolean modelOf(int row) {
            return models == null || models.get(table.model(row));
        }

        /** Make and model. */
        boolean model(int model) {
            return (models == null || models.get(model)) && (makes == null || makes.get(table.makeOfModel(model)));
        }

        boolean engine(int row) {
            return engines == null || engines.get(table.engine(row));
        }

        boolean all(int row) {
            return year(row) && makeOf(row) && modelOf(row) && engine(row);
        }
    }

    /**
     * What one typed word may say of a vehicle. A word may have several readings: {@code cr-v} is {@code crv}, and {@code cr} with {@code v}.
     *
     * @param year 0 if it is none
     * @param shortYear it has two digits: only beside a model they are a year
     */
    record Saying(int bit, List<List<String>> readings, boolean beginning, int year, boolean shortYear) {}

    /** Rows that answer, by segment; and those among them of models whose whole name was said. */
    record Rows(List<BitSet> all, List<BitSet> named) {
        void add(Rows others) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).or(others.all.get(i));
                named.get(i).or(others.named.get(i));
            }
        }
    }

    /**
     * What typed words say of vehicles.
     *
     * @param together sets of two words and more that some vehicles answer, as bits, with the rows of those that answer exactly these
     * @param alone every word that some vehicle answers
     * @param engines words that name an engine: a vehicle that is open for any engine answers them without having them
     * @param named models whose whole name was said, as terms
     */
    record Said(Map<Integer, Rows> together, int alone, int engines, Set<String> named) {}

    /** What was said, against every segment: listened to once for a search and all its hits. */
    static final class Ear {
        private final List<Saying> sayings;
        private final List<Heard> heard = new ArrayList<>();

        private Ear(List<Saying> sayings, List<Segment> segments) {
            this.sayings = sayings;
            for (Segment segment : segments) heard.add(new Heard(segment, sayings));
        }
    }

    Ear listen(List<Saying> sayings) {
        return new Ear(sayings, segments);
    }

    Said said(Ear ear) {
        List<Saying> sayings = ear.sayings;
        Map<Integer, Rows> together = new HashMap<>();
        Set<String> named = new TreeSet<>();
        List<Heard> heard = ear.heard;
        int years = 0;
        int engines = 0;
        int alone = 0;
        for (Saying saying : sayings) if (saying.year != 0 && !saying.shortYear) years |= saying.bit;
        for (Heard here : heard) {
            engines |= here.engineBits();
            alone |= here.modelBits();
        }
        // An engine with a year, or two words of an engine, may be any model's.
        boolean anyModel = engines != 0 && Integer.bitCount(engines | years) > 1;
        for (int i = 0; i < heard.size(); i++) {
            Heard here = heard.get(i);
            for (int model = 0; model < here.table.modelCount(); model++) {
                if (here.ofModel[model] == 0 && !anyModel) continue;
                boolean whole = here.ofModel[model] != 0 && here.table.isNamed(model, here.words);
                if (whole) named.add(here.table.modelTerm(model));
                for (int row = here.table.firstRow(model); row < here.table.firstRow(model + 1); row++) {
                    int bits = here.bits(row, engines);
                    if (Integer.bitCount(bits) < 2) continue;
                    Rows rows = together.get(bits);
                    if (rows == null) together.put(bits, rows = new Rows(noRows(), noRows()));
                    rows.all.get(i).set(row);
                    if (whole) rows.named.get(i).set(row);
                }
            }
        }
        return new Said(together, alone | engines | years, engines, named);
    }

    /** What was said, against the rows of one table. */
    private static final class Heard {
        private final VehicleTable table;
        private final List<Saying> years;
        private final int[] ofModel;
        private final int[] ofEngine;
        /** All words that were said whole. */
        private final Set<String> words = new HashSet<>();

        Heard(Segment segment, List<Saying> sayings) {
            this.table = segment.table;
            this.years = sayings.stream().filter(saying -> saying.year != 0).toList();
            this.ofModel = new int[table.modelCount()];
            this.ofEngine = new int[table.engineCount()];
            for (Saying saying : sayings) {
                for (List<String> reading : saying.readings) {
                    mark(segment.alive(table.modelsSaid(reading, saying.beginning), table::model), ofModel, saying.bit);
                    mark(
                            segment.alive(table.enginesSaid(reading, saying.beginning), table::engine),
                            ofEngine,
                            saying.bit);
                    if (!saying.beginning) words.addAll(reading);
                }
            }
        }

        private static void mark(BitSet ids, int[] bits, int bit) {
            ids.stream().forEach(id -> bits[id] |= bit);
        }

        int engineBits() {
            return any(ofEngine);
        }

        int modelBits() {
            return any(ofModel);
        }

        private static int any(int[] each) {
            int bits = 0;
            for (int here : each) bits |= here;
            return bits;
        }

        /** A year alone names no vehicle. */
        boolean names(int row) {
            return ofModel[table.model(row)] != 0;
        }

        /** @param anyEngine what an open engine answers, once the model is one that was said */
        int bits(int row, int anyEngine) {
            int model = ofModel[table.model(row)];
            boolean open = table.engineName(table.engine(row)).isEmpty();
            int bits = model | (open ? (model == 0 ? 0 : anyEngine) : ofEngine[table.engine(row)]);
            for (Saying saying : years)
                if (table.spans(row, saying.year) && (!saying.shortYear || model != 0)) bits |= saying.bit;
            return bits;
        }

        /** What this bit says of the row that answers it. */
        Understood.Kind kind(int row, Saying saying) {
            List<String> make = Text.vehicleParts(table.makeName(table.make(row)));
            int engine = ofEngine[table.engine(row)];
            if ((ofModel[table.model(row)] & saying.bit) != 0)
                return saying.readings.stream().allMatch(make::containsAll)
                        ? Understood.Kind.MAKE
                        : Understood.Kind.MODEL;
            return (engine & saying.bit) != 0 ? Understood.Kind.ENGINE : Understood.Kind.YEAR;
        }
    }

    /** What a saying was understood as, by a vehicle that answers it. */
    record Heading(Saying saying, Understood.Kind kind, String value) {}

    /** What the vehicle that answers most of what was said makes of each saying; empty if none answers any. */
    List<Heading> heard(LeafReaderContext context, int document, Ear ear) throws IOException {
        Segment segment = segments.get(context.ord);
        VehicleTable table = segment.table;
        Heard heard = ear.heard.get(context.ord);
        List<Saying> sayings = ear.sayings;
        int row = bestRow(segment, document, each -> points(heard, each));
        if (row < 0) return List.of();
        int bits = heard.bits(row, heard.engineBits());
        List<Heading> headings = new ArrayList<>();
        for (Saying saying : sayings) {
            if ((bits & saying.bit) == 0) continue;
            Understood.Kind kind = heard.kind(row, saying);
            boolean openEngine = table.engineName(table.engine(row)).isEmpty();
            String value = switch (kind) {
                case MAKE -> table.makeName(table.make(row));
                case MODEL -> table.modelName(table.model(row));
                case ENGINE -> table.engineName(table.engine(row));
                case YEAR -> saying.year == 0 ? "" : Integer.toString(saying.year);
            };
            // An open engine answers an engine that only other vehicles name.
            if (kind == Understood.Kind.YEAR && saying.year == 0 && openEngine)
                headings.add(new Heading(saying, Understood.Kind.ENGINE, ""));
            else headings.add(new Heading(saying, kind, value));
        }
        return headings;
    }

    /** More of what was said; of two with as much, the one whose whole name it is. */
    private static int points(Heard heard, int row) {
        if (!heard.names(row)) return 0;
        boolean whole = heard.table.isNamed(heard.table.model(row), heard.words);
        return 2 * Integer.bitCount(heard.bits(row, 0)) + (whole ? 1 : 0);
    }

    /** The vehicle by which the document answers the choice; empty if it does not. */
    String chosenBy(LeafReaderContext context, int document, PartQuery asked) throws IOException {
        Segment segment = segments.get(context.ord);
        Chosen chosen = new Chosen(segment.table, asked);
        return best(segment, document, row -> chosen.all(row) ? 1 : 0);
    }

    /** The vehicle that answers most of what was said; empty if none answers any. */
    String saidBy(LeafReaderContext context, int document, Ear ear) throws IOException {
        Segment segment = segments.get(context.ord);
        Heard heard = ear.heard.get(context.ord);
        return best(segment, document, row -> points(heard, row));
    }

    private static String best(Segment segment, int document, IntFunction<Integer> points) throws IOException {
        int best = bestRow(segment, document, points);
        return best < 0 ? "" : segment.table.vehicle(best).text();
    }

    private static int bestRow(Segment segment, int document, IntFunction<Integer> points) throws IOException {
        SortedSetDocValues rows = DocValues.getSortedSet(segment.context.reader(), Fields.FITS);
        if (!rows.advanceExact(document)) return -1;
        int best = -1;
        int most = 0;
        for (int i = 0; i < rows.docValueCount(); i++) {
            int row = (int) rows.nextOrd();
            int here = points.apply(row);
            if (here > most) {
                best = row;
                most = here;
            }
        }
        return best;
    }

    /** An empty set of rows for each segment, to be filled. */
    List<BitSet> noRows() {
        List<BitSet> none = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) none.add(new BitSet());
        return none;
    }

    /**
     * Each list honours what the picker chose before it (year, make, model, engine): choosing anew drops what comes after. The years, for whoever
     * starts with the make, honour make, model and engine.
     *
     * @param within the only rows to look at, by segment; empty for all that are alive
     * @param categories already found, for they are of the parts and not of the vehicles
     */
    PartSearch.VehicleChoices choices(PartQuery asked, List<BitSet> within, List<String> categories) {
        TreeSet<Integer> years = new TreeSet<>(Comparator.reverseOrder());
        Map<String, String> makes = new HashMap<>();
        Map<String, String> models = new HashMap<>();
        Map<String, String> engines = new HashMap<>();
        BitSet yearBits = new BitSet();
        for (Segment segment : segments) {
            VehicleTable table = segment.table;
            Chosen chosen = new Chosen(table, asked);
            BitSet allowed = within.isEmpty() ? segment.alive : within.get(segment.context.ord);
            BitSet makesHere = new BitSet(table.makeCount());
            BitSet modelsHere = new BitSet(table.modelCount());
            BitSet enginesHere = new BitSet(table.engineCount());
            for (int row = 0; row < table.rows(); row++) {
                if (allowed != null && !allowed.get(row)) continue;
                boolean make = chosen.makeOf(row);
                boolean model = chosen.modelOf(row);
                if (make && model && chosen.engine(row)) yearBits.set(table.from(row), table.to(row) + 1);
                if (!chosen.year(row)) continue;
                makesHere.set(table.make(row));
                if (!make) continue;
                modelsHere.set(table.model(row));
                if (model) enginesHere.set(table.engine(row));
            }
            add(makesHere, table::makeName, makes);
            add(modelsHere, table::modelName, models);
            add(enginesHere, table::engineName, engines);
        }
        yearBits.stream().forEach(years::add);
        return new PartSearch.VehicleChoices(
                List.copyOf(years), sorted(makes), sorted(models), sorted(engines), categories);
    }

    private static void add(BitSet ids, IntFunction<String> name, Map<String, String> names) {
        ids.stream().forEach(id -> {
            String each = name.apply(id);
            // Spelled in two ways it is still one choice: the spelling that sorts first, so that hub and store show the
            // same.
            if (!each.isEmpty()) names.merge(Text.key(each), each, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        });
    }

    private static List<String> sorted(Map<String, String> names) {
        return sorted(names.values());
    }

    /** As a Spanish reader looks for them. */
    static List<String> sorted(Collection<String> names) {
        Collator spanish = Collator.getInstance(SPANISH);
        return names.stream()
                .map(spanish::getCollationKey)
                .sorted()
                .map(key -> key.getSourceString())
                .toList();
    }
}
