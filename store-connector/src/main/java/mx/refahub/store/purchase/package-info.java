@NullMarked
package mx.refahub.store.purchase;

import org.jspecify.annotations.NullMarked;
