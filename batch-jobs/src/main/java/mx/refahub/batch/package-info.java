/** Spring Batch jobs. The only writer of staging and catalogue tables. */
@NullMarked
package mx.refahub.batch;

import org.jspecify.annotations.NullMarked;
