package mx.refahub.domain.cash;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;

/** What a manager puts beside the day's Zs: the slip of the bank, and the card terminal's batch. Implemented over SQLite; works with no network. */
public interface DayPapers {
    int MOST_TEXT = 60;

    /** @param pieces of pesos, largest first; those without any are left out */
    record Deposit(
            UUID id,
            LocalDate day,
            String bank,
            String account,
            List<CashCount.Pieces> pieces,
            Money total,
            Instant at,
            String byName) {
        public Deposit {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * Prints a slip of the pesos that go to the bank; the same id again prints nothing. It moves no drawer: that is the drop to the safe. Refused:
     * {@code deposit-bank} (no bank, or longer than {@value #MOST_TEXT}), {@code deposit-account}, {@code deposit-empty}, {@code deposit-differs} (the same id
     * with another content).
     */
    Outcome<Deposit> deposit(UUID id, String bank, String account, List<CashCount.Pieces> pieces, Person who);

    List<Deposit> deposits(LocalDate day);

    /** Prints it again, marked. Refused: {@code deposit-unknown}. */
    Outcome<Deposit> printAgain(UUID id, Person who);

    enum Odd {
        /** The terminal took the money, and no ticket says so. */
        NOT_ON_TICKET,
        /** The terminal has not said what became of it. */
        NO_ANSWER,
        /** The ticket says another amount than the terminal. */
        DIFFERS,
        /** A slip of a card that was typed in: compare it with the terminal's own list. */
        BY_HAND
    }

    /** @param folio empty where there is no ticket; @param terminal what the terminal says of it */
    record Row(
            Odd odd, String folio, Money onTicket, Money terminal, String authorization, String lastFour, Instant at) {}

    /**
     * @param charged what the terminal took and did not give back
     * @param onTickets card tenders of the day's tickets, as the Zs have them
     */
    record Batch(LocalDate day, Money charged, Money onTickets, List<Row> rows) {
        public Batch {
            rows = List.copyOf(rows);
        }

        public boolean agrees() {
            return rows.stream().noneMatch(row -> row.odd() != Odd.BY_HAND);
        }
    }

    /** The terminal's charges of a business day against the card tenders of its tickets. */
    Outcome<Batch> batch(LocalDate day);
}
