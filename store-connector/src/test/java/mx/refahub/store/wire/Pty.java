package mx.refahub.store.wire;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Both ends of a serial cable: a pseudo-terminal, whose far end a driver opens as it would a serial port. */
public final class Pty implements AutoCloseable {
    private static final int READ_WRITE_NO_TERMINAL = 0x102;

    private final int near;
    private final String far;
    private boolean unplugged;

    private Pty(int near, String far) {
        this.near = near;
        this.far = far;
    }

    public static Pty open() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/ptmx")), "no pseudo-terminals here");
        try {
            int fd = (int) call("posix_openpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                    .invokeExact(READ_WRITE_NO_TERMINAL);
            int granted = (int)
                    call("grantpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invokeExact(fd);
            int unlocked = (int)
                    call("unlockpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invokeExact(fd);
            Assumptions.assumeTrue(fd >= 0 && granted == 0 && unlocked == 0, "pseudo-terminals are not allowed here");
            MemorySegment name = (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker()
                                    .defaultLookup()
                                    .find("ptsname")
                                    .orElseThrow(),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                    .invokeExact(fd);
            return new Pty(fd, name.reinterpret(128).getString(0));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands in the settings as the serial port. */
    public String port() {
        return far;
    }

    public void say(byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long wrote = (long) call(
                            "write",
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG)
                    .invokeExact(near, copy, (long) bytes.length);
            if (wrote != bytes.length) throw new IOException("wrote " + wrote);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for bytes; empty when the far end was closed. */
    public byte[] hear(int most) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(most);
            long read = (long) call(
                            "read",
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG)
                    .invokeExact(near, into, (long) most);
            return read <= 0 ? new byte[0] : into.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    public void unplug() {
        if (unplugged) return;
        unplugged = true;
        try {
            int closed = (int)
                    call("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invokeExact(near);
            if (closed != 0) throw new IllegalStateException("close " + closed);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        unplug();
    }

    private static MethodHandle call(
            String function, java.lang.foreign.MemoryLayout answer, java.lang.foreign.MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(function).orElseThrow(), FunctionDescriptor.of(answer, arguments));
    }
}
