/** Measures once a minute what rules watch, raises what is bad, ends what is over, and has people told. */
@NullMarked
package mx.refahub.hub.alert;

import org.jspecify.annotations.NullMarked;
