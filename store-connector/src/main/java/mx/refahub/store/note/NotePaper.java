package mx.refahub.store.note;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.store.branch.Branch;

/** The note on paper, for the customer to bring to the till. In Spanish, as all paper of a Mexican shop. */
final class NotePaper {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);

    private NotePaper() {}

    static Printout of(Note note, Ticket ticket, Branch branch, boolean again) {
        List<Element> page = new ArrayList<>();
        if (again) page.add(new Element.Title("*REIMPRESIÓN*"));
        page.add(new Element.Title("NOTA " + note.number()));
        page.add(new Element.Text(branch.name(), true, false));
        page.add(new Element.Pair(
                "Atendió " + note.byName(), WHEN.format(note.at().atZone(branch.zone())), false));
        if (!note.buyer().isEmpty()) page.add(new Element.Text("Cliente " + note.buyer(), false, false));
        page.add(new Element.Rule());
        for (TicketLine line : ticket.lines()) {
            String what = line.kind() == SaleLine.Kind.CORE_DEPOSIT
                    ? "  + casco"
                    : line.quantity().text() + " x " + line.part().lineCode() + " "
                            + line.part().number();
            page.add(new Element.Pair(what, line.amounts().total().text(), false));
            if (line.kind() != SaleLine.Kind.CORE_DEPOSIT)
                page.add(new Element.Text("  " + line.part().nameEs(), false, false));
        }
        page.add(new Element.Rule());
        page.add(new Element.Pair("TOTAL", note.total().text(), true));
        page.add(new Element.Blank());
        page.add(new Element.Code(PaperBarcode.of(note.code())));
        page.add(new Element.Text(note.code(), true, false));
        page.add(new Element.Text("Pase a caja a pagar", true, true));
        page.add(new Element.Text("Vence el " + WHEN.format(note.expiresAt().atZone(branch.zone())), true, false));
        page.add(new Element.Text("No es comprobante de pago", true, false));
        return new Printout("", page);
    }
}
