package mx.refahub.hub.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.hub.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL run by the hub itself: its files below one folder, loopback only, signing in by a password that only the hub's own user can read.
 *
 * <p>We drive PostgreSQL's programs ourselves: the test library that carries them starts the server with {@code fsync} off, without
 * a password, and stops it from a shutdown hook of its own while the hub is still writing.
 */
public final class EmbeddedServer implements AutoCloseable {
    public static final String USER = "refahub";
    private static final String DATABASE = "refahub";
    private static final String MAJOR = "18";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int CONTROL_STATE_AT = 16;
    private static final int SHUT_DOWN = 1;
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final Programs programs;
    private final Path data;
    private final int port;
    private final String password;
    private volatile boolean closed;

    private EmbeddedServer(Programs programs, Path data, int port, String password) {
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server; a live one that a killed hub left behind in the same folder is stopped first.
     *
     * @param folder holds the programs, the data and the password
     * @param wantedPort 0 for any free one
     * @param parameters override ours
     */
    public static EmbeddedServer start(Path folder, int wantedPort, Map<String, String> parameters) throws IOException {
        Files.createDirectories(folder);
        Programs programs = Programs.unpackedIn(folder.resolve("programs"));
        String password = password(folder.resolve("postgres.password"));
        Path data = folder.resolve("postgres").toAbsolutePath();
        if (Files.exists(data.resolve("PG_VERSION"))) {
            String version = Files.readString(data.resolve("PG_VERSION"), StandardCharsets.US_ASCII)
                    .strip();
            if (!version.equals(MAJOR))
                throw new StartRefused("The data in " + data + " are of PostgreSQL " + version + ", this hub runs "
                        + MAJOR + ": move them with pg_upgrade or pg_dump (docs/operating.md).");
            stopLeftOver(programs, data);
        } else {
            initialise(programs, folder, data);
        }
        int port = wantedPort == 0 ? anyFreePort() : free(wantedPort);
        configure(data, port, parameters);
        EmbeddedServer server = new EmbeddedServer(programs, data, port, password);
        server.launch();
        server.createDatabase();
        Thread.ofPlatform().daemon().name("database watch").start(server::watch);
        return server;
    }

    public String url() {
        return url(DATABASE);
    }

    /**
     * Of a server that another process runs over this folder.
     *
     * @throws IOException if none does
     */
    static String runningUrl(Path folder) throws IOException {
        // postmaster.pid (PostgreSQL, src/include/utils/pidfile.h): the fourth line is the port, the eighth the state.
        List<String> lines =
                Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"), StandardCharsets.UTF_8);
        if (lines.size() < 8 || !lines.get(7).strip().equals("ready"))
            throw new IOException("the database in " + folder + " is not ready");
        return "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/" + DATABASE;
    }

    static String knownPassword(Path folder) throws IOException {
        return Files.readString(folder.resolve("postgres.password"), StandardCharsets.US_ASCII)
                .strip();
    }

    public String password() {
        return password;
    }

    /**
     * A server that died (killed for want of memory, say) or gave up (a full disk) is started again over what it has on disk; the pool finds it by itself. One that somebody stopped in order
     * says so in its control file and is left as it is, and watched again once it runs.
     */
    private void watch() {
        Path file = data.resolve("postmaster.pid");
        while (!closed) {
            try {
                Optional<ProcessHandle> running = seen(file).flatMap(ProcessHandle::of);
                running.ifPresent(process -> process.onExit().join());
                if (closed) return;
                // Another one by now, or one that nobody misses.
                boolean changed =
                        running.isPresent() && isRunning(file, running.get().pid());
                if (!changed && !wasShutDown(data)) {
                    LOG.error("database ended by itself, starting it again folder={}", data);
                    if (relaunched()) continue;
                }
            } catch (NoSuchFileException e) {
                LOG.error("database is gone, no longer watched folder={}", data);
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("database cannot be watched folder={} reason={}", data, e.toString());
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    /** A file that is just being written says nothing yet, and stays. */
    private static Optional<Long> seen(Path file) throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(text -> text.matches("[0-9]{1,18}"))
                    .map(Long::valueOf);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isRunning(Path file, long before) throws IOException {
        Optional<Long> now = seen(file);
        return now.isPresent()
                && now.get() != before
                && ProcessHandle.of(now.get()).isPresent();
    }

    /** {@code ControlFileData.state} in {@code global/pg_control} (src/include/catalog/pg_control.h): after system identifier and two versions. */
    private static boolean wasShutDown(Path data) throws IOException {
        byte[] control = Files.readAllBytes(data.resolve("global").resolve("pg_control"));
        int state = ByteBuffer.wrap(control).order(ByteOrder.nativeOrder()).getInt(CONTROL_STATE_AT);
        return state == SHUT_DOWN;
    }

    private synchronized boolean relaunched() {
        if (closed) return true;
        try {
            stopLeftOver(programs, data);
            launch();
            return true;
        } catch (IOException e) {
            LOG.error("database not started again, trying once more folder={} reason={}", data, e.getMessage());
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            programs.run(PATIENCE, List.of("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "90"))
                    .orFail("PostgreSQL did not stop");
            LOG.info("database stopped folder={}", data);
        } catch (IOException e) {
            LOG.error("database not stopped folder={}", data, e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Path half = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(half);
            Files.createFile(half);
            onlyOwner(half);
            Files.writeString(half, HexFormat.of().formatHex(random), StandardOpenOption.WRITE);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private static void onlyOwner(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(
                    file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    /** In a folder beside, moved in place when whole: an initdb that was killed leaves nothing that looks like a database. */
    private static void initialise(Programs programs, Path folder, Path data) throws IOException {
        Path half = folder.resolve("postgres.new").toAbsolutePath();
        Programs.delete(half);
        programs.run(
                        PATIENCE,
                        List.of(
                                "initdb",
                                "--pgdata=" + half,
                                "--username=" + USER,
                                "--pwfile="
                                        + folder.resolve("postgres.password").toAbsolutePath(),
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8"))
                .orFail("cannot create the database in " + half);
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("database created folder={}", data);
    }

    /**
     * A killed hub leaves its PostgreSQL running. The process id in postmaster.pid may by now belong to someone else, so it is only
     * signalled if it is a postgres over this very folder; otherwise the file is a leftover and goes.
     */
    private static void stopLeftOver(Programs programs, Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<Long> pid = pid(pidFile);
        if (pid.isEmpty()) return;
        if (pid.flatMap(ProcessHandle::of)
                .filter(process -> isPostgresOver(data, process))
                .isPresent()) {
            LOG.warn("database left running by an earlier hub, stopping it pid={}", pid.get());
            programs.run(PATIENCE, List.of("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "90"))
                    .orFail("cannot stop the PostgreSQL that an earlier hub left running");
        } else {
            Files.deleteIfExists(pidFile);
        }
    }

    private static Optional<Long> pid(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) return Optional.empty();
        String first = Files.readString(pidFile, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        if (!first.matches("[0-9]{1,18}")) {
            Files.delete(pidFile);
            return Optional.empty();
        }
        return Optional.of(Long.valueOf(first));
    }

    private static boolean isPostgresOver(Path data, ProcessHandle process) {
        // Where the operating system does not tell the command line, a live process counts as ours: PostgreSQL itself
        // would refuse to start.
        return process.info()
                .commandLine()
                .map(line -> line.contains("postgres") && line.contains(data.toString()))
                .orElse(process.isAlive());
    }

    private static int anyFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            throw new StartRefused("Port " + port
                    + " is taken, the hub's own PostgreSQL needs it: stop the program that uses it or set"
                    + " refahub.hub.database.port.");
        }
    }

    /** The whole file is ours and written at each start; {@code fsync} and {@code synchronous_commit} are what 'durable' rests on. */
    private static void configure(Path data, int port, Map<String, String> parameters) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.ofEntries(
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", "256MB"),
                Map.entry("effective_cache_size", "1GB"),
                Map.entry("work_mem", "32MB"),
                Map.entry("maintenance_work_mem", "256MB"),
                Map.entry("max_wal_size", "2GB"),
                Map.entry("checkpoint_timeout", "15min"),
                Map.entry("random_page_cost", "1.1"),
                Map.entry("jit", "off"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("logging_collector", "on"),
                Map.entry("log_directory", "log"),
                Map.entry("log_filename", "postgres-%a.log"),
                Map.entry("log_truncate_on_rotation", "on"),
                Map.entry("log_rotation_age", "1d"),
                Map.entry("log_rotation_size", "0"),
                Map.entry("password_encryption", "scram-sha-256")));
        settings.putAll(parameters);
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("port", Integer.toString(port));
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        StringBuilder text =
                new StringBuilder("# Written by the hub at each start: set refahub.hub.database.parameters instead.\n");
        settings.forEach((name, value) -> {
            if (!name.matches("[a-z0-9_.]+") || value.chars().anyMatch(Character::isISOControl))
                throw new StartRefused("refahub.hub.database.parameters: '" + name + "' is not a PostgreSQL setting.");
            text.append(name).append(" = '").append(value.replace("'", "''")).append("'\n");
        });
        Files.writeString(data.resolve("postgresql.conf"), text);
    }

    private void launch() throws IOException {
        programs.run(
                        PATIENCE,
                        List.of(
                                "pg_ctl",
                                "start",
                                "-D",
                                data.toString(),
                                "-l",
                                data.resolveSibling("postgres.out").toString(),
                                "-w",
                                "-t",
                                "90"))
                .orFail("PostgreSQL did not start, see " + data.resolve("log"));
        LOG.info("database started port={} folder={}", port, data);
    }

    private void createDatabase() throws IOException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) return;
            }
            statement.executeUpdate("create database " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("cannot reach the hub's own PostgreSQL", e);
        }
    }
}
