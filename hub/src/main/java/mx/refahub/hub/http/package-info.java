@NullMarked
package mx.refahub.hub.http;

import org.jspecify.annotations.NullMarked;
