/** What the company owes its customers as store credit. */
@NullMarked
package mx.refahub.hub.credit;

import org.jspecify.annotations.NullMarked;
