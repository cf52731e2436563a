package mx.refahub.domain.search;

import java.util.List;

/**
 * Finds parts. The same code with the same order of hits at the hub and at every store. Safe for many threads; answers from
 * the newest opened snapshot, and with no hits before there is one. Prices and stock are not known here.
 */
public interface PartSearch {
    /**
     * So many of the first hits may change places by what is in stock. Of those behind them that are as good as the last of these, at most as many again come
     * forward because they are in stock; the rest keeps its order, so that no page repeats or misses one.
     */
    int SHELF = 60;

    PartHits find(PartQuery query);

    /**
     * The same with stock beside it: of hits that are equally good, what is in stock comes first, at most {@value #SHELF} from behind the {@value #SHELF} best;
     * can be asked for alone, and is counted.
     */
    PartHits find(PartQuery query, Shelves.Look shelves);

    /**
     * What can still be chosen once part of a vehicle is: the picker goes year → make → model → engine → category.
     *
     * @param chosen its text, limit and offset are ignored
     */
    VehicleChoices choices(PartQuery chosen);

    /** Sorted as a person looks for them: years newest first, the rest by Spanish collation. Only what leads to a part. */
    record VehicleChoices(
            List<Integer> years,
            List<String> makes,
            List<String> models,
            List<String> engines,
            List<String> categories) {}

    /** Version of the snapshot that answers now, and of the catalogue that it was built from; zeros before the first. */
    Version version();

    record Version(long index, long catalogue) {
        public static final Version NONE = new Version(0, 0);
    }
}
