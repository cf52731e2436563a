/** SAP Business One by its Service Layer (docs/erp-sap.md). */
@NullMarked
package mx.refahub.adapters.sap;

import org.jspecify.annotations.NullMarked;
