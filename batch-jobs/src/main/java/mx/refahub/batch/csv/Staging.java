package mx.refahub.batch.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The step that brings one file into its staging table: the reader checks rows, the writer is COPY. Rows, rejects and the reader's place are
 * committed together, so a killed run goes on after the last chunk that is in the table.
 */
public final class Staging implements ItemStreamReader<Staging.Item>, ItemWriter<Staging.Item>, StepExecutionListener {
    /** Rows in one COPY and one transaction. */
    public static final int CHUNK = 10_000;

    private static final String PLACE = "records.read";

    private final FileFormat format;
    private final DataSource dataSource;
    private final RunNotes notes;
    private @Nullable Open open;

    /** A row in COPY's form, or why it has none. */
    public sealed interface Item {
        record Good(String copy) implements Item {}

        record Bad(long line, RowRejected why) implements Item {}
    }

    private record Context(long run, Path path) {}

    private @Nullable Context context;

    private static final class Open {
        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;
        private final Map<String, Integer> columns;
        private final int width;
        private final long run;
        private long place;

        Open(CsvReader<CsvRecord> reader, Map<String, Integer> columns, int width, long run) {
            this.reader = reader;
            this.records = reader.iterator();
            this.columns = columns;
            this.width = width;
            this.run = run;
        }
    }

    private Staging(FileFormat format, DataSource dataSource, RunNotes notes) {
        this.format = format;
        this.dataSource = dataSource;
        this.notes = notes;
    }

    public static Step step(
            FileFormat format,
            JobRepository repository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            RunNotes notes) {
        Staging staging = new Staging(format, dataSource, notes);
        return new StepBuilder("stage-" + format.file(), repository)
                .<Item, Item>chunk(CHUNK)
                .transactionManager(transactions)
                .reader(staging)
                .writer(staging)
                .listener((StepExecutionListener) staging)
                .build();
    }

    @Override
    public void beforeStep(StepExecution step) {
        String path = step.getJobParameters().getString(format.file());
        context = path == null ? null : new Context(step.getJobExecution().getJobInstanceId(), Path.of(path));
    }

    @Override
    public void open(ExecutionContext state) throws ItemStreamException {
        Context here = context;
        if (here == null) return;
        try {
            CsvFile file = CsvFile.open(here.path());
            Map<String, Integer> columns = file.columns(format.required());
            long done = state.getLong(PLACE, 0L);
            if (done == 0) note(here.run(), file);
            Open opened = new Open(file.read(), columns, file.header().size(), here.run());
            opened.records.next();
            while (opened.place < done && opened.records.hasNext()) {
                opened.records.next();
                opened.place++;
            }
            open = opened;
        } catch (IOException e) {
            throw new ItemStreamException("file of " + format.file() + " cannot be read", e);
        }
    }

    private void note(long run, CsvFile file) {
        notes.total(run, "stage-" + format.file(), file.records());
        if (file.charset().equals(StandardCharsets.ISO_8859_1))
            notes.add(run, format.file() + ": el archivo no es UTF-8; se leyó como Latin-1. Revisa los acentos.");
        List<String> unknown = format.unknown(file.header());
        if (!unknown.isEmpty())
            notes.add(run, format.file() + ": columnas que no se usan: " + String.join(", ", unknown) + ".");
    }

    @Override
    public @Nullable Item read() {
        Open from = open;
        try {
            if (from == null || !from.records.hasNext()) return null;
            CsvRecord record = from.records.next();
            from.place++;
            return item(from, record);
        } catch (CsvParseException e) {
            throw new FileRefused("El archivo no se puede leer después de la fila "
                    + (from == null ? 0 : from.place + 1) + ": revisa las comillas de esa fila.");
        }
    }

    private Item item(Open from, CsvRecord record) {
        long line = record.getStartingLineNumber();
        if (record.getFieldCount() != from.width)
            return new Item.Bad(
                    line,
                    new RowRejected(
                            "",
                            "",
                            "tiene " + record.getFieldCount() + " columnas y el encabezado tiene " + from.width));
        StringBuilder copy = new StringBuilder(160);
        try {
            CopyLine out = new CopyLine(copy).number(from.run).number(line);
            format.row().write(new Values(from.columns, record.getFields()), out);
            out.end();
            return new Item.Good(copy.toString());
        } catch (RowRejected e) {
            return new Item.Bad(line, e);
        }
    }

    @Override
    public void write(Chunk<? extends Item> chunk) throws SQLException, IOException {
        StringBuilder good = new StringBuilder(chunk.size() * 160);
        StringBuilder bad = new StringBuilder();
        long run = run();
        for (Item item : chunk) {
            switch (item) {
                case Item.Good(String copy) -> good.append(copy);
                case Item.Bad(long line, RowRejected why) ->
                    new CopyLine(bad)
                            .number(run)
                            .text(format.file())
                            .number(line)
                            .text(why.column())
                            .text(cut(why.value()))
                            .text(why.reason())
                            .end();
            }
        }
        copy(format.staging() + " (run, line, " + String.join(", ", format.columns()) + ")", good);
        copy("import_reject (run, file, line, field, value, reason)", bad);
    }

    private long run() {
        Context here = context;
        if (here == null) throw new IllegalStateException("nothing to write without a file");
        return here.run();
    }

    private static String cut(String value) {
        return value.length() <= 200
                ? value
                : value.substring(0, Character.isHighSurrogate(value.charAt(199)) ? 199 : 200);
    }

    private void copy(String target, StringBuilder lines) throws SQLException, IOException {
        if (lines.isEmpty()) return;
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin");
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    @Override
    public void update(ExecutionContext state) {
        Open from = open;
        if (from != null) state.putLong(PLACE, from.place);
    }

    @Override
    public void close() throws ItemStreamException {
        Open from = open;
        open = null;
        if (from == null) return;
        try {
            from.reader.close();
        } catch (IOException e) {
            throw new ItemStreamException("file of " + format.file() + " cannot be closed", e);
        }
    }

    /** Rejected rows as they stood in the file, with line, column and reason in front. */
    public static List<String> rejectHeader(CsvFile file) {
        List<String> header = new ArrayList<>(List.of("line", "column", "reason"));
        header.addAll(file.header());
        return header;
    }
}
