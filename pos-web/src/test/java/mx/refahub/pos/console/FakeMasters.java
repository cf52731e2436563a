package mx.refahub.pos.console;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.store.Person;

/** Codes as they were put. */
final class FakeMasters implements ErpMasters {
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

    @Override
    public List<Master> due(ErpTarget target, Master.Kind kind, int most) {
        return List.of();
    }

    @Override
    public long left(ErpTarget target, Master.Kind kind) {
        return 0;
    }

    @Override
    public void told(ErpTarget target, Master.Kind kind, List<? extends Master> masters, List<Delivery> outcomes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forgetRefused(ErpTarget target) {
        throw new UnsupportedOperationException();
    }
}
