/** Plain HTTP clients of both processes, as a person, a till and an administrator would call. */
@NullMarked
package mx.refahub.system.client;

import org.jspecify.annotations.NullMarked;
