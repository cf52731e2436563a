/** Mercado Libre Mexico (site MLM) as a marketplace, and a simulator of it. */
@NullMarked
package mx.refahub.adapters.mercadolibre;

import org.jspecify.annotations.NullMarked;
