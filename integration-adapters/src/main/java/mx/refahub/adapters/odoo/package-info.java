/** Odoo 14 and later, by the protocol that the server speaks. See docs/erp-odoo.md. */
@NullMarked
package mx.refahub.adapters.odoo;

import org.jspecify.annotations.NullMarked;
