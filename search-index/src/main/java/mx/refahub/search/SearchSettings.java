package mx.refahub.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory where snapshots lie; each process has its own
 * @param timeLimit after which a search answers with what it has found so far
 * @param synonyms the hub's file of synonyms; those of the program where there is none
 * @param ranking what tells equally good hits apart; with none, the order of the index stands
 * @param keep published snapshots that stay, the one that serves included
 */
@ConfigurationProperties(prefix = "refahub.search", ignoreUnknownFields = false)
public record SearchSettings(
        @DefaultValue("./data/search") Path directory,
        @DefaultValue("2s") Duration timeLimit,
        @DefaultValue("./config/search/synonyms.txt") Path synonyms,
        @DefaultValue({"stock-here", "stock-near", "sales"}) List<Ranking.By> ranking,
        @DefaultValue("3") int keep) {
    private static final int FEWEST = 3;

    public SearchSettings {
        ranking = List.copyOf(ranking);
        if (Set.copyOf(ranking).size() < ranking.size())
            throw new IllegalArgumentException("refahub.search.ranking names something twice: " + ranking);
        if (timeLimit.toMillis() < 1)
            throw new IllegalArgumentException("refahub.search.time-limit is " + timeLimit + ", not positive");
        if (keep < FEWEST)
            throw new IllegalArgumentException("refahub.search.keep is " + keep + ", less than " + FEWEST
                    + ": stores fetch the files of the newest ones, and a damaged one needs another to fall back to");
    }
}
