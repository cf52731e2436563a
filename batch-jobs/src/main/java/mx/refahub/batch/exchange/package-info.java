/** The job erp-exchange: tickets as journal entries to the accountant's systems. */
@NullMarked
package mx.refahub.batch.exchange;

import org.jspecify.annotations.NullMarked;
