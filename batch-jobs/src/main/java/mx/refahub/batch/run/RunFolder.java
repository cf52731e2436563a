package mx.refahub.batch.run;

import java.nio.file.Path;

/** Where the files of runs are kept. */
public record RunFolder(Path path) {}
