package mx.refahub.batch.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import mx.refahub.batch.backup.Archive.Head;
import mx.refahub.batch.backup.Archive.Sums;
import mx.refahub.batch.backup.Tables.ForeignKey;
import mx.refahub.batch.backup.Tables.Sequence;
import mx.refahub.batch.backup.Tables.Sum;
import mx.refahub.batch.backup.Tables.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Puts a copy back: all of its rows under all constraints of the tables, foreign keys included, then counts and sums of every table and file against what the copy says of
 * itself. For trial in a schema that is rolled back, so that nothing is left of it whatever happens; in earnest in a database of the copy's own version.
 */
public final class Restoring {
    private static final String TRIAL = "refahub_trial";

    private Restoring() {}

    /** What was put back, and found equal. */
    public record Proof(String schema, int tables, long rows, long files) {}

    /** A copy that cannot be put back, in a sentence for a person. */
    public static final class Unfit extends IOException {
        private static final long serialVersionUID = 1L;

        Unfit(String sentence) {
            super(sentence);
        }
    }

    /** A copy of which nothing can be said here: it was made of other tables than these. */
    static final class OtherVersion extends IOException {
        private static final long serialVersionUID = 1L;

        OtherVersion(String sentence) {
            super(sentence);
        }
    }

    /** Beside the living tables, of whose version the copy must be; rolled back in the end. */
    static Proof tried(InputStream sealed, SealKey key, Connection connection) throws IOException, SQLException {
        connection.setAutoCommit(false);
        try (ZipInputStream zip = open(sealed, key)) {
            Tables tables = new Tables(connection);
            Head head = head(zip);
            if (!head.schema().equals(tables.schemaVersion()))
                throw new OtherVersion("es de la versión " + head.schema() + " de las tablas y el hub ya tiene la "
                        + tables.schemaVersion() + "; se prueba con «restore» en otra carpeta");
            List<ForeignKey> keys = tables.foreignKeys();
            tables.execute("create schema " + TRIAL);
            for (Table table : head.tables())
                tables.execute("create unlogged table " + TRIAL + "." + table.name() + " (like " + table.name()
                        + " including defaults including constraints including generated including indexes)");
            tables.execute("set local search_path to " + TRIAL + ", public");
            return load(zip, head, tables, connection, keys, null);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The version of the tables that a copy needs. */
    public static String schema(InputStream sealed, SealKey key) throws IOException {
        try (ZipInputStream zip = open(sealed, key)) {
            return head(zip).schema();
        }
    }

    /**
     * Into a database that has the tables of the copy's version and is nobody's: what stands in them is replaced, in one transaction.
     *
     * @param files folder that receives the copied files, each below its name
     */
    public static Proof restored(InputStream sealed, SealKey key, Connection connection, Path files)
            throws IOException, SQLException {
        connection.setAutoCommit(false);
        boolean whole = false;
        try (ZipInputStream zip = open(sealed, key)) {
            Tables tables = new Tables(connection);
            Head head = head(zip);
            if (!head.schema().equals(tables.schemaVersion()))
                throw new Unfit("the copy has version " + head.schema() + " of the tables, the database "
                        + tables.schemaVersion());
            List<ForeignKey> keys = tables.foreignKeys();
            for (ForeignKey one : keys) tables.execute("alter table " + one.table() + " drop constraint " + one.name());
            tables.execute("truncate " + head.tables().stream().map(Table::name).collect(Collectors.joining(", ")));
            Proof proof = load(zip, head, tables, connection, keys, files);
            for (Sequence one : head.sequences()) tables.set(one);
            connection.commit();
            whole = true;
            return proof;
        } finally {
            if (!whole) connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static ZipInputStream open(InputStream sealed, SealKey key) throws IOException {
        return new ZipInputStream(new Opening(sealed, key), StandardCharsets.UTF_8);
    }

    private static Head head(ZipInputStream zip) throws IOException {
        ZipEntry first = zip.getNextEntry();
        if (first == null || !first.getName().equals(Archive.HEAD)) throw new Unfit("no dice qué es");
        return Head.read(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Proof load(
            ZipInputStream zip,
            Head head,
            Tables tables,
            Connection connection,
            List<ForeignKey> keys,
            @Nullable Path files)
            throws IOException, SQLException {
        tables.speakPlainly();
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        Map<String, Table> known = head.tables().stream().collect(Collectors.toMap(Table::name, table -> table));
        Set<String> loaded = new HashSet<>();
        Map<String, String> found = new TreeMap<>();
        Sums sums = null;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (name.startsWith(Archive.TABLE)) {
                Table table = known.get(name.substring(Archive.TABLE.length()));
                if (table == null || !loaded.add(table.name())) throw new Unfit("trae una tabla que no dice: " + name);
                copies.copyIn(
                        "copy " + table.name() + " (" + String.join(", ", table.columns()) + ") from stdin", kept(zip));
            } else if (name.startsWith(Archive.FILE)) found.put(name, file(zip, name, files));
            else if (name.equals(Archive.SUMS))
                sums = Sums.read(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
        if (sums == null) throw new Unfit("está cortado: le faltan las sumas del final");
        for (ForeignKey one : keys)
            if (known.containsKey(one.table()))
                tables.execute("alter table " + one.table() + " add constraint " + one.name() + " " + one.definition());
        for (Table table : head.tables()) {
            Sum told = sums.tables().get(table.name());
            Sum is = tables.sum(table.name());
            if (!is.equals(told))
                throw new Unfit("la tabla " + table.name() + " no da: " + is.rows() + " filas, decía "
                        + (told == null ? "nada" : told.rows()));
        }
        if (!found.equals(sums.files())) throw new Unfit("los archivos no son los que dice");
        return new Proof(head.schema(), head.tables().size(), sums.rows(), found.size());
    }

    /** Whoever reads an entry does not end the archive. */
    private static InputStream kept(ZipInputStream zip) {
        return new FilterInputStream(zip) {
            @Override
            public void close() {
                // The next entry follows.
            }
        };
    }

    /** @param folder null: only its sum is wanted */
    private static String file(ZipInputStream zip, String name, @Nullable Path folder) throws IOException {
        if (folder == null) return Archive.copy(kept(zip), OutputStream.nullOutputStream());
        Path root = folder.toAbsolutePath().normalize();
        Path target = root.resolve(name.substring(Archive.FILE.length())).normalize();
        if (!target.startsWith(root)) throw new Unfit("trae un archivo fuera de su carpeta: " + name);
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        // Keys are among them.
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(target)) {
            return Archive.copy(kept(zip), out);
        }
    }
}
