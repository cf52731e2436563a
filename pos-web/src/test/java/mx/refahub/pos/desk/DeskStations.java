package mx.refahub.pos.desk;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Stations;

/** A branch with tills alone. */
final class DeskStations implements Stations {
    @Override
    public Outcome<Invitation> invite(String name, Person who) {
        return Outcome.refused("station-name", Integer.toString(MAX_NAME));
    }

    @Override
    public Outcome<Paired> pair(String code, Person who) {
        return Outcome.refused("station-code-wrong");
    }

    @Override
    public Optional<Station> of(String token) {
        return Optional.empty();
    }

    @Override
    public List<Station> all() {
        return List.of();
    }

    @Override
    public Outcome<List<Station>> revoke(RegisterId station, Person who) {
        return Outcome.refused("station-unknown");
    }
}
