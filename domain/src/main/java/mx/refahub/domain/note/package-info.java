/** Counter notes: what a salesperson writes, a till collects and the warehouse hands over. */
@NullMarked
package mx.refahub.domain.note;

import org.jspecify.annotations.NullMarked;
