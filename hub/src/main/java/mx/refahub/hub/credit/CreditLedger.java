package mx.refahub.hub.credit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.wire.SaleBody;

/** What a sale issues or takes as store credit. Its amounts stand as the store wrote them; what does not fit is said of the document that did it. */
public final class CreditLedger {
    private final CreditTable table;

    CreditLedger(CreditTable table) {
        this.table = table;
    }

    /** Inside the transaction that applies the sale, whose row is there already. */
    public List<String> post(SaleBody sale) {
        List<String> odd = new ArrayList<>();
        for (SaleBody.TenderBody tender : sale.tenders())
            if (tender.kind().equals(Tender.Kind.STORE_CREDIT.name())) post(sale, tender, odd);
        return odd;
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
        int unused = table.seen(
                credit.id(),
                credit.issuer().value(),
                credit.code().value(),
                credit.amount().minor(),
                credit.issuedOn(),
                credit.proof());
        CreditTable.Locked locked = table.lock(credit.id());
        if (!locked.proof().equals(credit.proof())) odd.add(name + " was seen with another content");
        if (issues) {
            if (table.issued(credit.id(), sale.id(), sale.soldAt()) != 1)
                throw new IllegalStateException(name + " is gone");
            return;
        }
        if (table.spent(tender.id(), credit.id(), sale.store(), sale.id(), tender.amount(), sale.soldAt()) != 1)
            throw new IllegalStateException(name + " was not written");
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
