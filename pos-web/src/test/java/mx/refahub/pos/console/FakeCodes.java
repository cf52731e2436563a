package mx.refahub.pos.console;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.store.Person;

/** Codes as they were put. */
final class FakeCodes implements ErpCodes {
    private List<ErpCode> codes = List.of(new ErpCode(ErpCode.Kind.PRICE_LIST, "", ""));

    @Override
    public List<ErpCode> codes(ErpTarget target) {
        return codes;
    }

    @Override
    public Outcome<List<ErpCode>> put(ErpTarget target, List<ErpCode> put, Person by) {
        codes = List.copyOf(put);
        return Outcome.done(codes);
    }
}
