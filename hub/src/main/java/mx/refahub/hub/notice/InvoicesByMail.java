package mx.refahub.hub.notice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mx.refahub.adapters.mail.InvoiceFiles;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;

/** The invoices of a letter, each taken or refused by itself; one that is here already changes nothing. */
final class InvoicesByMail implements Letterbox.Reader {
    private static final Person POST = new Person(new UserId(new UUID(0, 0)), "invoice mailbox", Role.ADMIN);
    private final SupplierInvoices invoices;
    private final InvoiceFiles files = new InvoiceFiles(SupplierInvoices.LARGEST);

    InvoicesByMail(SupplierInvoices invoices) {
        this.invoices = invoices;
    }

    @Override
    public Came read(List<Letter.Attachment> attachments) {
        InvoiceFiles.Found found = files.in(attachments);
        int taken = 0;
        int known = 0;
        int refused = 0;
        Set<String> reasons = new LinkedHashSet<>();
        if (found.tooMuch()) reasons.add("invoice-too-large");
        if (found.files().isEmpty() && reasons.isEmpty()) reasons.add("no-invoice");
        for (byte[] xml : found.files())
            switch (invoices.take(xml, POST)) {
                case Outcome.Done<SupplierInvoices.Intake>(SupplierInvoices.Intake intake) -> {
                    if (intake.fresh()) taken++;
                    else known++;
                }
                case Outcome.Refused<SupplierInvoices.Intake>(Refusal refusal) -> {
                    refused++;
                    List<String> words = new ArrayList<>(refusal.arguments());
                    words.addFirst(refusal.code());
                    reasons.add(String.join(" ", words));
                }
            }
        return new Came(taken, known, refused, String.join("; ", reasons));
    }
}
