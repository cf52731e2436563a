/** The two processes: started by path, watched by their logs, ended or killed. */
@NullMarked
package mx.refahub.system.process;

import org.jspecify.annotations.NullMarked;
