package mx.refahub.domain.job;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.Outcome;
import org.jspecify.annotations.Nullable;

/** How suppliers call the columns of our files, said once and remembered. Implemented in batch-jobs. */
public interface SupplierMappings {
    /** By supplier. */
    List<Mapping> all();

    Optional<Mapping> find(String supplier);

    /** In place of what was known of the supplier. Refusals: {@code mapping-column-unknown}. */
    Outcome<Mapping> save(Mapping mapping);

    /** Refusals: {@code mapping-unknown}. */
    Outcome<Mapping> delete(String supplier);

    /**
     * Looks at a file's header and guesses, from names that are usual and from what other suppliers call their columns.
     *
     * <p>Refusals: {@code mapping-file-unknown}; {@code mapping-file-unreadable} with the sentence why.
     *
     * @param file kind of file, as the import's parameter is called: {@code parts}
     */
    Outcome<Suggestion> suggest(String file, Path content);

    /**
     * Finds out by its content which kind of file it is, whatever its name says, and looks at it as {@link #suggest} does. XML of the Auto
     * Care Association is told by its outermost element, {@code pies} or {@code aces}, and has no columns.
     *
     * <p>Refusals: {@code mapping-file-unreadable} with the sentence why.
     */
    Outcome<Suggestion> recognise(Path content);

    /**
     * @param supplier name by which an import asks for it
     * @param columns of one or more kinds of file; at least one, and each of our columns of a file once
     */
    record Mapping(String supplier, List<Column> columns) {
        public static final int MAX_LENGTH = 80;

        public Mapping {
            supplier = supplier.strip();
            columns = List.copyOf(columns);
            if (supplier.isEmpty() || supplier.length() > MAX_LENGTH)
                throw new IllegalArgumentException("name of a supplier of " + supplier.length() + " characters");
            if (columns.isEmpty()) throw new IllegalArgumentException("mapping of no column");
            Set<List<String>> seen = new HashSet<>();
            for (Column column : columns)
                if (!seen.add(List.of(column.file(), column.ours())))
                    throw new IllegalArgumentException(
                            "column " + column.ours() + " of " + column.file() + " is mapped twice");
        }
    }

    /**
     * One of the two, never both: a column of the supplier's file, or a value for all of its rows.
     *
     * @param theirs compared without case
     */
    record Column(
            String file,
            String ours,
            @Nullable String theirs,
            @Nullable String fixed) {
        public static final int MAX_LENGTH = 200;

        public Column {
            if ((theirs == null) == (fixed == null))
                throw new IllegalArgumentException("column " + ours + " is either theirs or fixed");
            if (theirs != null) {
                theirs = theirs.strip().toLowerCase(Locale.ROOT);
                if (theirs.isEmpty()) throw new IllegalArgumentException("column " + ours + " is mapped to nothing");
            }
            if (theirs != null && theirs.length() > MAX_LENGTH || fixed != null && fixed.length() > MAX_LENGTH)
                throw new IllegalArgumentException("column " + ours + " is mapped to too long a text");
        }
    }

    /** @param required a file without it is refused, unless a value is given for all of its rows */
    record Ours(String name, boolean required) {}

    /**
     * @param file kind of file; empty if it is like none
     * @param header as the file has it
     * @param samples its first rows, cells in the order of the header, long ones cut
     * @param ours all columns that a file of this kind may have
     * @param columns guessed; those of ours that the file has under our own name are not among them
     * @param missing required columns that nothing was found for
     */
    record Suggestion(
            String file,
            List<String> header,
            List<List<String>> samples,
            List<Ours> ours,
            List<Column> columns,
            List<String> missing) {
        public Suggestion {
            header = List.copyOf(header);
            samples = List.copyOf(samples);
            ours = List.copyOf(ours);
            columns = List.copyOf(columns);
            missing = List.copyOf(missing);
        }
    }
}
