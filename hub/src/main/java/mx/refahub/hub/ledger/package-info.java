@NullMarked
package mx.refahub.hub.ledger;

import org.jspecify.annotations.NullMarked;
