package mx.refahub.hub.credit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;

/** What a sale, or a deposit of a promise, issues or takes as store credit. Its amounts stand as the store wrote them; what does not fit is said of the document that did it. */
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
        for (SaleBody.TenderBody tender : sale.tenders())
            if (isSlip(tender.kind()))
                post(
                        new Use(
                                tender.id(),
                                sale.store(),
                                sale.id(),
                                null,
                                tender.kind(),
                                tender.amount(),
                                tender.creditProof(),
                                sale.soldAt()),
                        odd);
        return odd;
    }

    /**
     * What a slip is used for.
     *
     * @param id of the tender, or of the promise's entry
     * @param sale or {@code promise}, one of them
     * @param amount negative where the slip is made of what goes back
     */
    private record Use(
            UUID id,
            UUID store,
            @Nullable UUID sale,
            @Nullable UUID promise,
            String kind,
            long amount,
            @Nullable String proof,
            Instant at) {}

    /**
     * A deposit that a slip pays, or that goes back as one; inside the transaction that applies it, whose promise is there already.
     *
     * @param amount negative where it goes back
     */
    public List<String> deposit(
            UUID entry, UUID store, UUID promise, String kind, long amount, @Nullable String proof, Instant at) {
        List<String> odd = new ArrayList<>();
        if (isSlip(kind)) post(new Use(entry, store, null, promise, kind, amount, proof, at), odd);
        else if (proof != null) odd.add("a deposit by " + kind + " that names a slip");
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
        if (table.issued(voucher.id(), sale.id(), null, sale.soldAt()) != 1)
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

    private void post(Use use, List<String> odd) {
        String proof = use.proof();
        StoreCredit credit = proof == null ? null : StoreCredit.parse(proof).orElse(null);
        if (credit == null) {
            odd.add("a store credit of " + use.amount() + " that names none");
            return;
        }
        String name = "credit " + credit.code().text();
        boolean issues = use.amount() < 0;
        if (!isSigned(credit)) {
            odd.add(name + " is signed by no branch");
            return;
        }
        if (issues
                && (!credit.issuer().value().equals(use.store())
                        || credit.amount().minor() != -use.amount()
                        || !credit.id().equals(use.id()))) {
            odd.add(name + " is not what is paid back");
            return;
        }
        if (!credit.kind().pays().name().equals(use.kind()))
            odd.add(name + " pays as " + use.kind() + " and is a " + credit.kind());
        // The counter first: its row orders all who spend, so that no two wait for each other crosswise.
        long version = issues ? 0 : publications.raise(Stream.CREDITS);
        CreditTable.Locked locked = seen(credit);
        if (!locked.proof().equals(credit.proof())) odd.add(name + " was seen with another content");
        if (issues) {
            if (table.issued(credit.id(), use.sale(), use.promise(), use.at()) != 1)
                throw new IllegalStateException(name + " is gone");
            return;
        }
        if (table.spent(use.id(), credit.id(), use.store(), use.sale(), use.promise(), use.amount(), use.at()) != 1)
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
