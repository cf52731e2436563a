/** The job price-sync: suppliers' lists into the price book. See README.md beside this file. */
@NullMarked
package mx.refahub.batch.price;

import org.jspecify.annotations.NullMarked;
