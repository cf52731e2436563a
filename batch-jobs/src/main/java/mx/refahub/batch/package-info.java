@NullMarked
package mx.refahub.batch;

import org.jspecify.annotations.NullMarked;
