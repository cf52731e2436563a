package mx.refahub.domain.device;

import mx.refahub.domain.store.RegisterId;

/** Prints pages on the register's receipt printer. Queued on disk before it returns; printed when a printer of the group works. */
public interface Printing {
    void print(RegisterId register, Printout printout);
}
