package mx.refahub.store.printing;

import mx.refahub.domain.device.PrinterProfile;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;

/** A page that is not a receipt, on paper. */
final class Page {
    private Page() {}

    static byte[] of(Printout printout, PrinterProfile profile, boolean again) {
        PaperWriter paper = new PaperWriter(profile);
        if (again) paper.title(Receipt.AGAIN);
        if (!printout.title().isBlank()) paper.title(printout.title());
        for (Element element : printout.elements()) {
            switch (element) {
                case Element.Text(String text, boolean centered, boolean bold) -> {
                    if (centered) paper.centered(text);
                    else if (bold) paper.bold(text);
                    else paper.line(text);
                }
                case Element.Title(String text) -> paper.title(text);
                case Element.Pair(String left, String right, boolean bold) -> {
                    if (bold) paper.boldPair(left, right);
                    else paper.pair(left, right);
                }
                case Element.Rule() -> paper.rule();
                case Element.Blank() -> paper.blank();
                case Element.Qr(String content) -> paper.qr(content);
                case Element.Code(var code) -> paper.barcode(code);
            }
        }
        if (again) paper.title(Receipt.AGAIN);
        paper.cut();
        return paper.bytes();
    }
}
