/** The company's core bank: old pieces that customers owe. */
@NullMarked
package mx.refahub.hub.core;

import org.jspecify.annotations.NullMarked;
