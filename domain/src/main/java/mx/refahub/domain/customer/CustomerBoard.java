package mx.refahub.domain.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** All customers of the company, as the hub has them: who they are, what they may owe and what they owe. Implemented by the hub over PostgreSQL. */
public interface CustomerBoard {
    int MOST = 500;
    int MAX_REASON = 120;

    enum Standing {
        ALL,
        /** Owes something. */
        OWING,
        /** Owes something that was due before today. */
        OVERDUE,
        /** Has a credit line that is held. */
        HELD
    }

    /** @param text words that each occur in name, phone, RFC, plates or e-mail; empty for all */
    record Filter(String text, Standing standing) {}

    /** @param line null without credit */
    record Row(
            Customer customer,
            Money balance,
            Money overdue,
            @Nullable CreditLine line) {}

    /** By name; with a standing other than {@code ALL} the highest balance first. */
    List<Row> list(Filter filter, int limit);

    /**
     * A change of the customer as it came.
     *
     * @param fields each with what it held before and what the change says
     */
    record Change(
            UUID id, String store, Instant at, Instant receivedAt, String byName, Map<CustomerField, Mended> fields) {}

    record Mended(String before, String after) {}

    /** @param store code of the branch */
    record Entry(
            UUID id,
            Account.Kind kind,
            String store,
            Money amount,
            Instant at,
            LocalDate day,
            @Nullable LocalDate dueOn,
            String reference,
            String tender,
            boolean bounced,
            String byName) {}

    record LineSet(CreditLine line, String reason, String byName) {}

    /** @param today by which the ageing counts */
    record Sheet(
            Row row,
            Account.Ageing ageing,
            LocalDate today,
            List<Account.Open> open,
            List<Entry> entries,
            List<Change> changes,
            List<LineSet> lines) {}

    Optional<Sheet> one(UUID customer);

    /**
     * @param limit in centavos; zero takes the credit away
     * @param branchLimit what one branch may give while the hub does not know of it; at most the limit
     * @param reason why, for whoever looks later
     */
    record NewLine(long limit, int days, boolean held, long branchLimit, String reason) {}

    /**
     * Sets the credit line and signs it for the stores.
     *
     * <p>Refused: {@code customer-unknown}, {@code credit-limit}, {@code credit-branch-limit}, {@code credit-days} (naming the most), {@code reason-missing}, {@code reason-too-long}.
     */
    Outcome<Sheet> setLine(UUID customer, NewLine line, Person by);

    /** Every entry of the account, oldest first. Refused: {@code customer-unknown}. */
    Outcome<Customer> statement(UUID customer, Consumer<Entry> taker);
}
