package mx.refahub.domain.erp;

import java.io.IOException;
import java.nio.file.Path;

/** A target that is given files. */
public interface JournalFiles {
    ErpTarget target();

    /**
     * Writes the export's files into this folder, which is empty; memory does not grow with the export.
     *
     * @param company whose books they are
     * @throws mx.refahub.domain.Failure {@code REJECTED} if the target cannot take what is in it, or its template is wrong, in a sentence for the accountant
     */
    void write(Company company, ExportBooks.Export export, ExportRows rows, Path folder) throws IOException;

    record Company(String rfc, String name) {}
}
