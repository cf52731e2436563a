/** Room on the disk, and who may read what lies there. */
@NullMarked
package mx.refahub.store.disk;

import org.jspecify.annotations.NullMarked;
