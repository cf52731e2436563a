package mx.refahub.pos.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.ErpImports;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.NewPart;
import mx.refahub.domain.store.Person;

/** One part is new and one has another price; of stock nothing differs. */
final class FakeErpImports implements ErpImports {
    @Override
    public Standing standing(ErpTarget target, Subject subject) {
        return subject == Subject.CATALOGUE ? new Standing(1, 1, 0, Instant.EPOCH) : new Standing(0, 0, 0, null);
    }

    @Override
    public NewPart newPart(ErpTarget target) {
        return NewPart.GENERAL;
    }

    @Override
    public void write(ErpTarget target, Subject subject, OutputStream to) throws IOException {
        to.write("line_code,part_number\r\nNGK,BKR6E\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Outcome<Long> start(ErpTarget target, Subject subject, Person by) {
        return subject == Subject.CATALOGUE ? Outcome.done(12L) : Outcome.refused("erp-nothing-differs");
    }
}
