/** The devices as they are set up, watched and tried. */
@NullMarked
package mx.refahub.store.device;

import org.jspecify.annotations.NullMarked;
