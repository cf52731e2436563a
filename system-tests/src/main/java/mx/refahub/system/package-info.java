/** Drives the two built processes from outside. */
@NullMarked
package mx.refahub.system;

import org.jspecify.annotations.NullMarked;
