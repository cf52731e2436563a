/** IVA: classes, regional rates, and how a line splits into base and tax. */
@NullMarked
package mx.refahub.domain.tax;

import org.jspecify.annotations.NullMarked;
