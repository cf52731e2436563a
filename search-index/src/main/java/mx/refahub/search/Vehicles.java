package mx.refahub.search;

import java.io.IOException;
import java.text.Collator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
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
            @Nullable FixedBitSet alive) {}

    private Vehicles(List<Segment> segments, Map<String, VehicleTable> tables) {
        this.segments = segments;
        this.tables = tables;
    }

    /** Segments that the snapshot before had too bring their tables along. */
    static Vehicles of(DirectoryReader reader, @Nullable Vehicles before) throws IOException {
        List<Segment> segments = new ArrayList<>();
        Map<String, VehicleTable> tables = new HashMap<>();
        for (LeafReaderContext context : reader.leaves()) {
            String id = segmentId(context.reader());
            VehicleTable table = before == null ? null : before.tables.get(id);
            if (table == null) table = VehicleTable.of(context.reader());
            tables.put(id, table);
            segments.add(new Segment(context, table, alive(context.reader(), table)));
        }
        return new Vehicles(segments, tables);
    }

    private static String segmentId(LeafReader reader) {
        if (reader instanceof SegmentReader segment)
            return StringHelper.idToString(segment.getSegmentInfo().info.getId());
        throw new IllegalStateException("not a segment: " + reader);
    }

    private static @Nullable FixedBitSet alive(LeafReader reader, VehicleTable table) throws IOException {
        Bits live = reader.getLiveDocs();
        if (live == null) return null;
        int[] gone = new int[table.rows()];
        SortedSetDocValues rows = DocValues.getSortedSet(reader, Fields.FITS);
        for (int document = rows.nextDoc(); document != SortedSetDocValues.NO_MORE_DOCS; document = rows.nextDoc()) {
            if (live.get(document)) continue;
            for (int i = 0; i < rows.docValueCount(); i++) gone[(int) rows.nextOrd()]++;
        }
        FixedBitSet alive = new FixedBitSet(Math.max(1, table.rows()));
        for (int row = 0; row < table.rows(); row++) if (gone[row] < table.parts(row)) alive.set(row);
        return alive;
    }

    /** Parts that fit the vehicle as far as it is chosen. */
    Query chosen(PartQuery asked) {
        String make = Text.key(asked.make());
        boolean engine = !asked.engine().isEmpty();
        if (!engine && asked.model().isEmpty()) {
            if (make.isEmpty()) return new TermQuery(new Term(Fields.YEAR, Integer.toString(asked.year())));
            if (asked.year() == 0) return new TermQuery(new Term(Fields.MAKE, make));
        }
        if (!engine && !make.isEmpty() && asked.year() == 0)
            return new TermQuery(new Term(Fields.MODEL, Vehicle.modelTerm(asked.make(), asked.model())));
        TreeSet<BytesRef> terms = new TreeSet<>();
        for (Segment segment : segments) {
            Chosen chosen = new Chosen(segment.table, asked);
            for (int row = 0; row < segment.table.rows(); row++) {
                if (chosen.all(row))
                    terms.add(new BytesRef(segment.table.vehicle(row).term()));
            }
        }
        return terms(terms);
    }

    static Query terms(TreeSet<BytesRef> terms) {
        return terms.isEmpty() ? new MatchNoDocsQuery("no such vehicle") : new TermInSetQuery(Fields.FITS, terms);
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

        boolean make(int row) {
            return makes == null || makes.get(table.make(row));
        }

        boolean model(int row) {
            return models == null || models.get(table.model(row));
        }

        boolean engine(int row) {
            return engines == null || engines.get(table.engine(row));
        }

        boolean all(int row) {
            return year(row) && make(row) && model(row) && engine(row);
        }
    }

    /** What one typed word may say of a vehicle. A word may have several readings: {@code cr-v} is {@code crv}, and {@code cr} with {@code v}. */
    record Saying(int bit, List<List<String>> readings, boolean beginning, int year) {}

    /**
     * Which of the typed words each vehicle answers, as a set of bits, and the terms of the vehicles that answer exactly those. Only sets of two
     * and more come with their terms: one word alone needs no vehicle to hold it together with another.
     */
    TreeMap<Integer, TreeSet<BytesRef>> said(List<Saying> sayings) {
        TreeMap<Integer, TreeSet<BytesRef>> said = new TreeMap<>();
        if (sayings.isEmpty()) return said;
        int anyEngine = 0;
        List<Heard> heard = new ArrayList<>();
        for (Segment segment : segments) {
            Heard here = new Heard(segment.table, sayings);
            heard.add(here);
            anyEngine |= here.engineBits();
        }
        for (Heard here : heard) {
            for (int row = 0; row < here.table.rows(); row++) {
                int bits = here.bits(row, anyEngine);
                if (bits == 0) continue;
                TreeSet<BytesRef> terms = said.computeIfAbsent(bits, b -> new TreeSet<>());
                if (Integer.bitCount(bits) > 1)
                    terms.add(new BytesRef(here.table.vehicle(row).term()));
            }
        }
        return said;
    }

    /** What was said, against the rows of one table. */
    private static final class Heard {
        private final VehicleTable table;
        private final List<Saying> years;
        private final int[] ofModel;
        private final int[] ofEngine;

        Heard(VehicleTable table, List<Saying> sayings) {
            this.table = table;
            this.years = sayings.stream().filter(saying -> saying.year != 0).toList();
            this.ofModel = new int[table.modelCount()];
            this.ofEngine = new int[table.engineCount()];
            for (Saying saying : sayings) {
                for (List<String> words : saying.readings) {
                    mark(table.modelsSaid(words, saying.beginning), ofModel, saying.bit);
                    mark(table.enginesSaid(words, saying.beginning), ofEngine, saying.bit);
                }
            }
        }

        private static void mark(BitSet ids, int[] bits, int bit) {
            ids.stream().forEach(id -> bits[id] |= bit);
        }

        int engineBits() {
            int bits = 0;
            for (int each : ofEngine) bits |= each;
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
            for (Saying saying : years) if (table.spans(row, saying.year)) bits |= saying.bit;
            return bits;
        }
    }

    /** The vehicle by which the document answers the choice; empty if it does not. */
    String chosenBy(LeafReaderContext context, int document, PartQuery asked) throws IOException {
        Segment segment = segments.get(context.ord);
        Chosen chosen = new Chosen(segment.table, asked);
        return best(segment, document, row -> chosen.all(row) ? 1 : 0);
    }

    /** The vehicle that answers most of what was said; empty if none answers any. */
    String saidBy(LeafReaderContext context, int document, List<Saying> sayings) throws IOException {
        Segment segment = segments.get(context.ord);
        Heard heard = new Heard(segment.table, sayings);
        return best(segment, document, row -> heard.names(row) ? Integer.bitCount(heard.bits(row, 0)) : 0);
    }

    private static String best(Segment segment, int document, IntFunction<Integer> points) throws IOException {
        SortedSetDocValues rows = DocValues.getSortedSet(segment.context.reader(), Fields.FITS);
        if (!rows.advanceExact(document)) return "";
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
        return best < 0 ? "" : segment.table.vehicle(best).text();
    }

    /** An empty set of rows for each segment, to be filled. */
    List<FixedBitSet> noRows() {
        List<FixedBitSet> none = new ArrayList<>();
        for (Segment segment : segments) none.add(new FixedBitSet(Math.max(1, segment.table.rows())));
        return none;
    }

    /**
     * Each list honours what the picker chose before it (year, make, model, engine): choosing anew drops what comes after. The years, for whoever
     * starts with the make, honour make, model and engine.
     *
     * @param within the only rows to look at, by segment; empty for all that are alive
     * @param categories already found, for they are of the parts and not of the vehicles
     */
    PartSearch.VehicleChoices choices(PartQuery asked, List<FixedBitSet> within, List<String> categories) {
        TreeSet<Integer> years = new TreeSet<>(Comparator.reverseOrder());
        Map<String, String> makes = new HashMap<>();
        Map<String, String> models = new HashMap<>();
        Map<String, String> engines = new HashMap<>();
        BitSet yearBits = new BitSet();
        for (Segment segment : segments) {
            VehicleTable table = segment.table;
            Chosen chosen = new Chosen(table, asked);
            FixedBitSet allowed = within.isEmpty() ? segment.alive : within.get(segment.context.ord);
            BitSet makesHere = new BitSet(table.makeCount());
            BitSet modelsHere = new BitSet(table.modelCount());
            BitSet enginesHere = new BitSet(table.engineCount());
            for (int row = 0; row < table.rows(); row++) {
                if (allowed != null && !allowed.get(row)) continue;
                boolean make = chosen.make(row);
                boolean model = chosen.model(row);
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
