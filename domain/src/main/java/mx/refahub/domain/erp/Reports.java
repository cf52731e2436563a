package mx.refahub.domain.erp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** Figures over all branches for people who decide: each a table, totals included. */
public interface Reports {
    enum Kind {
        /** By day and branch. */
        SALES,
        /** By line: what was sold against what it cost the shelf. */
        MARGIN,
        /** By rate and branch. */
        TAXES,
        /** By kind of payment and branch. */
        TENDERS,
        /** Cash sessions that closed with more or less than expected; of a session that was closed again the last count. */
        CASH,
        /** By day and branch: what left the drawers for the safe and what was counted in them, against the slips of the bank. */
        DEPOSITS,
        /** What is on the shelves now, by branch; days are of no account. */
        STOCK,
        /** By customer and branch: what is owed on account now, by the days from when it was due to the query's last. */
        CREDIT,
        /** By customer and branch: old parts still to come and their deposits, by the days from their sale to the query's last. */
        CORES,
        /** By customer and branch: open layaways and special orders with what was paid on them, by the days from when they were made to the query's last. */
        LAYAWAYS,
        /** By salesperson and branch: what was collected of their sales, less what came back, and what they earn of it. */
        COMMISSIONS
    }

    /** @param store null: all */
    record Query(
            Kind kind,
            LocalDate from,
            LocalDate to,
            @Nullable StoreId store) {
        /** A year and a day. */
        public static final int LONGEST_DAYS = 366;

        public Query {
            if (to.isBefore(from) || from.plusDays(LONGEST_DAYS).isBefore(to))
                throw new IllegalArgumentException("report from " + from + " to " + to);
        }
    }

    enum Type {
        AMOUNT,
        /** A whole number. */
        COUNT,
        /** Thousandths. */
        QUANTITY,
        /** Hundredths of a percent. */
        PERCENT
    }

    /** @param name key of its word */
    record Figure(String name, Type type) {}

    /** @param keys what the row is of; @param figures in the order of the table's */
    record Row(List<String> keys, List<Long> figures) {
        public Row {
            keys = List.copyOf(keys);
            figures = List.copyOf(figures);
        }
    }

    /** @param total of all rows, in the order of the figures; @param cut there are more rows than these */
    record Table(Query query, List<String> keys, List<Figure> figures, List<Row> rows, List<Long> total, boolean cut) {
        public Table {
            keys = List.copyOf(keys);
            figures = List.copyOf(figures);
            rows = List.copyOf(rows);
            total = List.copyOf(total);
        }
    }

    Table table(Query query);

    enum Format {
        CSV,
        XLSX
    }

    /** @param titles of the columns, in the reader's words */
    void write(Table table, List<String> titles, Format format, OutputStream to) throws IOException;

    /**
     * A table in the reader's words, for paper.
     *
     * @param lead what it is of @param keys how many columns from the left are text; the others are figures @param total the last row, of as many cells as the
     *     others
     */
    record Print(
            String title, String lead, List<String> titles, int keys, List<List<String>> rows, List<String> total) {
        public Print {
            titles = List.copyOf(titles);
            rows = List.copyOf(rows);
            total = List.copyOf(total);
        }
    }

    /** As PDF. */
    void print(Print print, OutputStream to) throws IOException;
}
