package mx.refahub.store.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.device.Weight.Range;
import mx.refahub.domain.part.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames as the makers' manuals write them, byte by byte. */
class ScaleFramesTest {
    /** {@code <02>} stands for the byte; weights in thousandths of a kilogram; a dash for a frame that says nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            TORREY|  1.245 kg<0D>|1245|rest|WITHIN
            TORREY|- 0.020 kg<0D><0A>|-20|rest|BELOW_ZERO
            TORREY|  0.000 kg<0D>|0|rest|WITHIN
            TORREY| 20.000 lb<0D>|9072|rest|WITHIN
            TORREY|   350 g<0D>|350|rest|WITHIN
            TORREY|------<0D>|-||
            PLAIN|<02>12.500kg<0D>|12500|rest|WITHIN
            TOLEDO_8217|<02>01.250<0D>|1250|rest|WITHIN
            TOLEDO_8217|<02>?<01><0D>|0|moving|WITHIN
            TOLEDO_8217|<02>?<02><0D>|0|rest|OVER
            TOLEDO_8217|<02>?<04><0D>|0|rest|BELOW_ZERO
            TOLEDO_8217|<02>?<10><0D>|0|rest|WITHIN
            TOLEDO_8217|<02>1x250<0D>|-||
            TOLEDO_PRIX|<02>01250<03>|1250|rest|WITHIN
            TOLEDO_PRIX|<02>IIIII<03>|0|moving|WITHIN
            TOLEDO_PRIX|<02>NNNNN<03>|0|rest|BELOW_ZERO
            TOLEDO_PRIX|<02>SSSSS<03>|0|rest|OVER
            TOLEDO_PRIX|<02>0125<03>|-||
            TOLEDO_CONTINUOUS|<02><2D><30><20>  1250000000<0D>|1250|rest|WITHIN
            TOLEDO_CONTINUOUS|<02><2D><38><20>  1250000000<0D>|1250|moving|WITHIN
            TOLEDO_CONTINUOUS|<02><2D><32><20>    20000000<0D>|-20|rest|BELOW_ZERO
            TOLEDO_CONTINUOUS|<02><2C><30><20>   125000000<0D>|1250|rest|WITHIN
            TOLEDO_CONTINUOUS|<02><2D><34><20>999999000000<0D>|999999|rest|OVER
            TOLEDO_CONTINUOUS|<02><2D><20><20>  1000000000<0D>|454|rest|WITHIN
            TOLEDO_CONTINUOUS|<02><2D><31><20>  1250000500<0D>|1250|rest|WITHIN
            CAS|ST,GS,+  1.500kg<0D><0A>|1500|rest|WITHIN
            CAS|US,NT,+  1.496kg<0D><0A>|1496|moving|WITHIN
            CAS|ST,GS,-  0.010kg<0D><0A>|-10|rest|BELOW_ZERO
            CAS|OL,GS,+         <0D><0A>|0|rest|OVER
            CAS|ST,GS,+     850g<0D><0A>|850|rest|WITHIN
            """)
    void a_frame_says_what_its_manual_says(
            ScaleProtocol protocol, String frame, String thousandths, String rest, Range range) {
        List<Weight> said = decode(protocol, bytes(frame), 64);

        if (thousandths.equals("-")) assertThat(said).isEmpty();
        else
            assertThat(said)
                    .containsExactly(new Weight(new Quantity(Long.parseLong(thousandths)), rest.equals("rest"), range));
    }

    @ParameterizedTest
    @EnumSource(ScaleProtocol.class)
    void a_stream_may_begin_in_the_middle_come_in_pieces_and_hold_noise(ScaleProtocol protocol) {
        Weight weight = new Weight(new Quantity(3_405), true, Range.WITHIN);
        byte[] frame = protocol.say(weight);
        byte[] stream = new byte[frame.length * 3 + 4];
        byte[] tail = Arrays.copyOfRange(frame, frame.length / 2, frame.length);
        System.arraycopy(tail, 0, stream, 0, tail.length);
        int at = tail.length;
        stream[at++] = 0x02;
        stream[at++] = 0x0D;
        System.arraycopy(frame, 0, stream, at, frame.length);
        at += frame.length;
        System.arraycopy(frame, 0, stream, at, frame.length);
        at += frame.length;

        for (int piece = 1; piece < 9; piece++) {
            List<Weight> said = decode(protocol, Arrays.copyOf(stream, at), piece);
            // The tail of a line of text may itself read as a lighter load: two that agree are what counts.
            assertThat(said.subList(said.size() - 2, said.size()))
                    .as("%s in pieces of %s", protocol, piece)
                    .containsExactly(weight, weight);
        }
    }

    @ParameterizedTest
    @EnumSource(ScaleProtocol.class)
    void what_the_simulator_says_reads_back(ScaleProtocol protocol) {
        for (long thousandths : new long[] {0, 5, 999, 1_000, 12_345})
            assertThat(decode(protocol, protocol.say(new Weight(new Quantity(thousandths), true, Range.WITHIN)), 64))
                    .containsExactly(new Weight(new Quantity(thousandths), true, Range.WITHIN));
    }

    @Test
    void noise_never_grows_and_never_throws() {
        Random random = new Random(20260302);
        byte[] noise = new byte[20_000];
        random.nextBytes(noise);
        for (ScaleProtocol protocol : ScaleProtocol.values())
            for (Weight weight : decode(protocol, noise, 97))
                assertThat(Math.abs(weight.kilograms().thousandths())).isLessThan(100_000_000_000L);
    }

    private static List<Weight> decode(ScaleProtocol protocol, byte[] stream, int piece) {
        List<Weight> said = new ArrayList<>();
        ScaleDecoder decoder = new ScaleDecoder(protocol, said::add);
        for (int at = 0; at < stream.length; at += piece) {
            byte[] part = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + piece));
            decoder.take(part, part.length);
        }
        return said;
    }

    private static byte[] bytes(String written) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == '<') {
                out.append((char) Integer.parseInt(written.substring(i + 1, i + 3), 16));
                i += 3;
            } else out.append(written.charAt(i));
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
