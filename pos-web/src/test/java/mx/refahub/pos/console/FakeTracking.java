package mx.refahub.pos.console;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Tracking;
import mx.refahub.domain.part.TrackingDesk;

/** No part asks for anything. */
final class FakeTracking implements TrackingDesk {
    @Override
    public Outcome<Tracking> of(PartId part) {
        return Outcome.done(Tracking.NONE);
    }

    @Override
    public Outcome<Tracking> set(PartId part, Tracking tracking, String by) {
        return Outcome.done(tracking);
    }

    @Override
    public List<Found> find(String serial, int limit) {
        return List.of();
    }
}
