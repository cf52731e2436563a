package mx.refahub.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mx.refahub.batch.backup.Tables.Sequence;
import mx.refahub.batch.backup.Tables.Sum;
import mx.refahub.batch.backup.Tables.Table;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What a copy holds, a ZIP in a seal, written and read from front to back: {@code head}, what it is and which tables it has; {@code table/NAME}, rows as PostgreSQL's COPY
 * writes them; {@code file/NAME/PATH}; {@code sums}, rows and sums of every table and file. A copy without sums at its end is none.
 */
final class Archive {
    static final String HEAD = "head";
    static final String TABLE = "table/";
    static final String FILE = "file/";
    static final String SUMS = "sums";
    static final String FORMAT = "1";

    private Archive() {}

    /** @param made by this hub's clock @param schema version of the tables */
    record Head(Instant made, String schema, List<Table> tables, List<Sequence> sequences) {
        Head {
            tables = List.copyOf(tables);
            sequences = List.copyOf(sequences);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            text.append("format\t").append(FORMAT).append('\n');
            text.append("made\t").append(made).append('\n');
            text.append("schema\t").append(schema).append('\n');
            for (Table table : tables)
                text.append("table\t")
                        .append(table.name())
                        .append('\t')
                        .append(String.join(",", table.columns()))
                        .append('\n');
            for (Sequence one : sequences)
                text.append("sequence\t")
                        .append(one.name())
                        .append('\t')
                        .append(one.last())
                        .append('\t')
                        .append(one.called())
                        .append('\n');
            return text.toString();
        }

        static Head read(String text) throws IOException {
            Instant made = Instant.EPOCH;
            String schema = "";
            List<Table> tables = new ArrayList<>();
            List<Sequence> sequences = new ArrayList<>();
            for (String line : text.split("\n")) {
                String[] words = line.split("\t");
                switch (words[0]) {
                    case "format" -> {
                        if (!words[1].equals(FORMAT))
                            throw new Restoring.OtherVersion(
                                    "the copy has format " + words[1] + ", this program knows " + FORMAT);
                    }
                    case "made" -> made = Instant.parse(words[1]);
                    case "schema" -> schema = words[1];
                    case "table" -> tables.add(new Table(words[1], List.of(words[2].split(","))));
                    case "sequence" ->
                        sequences.add(new Sequence(words[1], Long.parseLong(words[2]), Boolean.parseBoolean(words[3])));
                    default -> throw new Restoring.OtherVersion("the copy tells of '" + words[0] + "'");
                }
            }
            return new Head(made, schema, tables, sequences);
        }
    }

    /** @param files bytes and SHA-256 of each, by its path in the copy */
    record Sums(Map<String, Sum> tables, Map<String, String> files) {
        long rows() {
            return tables.values().stream().mapToLong(Sum::rows).sum();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            tables.forEach((name, sum) -> text.append("table\t")
                    .append(name)
                    .append('\t')
                    .append(sum.rows())
                    .append('\t')
                    .append(sum.sum())
                    .append('\n'));
            files.forEach((path, sum) ->
                    text.append("file\t").append(path).append('\t').append(sum).append('\n'));
            return text.toString();
        }

        static Sums read(String text) {
            Map<String, Sum> tables = new TreeMap<>();
            Map<String, String> files = new TreeMap<>();
            for (String line : text.split("\n")) {
                String[] words = line.split("\t");
                if (words[0].equals("table")) tables.put(words[1], new Sum(Long.parseLong(words[2]), words[3]));
                else if (words[0].equals("file")) files.put(words[1], words[2]);
            }
            return new Sums(tables, files);
        }
    }

    /** What was written. */
    record Written(Head head, Sums sums) {}

    /**
     * Writes everything of one moment.
     *
     * @param connection not in a transaction; it is given back as it came
     * @param stop asked between one table and the next
     * @throws Stopped if it was to stop
     */
    static Written write(
            OutputStream out,
            SealKey key,
            SecureRandom random,
            Connection connection,
            Map<String, Path> include,
            Instant now,
            BooleanSupplier stop)
            throws IOException, SQLException {
        connection.setAutoCommit(false);
        // One snapshot for all tables, and none of them changed.
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (ZipOutputStream zip = new ZipOutputStream(new Sealing(out, key, random), StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.BEST_SPEED);
            Tables tables = new Tables(connection);
            tables.speakPlainly();
            Head head = new Head(now, tables.schemaVersion(), tables.tables(), tables.sequences());
            put(zip, HEAD, head.text());
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            Map<String, Sum> sums = new TreeMap<>();
            for (Table table : head.tables()) {
                if (stop.getAsBoolean()) throw new Stopped();
                zip.putNextEntry(new ZipEntry(TABLE + table.name()));
                copies.copyOut(
                        "copy (select " + String.join(", ", table.columns()) + " from " + table.name() + ") to stdout",
                        zip);
                zip.closeEntry();
                sums.put(table.name(), tables.sum(table.name()));
            }
            Map<String, String> files = new TreeMap<>();
            for (Map.Entry<String, Path> one : new TreeMap<>(include).entrySet())
                putFiles(zip, one.getKey(), one.getValue(), files, stop);
            Sums all = new Sums(sums, files);
            put(zip, SUMS, all.text());
            return new Written(head, all);
        } finally {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }

    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static void putFiles(
            ZipOutputStream zip, String name, Path root, Map<String, String> sums, BooleanSupplier stop)
            throws IOException {
        if (!Files.exists(root)) return;
        List<Path> found;
        try (Stream<Path> walk = Files.walk(root)) {
            found = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : found) {
            if (stop.getAsBoolean()) throw new Stopped();
            Path inside = file.equals(root) ? file.getFileName() : root.relativize(file);
            String path = FILE + name + "/" + inside.toString().replace('\\', '/');
            // A picture may be replaced while it is walked: what is gone is of nobody any more.
            if (!Files.isReadable(file)) continue;
            zip.putNextEntry(new ZipEntry(path));
            sums.put(path, copy(Files.newInputStream(file), zip));
            zip.closeEntry();
        }
    }

    /** Closes what it reads. @return SHA-256 of it */
    static String copy(InputStream from, OutputStream to) throws IOException {
        try (DigestInputStream in = new DigestInputStream(from, sha256())) {
            in.transferTo(to);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
