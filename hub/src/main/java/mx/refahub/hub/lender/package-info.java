/** What branches ask of lenders, and what came of it. */
@NullMarked
package mx.refahub.hub.lender;

import org.jspecify.annotations.NullMarked;
