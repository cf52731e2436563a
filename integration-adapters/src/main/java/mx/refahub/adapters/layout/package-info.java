/** Layouts that have no public specification, as templates that an accountant can mend: CONTPAQi Contabilidad and Comercial, Aspel COI and SAE. */
@NullMarked
package mx.refahub.adapters.layout;

import org.jspecify.annotations.NullMarked;
