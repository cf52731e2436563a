/** What people do about documents that cannot be applied, and about messages that nobody could read. */
@NullMarked
package mx.refahub.domain.message;

import org.jspecify.annotations.NullMarked;
