package mx.refahub.domain.search;

import java.util.List;

/**
 * How the typed text was read.
 *
 * @param vehicle what was taken for a vehicle, by the vehicle that the first hit answers with; it can be lifted ({@link PartQuery#lifted})
 * @param words the words that had to be met, as they were read: without accents, in lower case, without <i>de</i> and <i>para</i>
 * @param tried for words that led nowhere as they were typed, what was tried in their place
 */
public record Understood(List<VehicleTerm> vehicle, List<String> words, List<Tried> tried) {
    public static final Understood NOTHING = new Understood(List.of(), List.of(), List.of());

    public enum Kind {
        MAKE,
        MODEL,
        YEAR,
        ENGINE,
        BODY
    }

    /**
     * @param typed as it stands in the text; to be lifted by this
     * @param value as the catalogue writes it
     */
    public record VehicleTerm(Kind kind, String typed, String value) {}

    /** @param instead the closest first */
    public record Tried(String typed, List<String> instead) {
        public Tried {
            instead = List.copyOf(instead);
        }
    }

    public Understood {
        vehicle = List.copyOf(vehicle);
        words = List.copyOf(words);
        tried = List.copyOf(tried);
    }
}
