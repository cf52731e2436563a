package mx.refahub.store.cash;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;

/** Writes a page of the drawer from the top. */
final class CashSheet {
    private static final String AGAIN = "*REIMPRESIÓN*";

    private final List<Element> elements = new ArrayList<>();

    CashSheet title(String text) {
        return add(new Element.Title(text));
    }

    CashSheet centered(String text) {
        return add(new Element.Text(text, true, false));
    }

    CashSheet line(String text) {
        return add(new Element.Text(text, false, false));
    }

    CashSheet bold(String text) {
        return add(new Element.Text(text, false, true));
    }

    CashSheet pair(String left, String right) {
        return add(new Element.Pair(left, right, false));
    }

    CashSheet boldPair(String left, String right) {
        return add(new Element.Pair(left, right, true));
    }

    CashSheet rule() {
        return add(new Element.Rule());
    }

    CashSheet blank() {
        return add(new Element.Blank());
    }

    Printout page() {
        return new Printout("", elements);
    }

    /** The same page, marked above and below as one that was printed before. */
    static Printout again(Printout page) {
        List<Element> marked = new ArrayList<>(page.elements());
        marked.addFirst(new Element.Title(AGAIN));
        marked.addLast(new Element.Title(AGAIN));
        return new Printout(page.title(), marked);
    }

    private CashSheet add(Element element) {
        elements.add(element);
        return this;
    }
}
