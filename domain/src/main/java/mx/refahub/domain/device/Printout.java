package mx.refahub.domain.device;

import java.util.List;

/** A page that is not a receipt, laid out for whatever printer takes it: a cut of the till, a voucher, a list. In the words of {@link Element}, without any printer's command. */
public record Printout(String title, List<Element> elements) {
    public Printout {
        elements = List.copyOf(elements);
    }

    public sealed interface Element {
        record Text(String text, boolean centered, boolean bold) implements Element {}

        /** Twice as wide and high where it fits. */
        record Title(String text) implements Element {}

        /** Left text and right figure in one line. */
        record Pair(String left, String right, boolean bold) implements Element {}

        record Rule() implements Element {}

        record Blank() implements Element {}

        record Qr(String content) implements Element {}

        record Code(PaperBarcode code) implements Element {}
    }
}
