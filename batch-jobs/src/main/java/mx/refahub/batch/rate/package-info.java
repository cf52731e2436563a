/** The day's rate of the dollar, as a job. See README.md beside this file. */
@NullMarked
package mx.refahub.batch.rate;

import org.jspecify.annotations.NullMarked;
