/** The shop that a newcomer sees. */
@NullMarked
package mx.refahub.system.demo;

import org.jspecify.annotations.NullMarked;
