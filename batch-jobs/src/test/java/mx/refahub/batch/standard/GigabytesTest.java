package mx.refahub.batch.standard;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A gigabyte and more of ACES, made while it is read, by a program of its own with a heap of 64 MB. With {@code -Dproofs=true}: it takes a minute. */
@EnabledIfSystemProperty(named = "proofs", matches = "true")
class GigabytesTest {
    private static final long BYTES = 1_100L << 20;

    @Test
    void a_gigabyte_of_applications_is_read_in_a_heap_of_64_megabytes(@TempDir Path folder) throws Exception {
        Path told = folder.resolve("told");
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        Long.toString(BYTES))
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        try {
            assertThat(child.waitFor(30, MINUTES)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        String said = Files.readString(told);
        assertThat(child.exitValue()).as(said).isZero();
        List<String> figures = List.of(said.strip().split(" "));
        assertThat(Long.parseLong(figures.get(0))).as("bytes").isGreaterThanOrEqualTo(BYTES);
        assertThat(Long.parseLong(figures.get(1))).as("rows: " + said).isEqualTo(Long.parseLong(figures.get(2)));
        assertThat(Long.parseLong(figures.get(2))).as("applications").isGreaterThan(2_000_000);
    }

    /** The program: bytes and applications that were made, and rows that came of them. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws IOException {
            Applications made = new Applications(Long.parseLong(arguments[0]));
            Path nowhere = Path.of("/dev/null");
            AcesFile.Written written = new AcesFile(Vehicles.none(), new Lines("")).translate(made, nowhere, nowhere);
            System.out.println(made.bytes + " " + written.fitments() + " " + made.applications);
        }
    }

    /** An ACES file of applications, no two alike. */
    private static final class Applications extends InputStream {
        private final long size;
        private byte[] piece = text(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ACES version=\"4.2\"><Header><BrandAAIAID>FRIT</BrandAAIAID><SubmissionType>FULL</SubmissionType></Header>");
        private int at;
        private long bytes;
        private long applications;
        private boolean ended;

        Applications(long size) {
            this.size = size;
        }

        private static byte[] text(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            if (length == 0) return 0;
            if (at == piece.length && !next()) return -1;
            int here = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, to, from, here);
            at += here;
            bytes += here;
            return here;
        }

        private boolean next() {
            if (ended) return false;
            at = 0;
            if (bytes >= size) {
                ended = true;
                piece = text("<Footer><RecordCount>" + applications + "</RecordCount></Footer></ACES>");
                return true;
            }
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                long n = applications++;
                many.append("<App action=\"A\" id=\"")
                        .append(n)
                        .append("\"><Years from=\"")
                        .append(1980 + n % 40)
                        .append("\" to=\"2024\"/><Make id=\"")
                        .append(n % 97)
                        .append("\">Marca ")
                        .append(n % 97)
                        .append("</Make><Model>Modelo ")
                        .append(n % 9973)
                        .append("</Model><BodyType>Sedan</BodyType><EngineBase>2.")
                        .append(n % 10)
                        .append("</EngineBase><Note>Con sensor ")
                        .append(n)
                        .append(
                                " y frenos de disco en las cuatro ruedas; no para la versión de competencia, que lleva otro soporte, otro cilindro y otra manguera; mídase el disco antes de pedirla</Note>")
                        .append("<Qty>1</Qty><PartType id=\"1684\"/><Position>Delantera</Position><Part>")
                        .append(1_000_000 + n)
                        .append("-D</Part></App>\n");
            }
            piece = text(many.toString());
            return true;
        }
    }
}
