/** What is bought from whom: suppliers, orders, what came of them, what should be ordered, suppliers' invoices. */
@NullMarked
package mx.refahub.domain.purchase;

import org.jspecify.annotations.NullMarked;
