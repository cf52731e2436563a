/** What the accountant's systems get: sales as balanced journal entries, the accounts they go to, and the doors of each system. */
@NullMarked
package mx.refahub.domain.erp;

import org.jspecify.annotations.NullMarked;
