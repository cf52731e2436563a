/** What is sold: parts, their numbers, barcodes, interchanges and fitments. */
@NullMarked
package mx.refahub.domain.part;

import org.jspecify.annotations.NullMarked;
