/** The counter's calls: setup of a store, sign-in, drawer, ticket, payment, sales, paper, and what the open page is told. */
@NullMarked
package mx.refahub.pos.counter;

import org.jspecify.annotations.NullMarked;
