/** A desk to try the till's pages on: the ports by hand, in memory, over a small catalogue. */
package mx.refahub.pos.desk;
