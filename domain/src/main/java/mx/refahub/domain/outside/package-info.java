/** Outside systems that a person connects in the console: what a kind of system asks for, what is kept of one, and who may have its secrets. */
@NullMarked
package mx.refahub.domain.outside;

import org.jspecify.annotations.NullMarked;
