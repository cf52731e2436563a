/** Labels: designs, printers' languages, and a printer that shows them. */
@NullMarked
package mx.refahub.store.label;

import org.jspecify.annotations.NullMarked;
