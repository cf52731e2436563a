package mx.refahub.pos.web;

import java.util.List;

/** Rows of the one method-to-permission table. Each door brings its own; the process may bring more. */
@FunctionalInterface
public interface AccessTable {
    List<AccessRow> rows();
}
