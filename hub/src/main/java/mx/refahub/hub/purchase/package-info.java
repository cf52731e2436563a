@NullMarked
package mx.refahub.hub.purchase;

import org.jspecify.annotations.NullMarked;
