package mx.refahub.domain.device;

/** How a device is reached. The same bytes go over each of them. */
public sealed interface Connection {
    /** The built-in simulator of its kind, over a socket of this machine. */
    record Simulated() implements Connection {}

    /** A raw TCP port: a network printer, or a serial device behind a device server. */
    record Network(String host, int port) implements Connection {}

    /** @param port as the system names it: {@code COM3}, {@code /dev/ttyUSB0} */
    record Serial(String port, int baud, int dataBits, Parity parity, int stopBits) implements Connection {}

    /** A print queue of the operating system, fed raw. */
    record Queue(String name) implements Connection {}

    /** A device node that is written to as a file: {@code /dev/usb/lp0}, {@code LPT1}. */
    record Node(String path) implements Connection {}

    enum Parity {
        NONE,
        EVEN,
        ODD
    }
}
