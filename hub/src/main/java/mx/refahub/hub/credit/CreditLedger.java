package mx.refahub.hub.credit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.stream.Publications;

/** What a sale issues or takes as store credit. Its amounts stand as the store wrote them; what does not fit is said of the document that did it. */
public final class CreditLedger {
    private final CreditTable table;
    private final Publications publications;

    CreditLedger(CreditTable table, Publications publications) {
        this.table = table;
        this.publications = publications;
    }

    /** Inside the transaction that applies the sale, whose row is there already. */
    public List<String> post(SaleBody sale) {
        List<String> odd = new ArrayList<>();
        for (SaleBody.LineBody line : sale.lines())
            if (line.kind().equals(SaleLine.Kind.VOUCHER.name())) sold(sale, line, odd);
        for (SaleBody.TenderBody tender : sale.tenders()) if (isSlip(tender.kind())) post(sale, tender, odd);
        return odd;
    }

    private static boolean isSlip(String kind) {
        return Arrays.stream(Tender.Kind.values())
                .anyMatch(known -> known.isSlip() && known.name().equals(kind));
    }

    private void sold(SaleBody sale, SaleBody.LineBody line, List<String> odd) {
        SaleBody.ParticularsBody particulars = line.particulars();
        String proof = particulars == null ? null : particulars.voucher();
        StoreCredit voucher = proof == null ? null : StoreCredit.parse(proof).orElse(null);
        if (voucher == null) {
            odd.add("a gift voucher of " + line.total() + " without its slip");
            return;
        }
        String name = "voucher " + voucher.code().text();
        if (!isSigned(voucher)) {
            odd.add(name + " is signed by no branch");
            return;
        }
        if (voucher.kind() != StoreCredit.Kind.VOUCHER
                || !voucher.issuer().value().equals(sale.store())
                || voucher.amount().minor() != line.total()
                || !voucher.id().equals(line.id())) {
            odd.add(name + " is not what the sale sells");
            return;
        }
        if (!seen(voucher).proof().equals(voucher.proof())) odd.add(name + " was seen with another content");
        if (table.issued(voucher.id(), sale.id(), sale.soldAt()) != 1)
            throw new IllegalStateException(name + " is gone");
    }

    private CreditTable.Locked seen(StoreCredit credit) {
        int unused = table.seen(
                credit.id(),
                credit.issuer().value(),
                credit.code().value(),
                credit.amount().minor(),
                credit.issuedOn(),
                credit.proof(),
                credit.kind().name());
        return table.lock(credit.id());
    }

    private void post(SaleBody sale, SaleBody.TenderBody tender, List<String> odd) {
        String proof = tender.creditProof();
        StoreCredit credit = proof == null ? null : StoreCredit.parse(proof).orElse(null);
        if (credit == null) {
            odd.add("a store credit of " + tender.amount() + " that names none");
            return;
        }
        String name = "credit " + credit.code().text();
        boolean issues = tender.amount() < 0;
        if (!isSigned(credit)) {
            odd.add(name + " is signed by no branch");
            return;
        }
        if (issues
                && (!credit.issuer().value().equals(sale.store())
                        || credit.amount().minor() != -tender.amount()
                        || !credit.id().equals(tender.id()))) {
            odd.add(name + " is not what the sale pays back");
            return;
        }
        if (!credit.kind().pays().name().equals(tender.kind()))
            odd.add(name + " pays as " + tender.kind() + " and is a " + credit.kind());
        // The counter first: its row orders all who spend, so that no two wait for each other crosswise.
        long version = issues ? 0 : publications.raise(Stream.CREDITS);
        CreditTable.Locked locked = seen(credit);
        if (!locked.proof().equals(credit.proof())) odd.add(name + " was seen with another content");
        if (issues) {
            if (table.issued(credit.id(), sale.id(), sale.soldAt()) != 1)
                throw new IllegalStateException(name + " is gone");
            return;
        }
        if (table.spent(tender.id(), credit.id(), sale.store(), sale.id(), tender.amount(), sale.soldAt()) != 1)
            throw new IllegalStateException(name + " was not written");
        if (table.changed(credit.id(), version) != 1) throw new IllegalStateException(name + " is gone");
        long spent = table.spentOf(credit.id());
        if (spent > locked.amount())
            odd.add(name + " was spent beyond its amount: " + spent + " of " + locked.amount());
    }

    private boolean isSigned(StoreCredit credit) {
        UUID store = credit.issuer().value();
        try {
            // A machine that was replaced has signed slips that still hold.
            for (String key : table.keys(store))
                if (credit.isSignedBy(KeyFactory.getInstance("Ed25519")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(key))))) return true;
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of store " + store + " is damaged", e);
        }
    }
}
