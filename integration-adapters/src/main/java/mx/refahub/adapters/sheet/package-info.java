/** Plain workbooks and CSV: for any system that takes a table, and for people. */
@NullMarked
package mx.refahub.adapters.sheet;

import org.jspecify.annotations.NullMarked;
