package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.money.Money;

/** What of a payment or a credit pays which ticket on account. */
public record Settled(UUID charge, String folio, Money amount) {}
