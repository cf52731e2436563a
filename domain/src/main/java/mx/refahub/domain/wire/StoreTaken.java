package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a machine becomes a store, as it travels: by a code of the console, or because the console has let it go on. */
public final class StoreTaken {
    private StoreTaken() {}

    /**
     * @param code from the console, for new hardware; empty for a machine that asked and was let in
     * @param hubId and {@code secret}: what the machine signs in with, where it has an identity; else empty
     * @param publicKey of the new life: Ed25519, X.509 DER in base64
     * @param machine what tells it from others
     * @param last the last sequence that it has written
     */
    public record Call(String code, String hubId, String secret, String publicKey, String machine, long last) {
        public Call {
            code = Objects.requireNonNullElse(code, "");
            hubId = Objects.requireNonNullElse(hubId, "");
            secret = Objects.requireNonNullElse(secret, "");
            publicKey = Objects.requireNonNullElse(publicKey, "");
            machine = Objects.requireNonNullElse(machine, "");
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Call[" + hubId + ", " + machine + "]";
        }
    }

    /**
     * All secrets are in here once and nowhere after.
     *
     * @param base sequence after which the documents of this epoch begin
     * @param landed up to which the hub has documents of the epochs before
     * @param historyFrom first sequence that an empty machine needs, so that every open drawer and the sales of the last weeks are whole
     * @param lives every epoch of the store up to this one, so that the chain of what is brought back can be followed; an older hub sends none
     */
    public record Answer(
            UUID hubId,
            String slug,
            int epoch,
            long base,
            String cause,
            long landed,
            long historyFrom,
            long hubEpoch,
            int tunnelPort,
            String tunnelToken,
            String publicKey,
            String secret,
            String brokerUrl,
            String brokerUser,
            String brokerPassword,
            List<Register> registers,
            @Nullable List<Life> lives) {
        public Answer {
            registers = List.copyOf(registers);
            lives = lives == null ? List.of() : List.copyOf(lives);
        }

        @Override
        public List<Life> lives() {
            return Objects.requireNonNull(lives);
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Answer[" + hubId + ", epoch " + epoch + ", base " + base + "]";
        }
    }

    /** @param lastFolio {@code lastZ} and {@code lastReceipt} (of a payment on account): the highest that the hub knows; 0 for none */
    public record Register(UUID id, String name, String prefix, long lastFolio, long lastZ, long lastReceipt) {}

    /** An epoch that was: its documents begin after {@code base}. */
    public record Life(int epoch, long base, String cause, long folioJump, Instant at) {}

    /** What the shelf held before the history that is brought back, by part and bin; thousandths and centavos. */
    public record Carried(UUID part, String bin, long quantity, long value, long lastCost) {}

    public record CarriedPage(List<Carried> rows, boolean more) {}

    /**
     * An entry that this store wrote into a customer's account before the history that is brought back.
     *
     * @param body of a payment: its document's text; else the note
     * @param applied what of it pays which charge
     */
    public record CarriedEntry(
            UUID id,
            UUID customer,
            String kind,
            long amount,
            Instant at,
            LocalDate day,
            @Nullable LocalDate dueOn,
            String reference,
            @Nullable String tender,
            String body,
            @Nullable Instant bouncedAt,
            long document,
            Map<UUID, Long> applied) {}

    /** In the order of their ids. */
    public record CarriedEntries(List<CarriedEntry> rows, boolean more) {}

    /** A store credit that was issued or taken here, by its slip, and what was spent of it here before the history. */
    public record CarriedCredit(UUID id, String proof, List<Spending> spendings) {
        /** @param sale or the promise whose deposit it paid */
        public record Spending(UUID id, UUID sale, long amount, Instant at) {}
    }

    /** In the order of their ids. */
    public record CarriedCredits(List<CarriedCredit> rows, boolean more) {}

    /** A document that was found on a disk: what the hub needs to know it, or to know that it is genuine. Hash and signature in base64. */
    public record Written(UUID id, int epoch, String hash, String signature) {}

    public record KnownCall(List<Written> documents) {}

    public enum Word {
        /** The hub has it. */
        KNOWN,
        /** The hub does not have it, and the key of its epoch signed it. */
        FRESH,
        /** Nothing that this store ever signed. */
        FALSE
    }

    public record KnownAnswer(Map<UUID, Word> words) {}

    /** Secrets that take the place of the present ones with the first sign-in. */
    public record FreshSecrets(String secret, String brokerPassword, String tunnelToken) {
        /** Never the secrets. */
        @Override
        public String toString() {
            return "FreshSecrets";
        }
    }

    /** @param folioJump numbers left out at each till */
    public record Done(int epoch, long folioJump) {}
}
