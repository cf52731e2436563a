package mx.refahub.store.stock;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.store.branch.Branch;

/** The sheet that travels with the goods: its number, also to be scanned, and what is in the box. */
final class TransferPaper {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm", Locale.ROOT);

    private TransferPaper() {}

    static Printout of(StockBody transfer, Branch from, StockDesk.Branch to) {
        List<Element> page = new ArrayList<>();
        page.add(new Element.Title("TRASPASO"));
        page.add(new Element.Text(transfer.number(), true, true));
        page.add(new Element.Qr(transfer.number()));
        page.add(new Element.Pair("De", from.name(), false));
        page.add(new Element.Pair("Para", to.name() + " (" + to.code() + ")", true));
        page.add(new Element.Pair("Fecha", WHEN.format(transfer.at().atZone(from.zone())), false));
        page.add(new Element.Pair("Envía", transfer.byName(), false));
        if (!transfer.note().isEmpty()) page.add(new Element.Text(transfer.note(), false, false));
        page.add(new Element.Rule());
        for (StockBody.LineBody line : transfer.lines()) {
            page.add(new Element.Pair(
                    line.lineCode() + " " + line.partNumber(),
                    new Quantity(-line.quantity()).text() + " " + line.unit(),
                    true));
            page.add(new Element.Text("  " + line.description(), false, false));
        }
        page.add(new Element.Rule());
        page.add(new Element.Blank());
        page.add(new Element.Text("________________________", true, false));
        page.add(new Element.Text("Recibe", true, false));
        return new Printout("", page);
    }
}
