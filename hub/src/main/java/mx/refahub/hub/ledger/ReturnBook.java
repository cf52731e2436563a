package mx.refahub.hub.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.stream.Publications;

/** What a sale's document says of lines that came back: on what terms, whether the proof of another branch's ticket holds, what is too much, and what did not fit. */
final class ReturnBook {
    private final ReturnTable table;
    private final Publications publications;
    private final Clock clock;

    ReturnBook(ReturnTable table, Publications publications, Clock clock) {
        this.table = table;
        this.publications = publications;
        this.clock = clock;
    }

    /**
     * After the sale's lines stand in the ledger.
     *
     * @param proven takes the sold lines that a proof vouches for: they need not be known here yet
     * @return what is odd
     */
    List<String> post(SaleBody sale, Set<UUID> proven) {
        List<String> odd = new ArrayList<>();
        for (SaleBody.LineBody line : sale.lines()) {
            SaleBody.ReturnedBody its = line.returned();
            if (its != null)
                table.insert(
                        line.id(),
                        sale,
                        its,
                        String.join(" ", Objects.requireNonNullElse(its.waived(), List.of())),
                        Boolean.TRUE.equals(its.inspected()));
        }
        for (SaleBody.ProofBody proof : Objects.requireNonNullElse(sale.proofs(), List.<SaleBody.ProofBody>of())) {
            Optional<TicketProof> holds = holding(proof);
            table.insertProof(sale.id(), proof, String.join(" ", proof.codes()), holds.isPresent());
            if (holds.isEmpty()) odd.add("what proves ticket " + proof.folio() + " is signed by no key of its branch");
            else odd.addAll(beyond(sale, holds.get(), proven));
        }
        charge(sale);
        return odd;
    }

    private Optional<TicketProof> holding(SaleBody.ProofBody said) {
        List<TicketProof.Code> codes = said.codes().stream()
                .flatMap(code -> TicketProof.Code.of(code).stream())
                .toList();
        return TicketProof.parse(codes)
                .filter(proof -> proof.sale().equals(said.sale())
                        && proof.store().value().equals(said.store()))
                .filter(proof -> table.keys(said.store()).stream()
                        .anyMatch(key -> key(key).filter(proof::isSignedBy).isPresent()));
    }

    private static Optional<PublicKey> key(byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Lines that bring back more, in pieces or money, than the proof says was sold and paid. */
    private static List<String> beyond(SaleBody sale, TicketProof proof, Set<UUID> proven) {
        Map<UUID, TicketProof.Line> lines =
                proof.lines().stream().collect(Collectors.toMap(TicketProof.Line::id, Function.identity()));
        List<String> odd = new ArrayList<>();
        for (SaleBody.LineBody line : sale.lines()) {
            if (!proof.sale().equals(line.returnSale())) continue;
            TicketProof.Line sold = lines.get(line.returnLine());
            if (sold == null) {
                odd.add("brings back a line of " + proof.folio().text() + " that its proof does not have");
                continue;
            }
            proven.add(sold.id());
            if (-line.quantity() > sold.quantity().thousandths()
                    || -line.total() > sold.amounts().total().minor())
                odd.add("brings back more of a line of " + proof.folio().text() + " than its proof says was paid");
        }
        return odd;
    }

    /** Counted anew for every sold line that this sale brings back, and for its own lines that came back before it came here itself. */
    private void charge(SaleBody sale) {
        Set<UUID> lines = new HashSet<>(table.cameBackBefore(sale.id()));
        for (SaleBody.LineBody line : sale.lines()) {
            UUID sold = line.returnLine();
            if (sold != null) lines.add(sold);
        }
        if (lines.isEmpty()) return;
        UUID[] all = lines.toArray(UUID[]::new);
        table.forget(all);
        table.charge(all, clock.instant());
    }

    /** The last thing of a posting: the stream's counter is locked until the end. */
    void misfits(SaleBody sale) {
        Map<SaleBody.LineBody, SaleBody.VehicleBody> misfits = new HashMap<>();
        for (SaleBody.LineBody line : sale.lines()) {
            SaleBody.ReturnedBody its = line.returned();
            SaleBody.VehicleBody vehicle = its == null ? null : its.vehicle();
            if (vehicle != null && ReturnOf.Reason.DID_NOT_FIT.name().equals(line.returnReason()))
                misfits.put(line, vehicle);
        }
        if (misfits.isEmpty()) return;
        long version = publications.raise(Stream.RETURNS);
        misfits.forEach((line, vehicle) -> table.misfit(line.part(), vehicle, sale.soldAt(), version));
    }
}
