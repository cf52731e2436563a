package mx.refahub.store.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mx.refahub.domain.Failure;
import mx.refahub.store.backup.Backup;
import mx.refahub.store.backup.Backups;
import mx.refahub.store.backup.Verification;
import mx.refahub.store.disk.OwnerOnly;
import mx.refahub.store.sqlite.ReadOnlyFile;

/**
 * A ZIP for support: how the store is, what lies in its folder, what the log says. Put together from what is named here and nothing else; no database, no key, no document, no setting's
 * value comes in, and each line of the log passes the {@link Redactor}.
 */
public final class SupportBundle {
    private static final long LONGEST_LOG = 20L * 1024 * 1024;

    private final Path data;
    private final Backups backups;

    public SupportBundle(Path data, Backups backups) {
        this.data = data;
        this.backups = backups;
    }

    public void write(Path to, Answer status, Instant now) throws IOException {
        Files.deleteIfExists(to);
        Files.createFile(to);
        OwnerOnly.tighten(to);
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
            entry(zip, "about.txt", about(now));
            entry(zip, "status.txt", status.lines());
            entry(zip, "verify.txt", verify());
            entry(zip, "documents.txt", documents());
            entry(zip, "backups.txt", backups());
            entry(zip, "files.txt", files());
            logs(zip);
        }
    }

    private static List<String> about(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("at " + now);
        for (String name : List.of("java.version", "java.vendor", "os.name", "os.version", "os.arch", "file.encoding"))
            lines.add(name + " " + System.getProperty(name));
        lines.add("processors " + Runtime.getRuntime().availableProcessors());
        return lines;
    }

    private List<String> verify() {
        return Verification.of(data).stream()
                .map(finding -> (finding.right() ? "ok  " : "MAL ") + finding.text())
                .toList();
    }

    /** How many of what, never what is in them. */
    private List<String> documents() {
        Path sales = data.resolve(Backups.SALES);
        if (!Files.exists(sales)) return List.of("no " + Backups.SALES);
        try (ReadOnlyFile file = ReadOnlyFile.open(sales)) {
            return file.read(session -> {
                List<String> lines = new ArrayList<>(session.all(
                        """
                        select type, count(*) as n, min(sequence) as first, max(sequence) as last, sum(length(body)) as bytes
                        from outbox
                        group by type
                        order by type
                        """,
                        row -> "outbox " + row.text("type") + " n=" + row.number("n") + " first=" + row.number("first")
                                + " last=" + row.number("last") + " bytes=" + row.number("bytes")));
                lines.addAll(session.all(
                        """
                        select sequence, hub_epoch, at
                        from acknowledged
                        """,
                        row -> "acknowledged " + row.number("sequence") + " hubEpoch=" + row.number("hub_epoch")
                                + " at=" + row.text("at")));
                lines.addAll(session.all(
                        """
                        select at, backup_at, last_sequence, salvaged, folio_jump, complete, confirmed_at
                        from restoration
                        order by id
                        """,
                        row -> "restored at=" + row.text("at") + " backup=" + row.text("backup_at") + " last="
                                + row.number("last_sequence") + " salvaged=" + row.number("salvaged") + " folioJump="
                                + row.number("folio_jump") + " complete=" + row.flag("complete") + " confirmed="
                                + row.textOrNull("confirmed_at")));
                lines.addAll(session.all(
                        """
                        select version, success
                        from flyway_schema_history
                        order by installed_rank
                        """, row -> "schema " + row.textOrNull("version") + " success=" + row.flag("success")));
                return lines;
            });
        } catch (Failure e) {
            return List.of("cannot be read: " + e.getMessage());
        }
    }

    private List<String> backups() {
        return backups.list().stream().map(Backup::toString).toList();
    }

    private List<String> files() throws IOException {
        List<String> lines = new ArrayList<>();
        // With commas: ten digits in a row look like a telephone and would be taken out.
        lines.add(
                String.format(Locale.ROOT, "free %,d", Files.getFileStore(data).getUsableSpace()));
        boolean posix = Files.getFileStore(data).supportsFileAttributeView("posix");
        try (Stream<Path> all = Files.walk(data, 4)) {
            for (Path path : all.sorted().toList()) {
                String mode = posix ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) : "-";
                lines.add(String.format(
                        Locale.ROOT,
                        "%s %,16d %s %s",
                        mode,
                        Files.isDirectory(path) ? 0 : Files.size(path),
                        Files.getLastModifiedTime(path),
                        data.relativize(path)));
            }
        }
        return lines;
    }

    private void logs(ZipOutputStream zip) throws IOException {
        Path folder = data.resolve("logs");
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> found = Files.list(folder)) {
            for (Path log : found.filter(Files::isRegularFile).sorted().toList()) {
                String name = log.getFileName().toString();
                zip.putNextEntry(new ZipEntry("logs/" + name.replaceAll("\\.gz$", "")));
                try (InputStream raw = Files.newInputStream(log);
                        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
                    lines(in, line -> write(zip, line));
                }
                zip.closeEntry();
            }
        }
    }

    private static void lines(InputStream in, Consumer<String> each) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, decoder));
        long left = LONGEST_LOG;
        for (String line; left > 0 && (line = reader.readLine()) != null; left -= line.length()) each.accept(line);
    }

    private static void entry(ZipOutputStream zip, String name, List<String> lines) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        lines.forEach(line -> write(zip, line));
        zip.closeEntry();
    }

    private static void write(ZipOutputStream zip, String line) {
        try {
            zip.write((Redactor.redact(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
