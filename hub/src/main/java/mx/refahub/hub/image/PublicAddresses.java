package mx.refahub.hub.image;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are somebody's on the public Internet: unicast and globally reachable by the IANA special-purpose registries (RFC 6890 and
 * its updates). Everything else is this machine, this network, or nobody.
 */
public final class PublicAddresses {
    private record Range(byte[] start, int bits) {
        boolean contains(byte[] address) {
            if (address.length != start.length) return false;
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) if (address[i] != start[i]) return false;
            int rest = bits % 8;
            if (rest == 0) return true;
            int mask = 0xFF << (8 - rest) & 0xFF;
            return (address[whole] & mask) == (start[whole] & mask);
        }
    }

    private static final List<Range> NOT_PUBLIC_4 = List.of(
            four(0, 0, 8),
            four(10, 0, 8),
            four(100, 64, 10),
            four(127, 0, 8),
            four(169, 254, 16),
            four(172, 16, 12),
            new Range(new byte[] {(byte) 192, 0, 0, 0}, 24),
            new Range(new byte[] {(byte) 192, 0, 2, 0}, 24),
            new Range(new byte[] {(byte) 192, 88, 99, 0}, 24),
            four(192, 168, 16),
            four(198, 18, 15),
            new Range(new byte[] {(byte) 198, 51, 100, 0}, 24),
            new Range(new byte[] {(byte) 203, 0, 113, 0}, 24),
            four(224, 0, 4),
            four(240, 0, 4));

    /** Of IPv6 only 2000::/3 is given out; mapped, translated, local and multicast addresses all lie outside. */
    private static final Range GIVEN_OUT_6 = six(3, 0x20, 0);

    private static final List<Range> NOT_PUBLIC_6 = List.of(
            // Teredo, benchmarking, ORCHID and their kin
            six(23, 0x20, 0x01, 0x00, 0x00),
            // documentation
            six(32, 0x20, 0x01, 0x0d, 0xb8),
            // 6to4 carries any IPv4 address
            six(16, 0x20, 0x02),
            // documentation
            six(20, 0x3f, 0xff, 0x00));

    private PublicAddresses() {}

    private static Range four(int first, int second, int bits) {
        return new Range(new byte[] {(byte) first, (byte) second, 0, 0}, bits);
    }

    private static Range six(int bits, int... head) {
        byte[] start = new byte[16];
        for (int i = 0; i < head.length; i++) start[i] = (byte) head[i];
        return new Range(start, bits);
    }

    public static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) return NOT_PUBLIC_4.stream().noneMatch(range -> range.contains(bytes));
        return GIVEN_OUT_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(range -> range.contains(bytes));
    }
}
