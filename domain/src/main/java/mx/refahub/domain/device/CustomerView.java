package mx.refahub.domain.device;

import java.util.List;
import java.util.function.Consumer;
import mx.refahub.domain.store.RegisterId;

/** What the customer at a register sees: on the two-line display, and in a second window. */
public interface CustomerView {
    /** Returns at once; a display that is away is shown the newest when it is back. */
    void show(RegisterId register, Shown shown);

    Shown now(RegisterId register);

    AutoCloseable subscribe(RegisterId register, Consumer<Shown> listener);

    enum Mode {
        WELCOME,
        TICKET,
        THANKS
    }

    /**
     * Amounts come as text, computed where the sale is.
     *
     * @param change empty when there is none
     */
    record Shown(Mode mode, List<Line> lines, String total, String change) {
        public static final Shown WELCOME = new Shown(Mode.WELCOME, List.of(), "", "");

        public Shown {
            lines = List.copyOf(lines);
        }
    }

    record Line(String name, String quantity, String amount) {}
}
