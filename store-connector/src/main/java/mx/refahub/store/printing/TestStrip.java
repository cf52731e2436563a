package mx.refahub.store.printing;

import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.PrinterProfile;

/** Strips that a person looks at: does it print, how wide, and in which code page do the letters come out right. */
final class TestStrip {
    private TestStrip() {}

    static byte[] test(String name, PrinterProfile profile) {
        PaperWriter paper = new PaperWriter(profile);
        paper.title("PRUEBA");
        paper.centered(name);
        paper.rule();
        paper.line(CodePage.PROOF);
        paper.pair("Ancho", profile.columns() + " columnas, " + profile.paper() + " mm");
        paper.pair("Página", profile.page().charset() + " (" + profile.page().table() + ")");
        paper.line(ruler(profile.columns()));
        paper.barcode(new PaperBarcode.Code128("REFAHUB-1"));
        paper.qr("refahub:prueba");
        paper.cut();
        return paper.bytes();
    }

    /** Each candidate by its number; a person picks the line in which every letter is right. */
    static byte[] pages(PrinterProfile profile) {
        PaperWriter paper = new PaperWriter(profile);
        paper.page(CodePage.PAGES.get(3));
        paper.title("TIRA DE PRUEBA");
        paper.line("Elige el renglon que se lea bien:");
        int number = 0;
        for (CodePage page : CodePage.PAGES) {
            number++;
            paper.page(page);
            paper.bold(number + ") " + CodePage.PROOF);
            paper.line("   " + page.charset() + " / " + page.table());
        }
        paper.cut();
        return paper.bytes();
    }

    /** Digits that count the columns: a line that breaks shows where the paper ends. */
    static String ruler(int columns) {
        StringBuilder ruler = new StringBuilder(columns);
        for (int i = 1; i <= columns; i++) ruler.append(i % 10);
        return ruler.toString();
    }
}
