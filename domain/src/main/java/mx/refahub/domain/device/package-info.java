/** What stands on the counter: printers, drawers, displays, scanners, scales, labels. */
@NullMarked
package mx.refahub.domain.device;

import org.jspecify.annotations.NullMarked;
