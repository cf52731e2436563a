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
    private static final int ALL = -1;

    private final List<Segment> segments;
    private final Map<String, VehicleTable> tables;

    /** @param alive rows that a part which is not deleted still carries; null for all */
    private record Segment(
            LeafReaderContext context,
            VehicleTable table,
            @Nullable BitSet alive) {
        boolean isAlive(int row) {
            return alive == null || alive.get(row);
        }

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

    /**
     * Words that are what a body is called.
     *
     * @param bits of all its words
     * @param open stands beside the words that a vehicle answers, where it answers these only because it leaves the body open
     * @param begun its last word is not finished: then only vehicles that name such a body answer
     */
    record BodySaying(int bits, int open, Bodies.Phrase phrase, boolean begun, String typed) {}

    /** Behind the bits of words and of the beginning. */
    static final int FIRST_OPEN = 1 << (Text.MAX_TOKENS + 1);

    private static final int WORDS = FIRST_OPEN - 1;

    /** A model that is called like a body. */
    private record CalledLike(int words, int open) {}

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
     * @param bodies words that name a body, as well
     * @param named models whose whole name was said, as terms
     */
    record Said(Map<Integer, Rows> together, int alone, int engines, int bodies, Set<String> named) {}

    /** What was said, against every segment: listened to once for a search and all its hits. */
    static final class Ear {
        private final List<Saying> sayings;
        private final List<BodySaying> bodies;
        private final List<Heard> heard = new ArrayList<>();

        private Ear(List<Saying> sayings, List<BodySaying> bodies, List<Segment> segments) {
            this.sayings = sayings;
            this.bodies = bodies;
            for (Segment segment : segments) heard.add(new Heard(segment, sayings, bodies));
        }
    }

    Ear listen(List<Saying> sayings, List<BodySaying> bodies) {
        return new Ear(sayings, bodies, segments);
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
        int bodies = 0;
        int namedBodies = 0;
        for (BodySaying body : ear.bodies) bodies |= body.bits;
        for (Heard here : heard) {
            engines |= here.engineBits();
            alone |= here.modelBits();
            namedBodies |= any(here.namedBody);
        }
        for (BodySaying body : ear.bodies) if (Integer.bitCount(body.bits) == 1) alone |= body.bits & namedBodies;
        // An engine or a body with a year, or two words of an engine, may be any model's.
        int ofAnyModel = engines | namedBodies;
        boolean anyModel = ofAnyModel != 0 && Integer.bitCount(ofAnyModel | years) > 1;
        Set<CalledLike> models = new HashSet<>();
        for (int i = 0; i < heard.size(); i++) {
            Heard here = heard.get(i);
            for (int model = 0; model < here.table.modelCount(); model++) {
                if (here.ofModel[model] == 0 && !anyModel) continue;
                boolean whole = here.ofModel[model] != 0 && here.table.isNamed(model, here.words);
                if (whole) named.add(here.table.modelTerm(model));
                for (int row = here.table.firstRow(model); row < here.table.firstRow(model + 1); row++) {
                    int bits = here.bits(row, engines, ALL);
                    if (Integer.bitCount(bits) < 2) continue;
                    if ((here.ofModel[model] & bodies) != 0 && segments.get(i).isAlive(row))
                        for (BodySaying body : ear.bodies)
                            if ((here.ofModel[model] & body.bits) == body.bits)
                                models.add(new CalledLike(bits & WORDS, body.open));
                    Rows rows = together.get(bits);
                    if (rows == null) together.put(bits, rows = new Rows(noRows(), noRows()));
                    rows.all.get(i).set(row);
                    if (whole) rows.named.get(i).set(row);
                }
            }
        }
        // 'sedan' of a model that is called so is not asked of the other models.
        together.keySet()
                .removeIf(bits -> models.stream()
                        .anyMatch(model -> (bits & model.open) != 0 && (bits & WORDS & ~model.words) == 0));
        return new Said(together, alone | engines | years, engines, bodies, named);
    }

    /** What was said, against the rows of one table. */
    private static final class Heard {
        private final VehicleTable table;
        private final List<Saying> years;
        private final int[] ofModel;
        private final int[] ofEngine;
        private final List<BodySaying> bodies;
        /** By body: words of what it is called. None where nobody asks. */
        private final int[] namedBody;
        /** By body: words that it says nothing against. */
        private final int[] openBody;
        /** All words that were said whole. */
        private final Set<String> words = new HashSet<>();

        Heard(Segment segment, List<Saying> sayings, List<BodySaying> bodies) {
            this.table = segment.table;
            this.bodies = bodies;
            this.namedBody = new int[bodies.isEmpty() ? 0 : table.bodyCount()];
            this.openBody = new int[namedBody.length];
            for (BodySaying said : bodies)
                for (int body = 0; body < namedBody.length; body++)
                    switch (Bodies.answer(table.bodyName(body), said.phrase)) {
                        case NAMED -> namedBody[body] |= said.bits;
                        case OPEN -> openBody[body] |= said.begun ? 0 : said.bits;
                        case NO -> {}
                    }
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

        /** A year alone names no vehicle. */
        boolean names(int row) {
            return ofModel[table.model(row)] != 0;
        }

        /**
         * @param anyEngine what an open engine answers, once the model is one that was said
         * @param anyBody what an open body does, as well
         */
        int bits(int row, int anyEngine, int anyBody) {
            int model = ofModel[table.model(row)];
            boolean open = table.engineName(table.engine(row)).isEmpty();
            int bits = model | (open ? (model == 0 ? 0 : anyEngine) : ofEngine[table.engine(row)]);
            for (Saying saying : years)
                if (table.spans(row, saying.year) && (!saying.shortYear || model != 0)) bits |= saying.bit;
            if (namedBody.length == 0) return bits;
            int body = table.body(row);
            bits |= namedBody[body];
            int left = model == 0 ? 0 : openBody[body] & anyBody & ~bits;
            if (left == 0) return bits;
            bits |= left;
            for (BodySaying said : bodies) if ((left & said.bits) != 0) bits |= said.open;
            return bits;
        }

        private int bodyBits(int row) {
            if (namedBody.length == 0) return 0;
            int body = table.body(row);
            return namedBody[body] | openBody[body];
        }

        /** What this bit says of the row that answers it. */
        Understood.Kind kind(int row, Saying saying) {
            List<String> make = Text.vehicleParts(table.makeName(table.make(row)));
            int engine = ofEngine[table.engine(row)];
            if ((ofModel[table.model(row)] & saying.bit) != 0)
                return saying.readings.stream().allMatch(make::containsAll)
                        ? Understood.Kind.MAKE
                        : Understood.Kind.MODEL;
            if ((engine & saying.bit) != 0) return Understood.Kind.ENGINE;
            return (bodyBits(row) & saying.bit) != 0 ? Understood.Kind.BODY : Understood.Kind.YEAR;
        }
    }

    private static int any(int[] each) {
        int bits = 0;
        for (int here : each) bits |= here;
        return bits;
    }

    /** What a word was understood as, by a vehicle that answers it. */
    record Heading(int bit, Understood.Kind kind, String value) {}

    /** What the vehicle that answers most of what was said makes of each saying; empty if none answers any. */
    List<Heading> heard(LeafReaderContext context, int document, Ear ear) throws IOException {
        Segment segment = segments.get(context.ord);
        VehicleTable table = segment.table;
        Heard heard = ear.heard.get(context.ord);
        List<Saying> sayings = ear.sayings;
        int row = bestRow(segment, document, each -> points(heard, each));
        if (row < 0) return List.of();
        int bits = heard.bits(row, heard.engineBits(), ALL);
        List<Heading> headings = new ArrayList<>();
        for (Saying saying : sayings) {
            if ((bits & saying.bit) == 0) continue;
            Understood.Kind kind = heard.kind(row, saying);
            boolean openEngine = table.engineName(table.engine(row)).isEmpty();
            String value = switch (kind) {
                case MAKE -> table.makeName(table.make(row));
                case MODEL -> table.modelName(table.model(row));
                case ENGINE -> table.engineName(table.engine(row));
                case BODY -> bodyName(table.bodyName(table.body(row)), saying, ear);
                case YEAR -> saying.year == 0 ? "" : Integer.toString(saying.year);
            };
            // An open engine answers an engine that only other vehicles name.
            if (kind == Understood.Kind.YEAR && saying.year == 0 && openEngine)
                headings.add(new Heading(saying.bit, Understood.Kind.ENGINE, ""));
            else headings.add(new Heading(saying.bit, kind, value));
        }
        return headings;
    }

    /** As the catalogue has it; where that leaves it open, as it was typed. */
    private static String bodyName(String body, Saying saying, Ear ear) {
        for (BodySaying each : ear.bodies) {
            if ((each.bits & saying.bit) == 0) continue;
            String named = Bodies.naming(body, each.phrase);
            return named.isEmpty() ? each.typed : named;
        }
        return body;
    }

    /** More of what was said; of two with as much, the one whose whole name it is; then the one that is open for what it does not name. */
    private static int points(Heard heard, int row) {
        if (!heard.names(row)) return 0;
        boolean whole = heard.table.isNamed(heard.table.model(row), heard.words);
        int bits = heard.bits(row, 0, 0);
        boolean open = heard.bits(row, 0, ALL) != bits;
        return 4 * Integer.bitCount(bits) + (whole ? 2 : 0) + (open ? 1 : 0);
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
