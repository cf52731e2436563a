package mx.refahub.pos.web;

/** Whether this process still waits for its first-run setup. Until then only rows marked so are answered. */
@FunctionalInterface
public interface SetupGate {
    boolean needsSetup();
}
