/** What the tax authority wants to know of a customer who asks for an invoice. */
@NullMarked
package mx.refahub.domain.fiscal;

import org.jspecify.annotations.NullMarked;
