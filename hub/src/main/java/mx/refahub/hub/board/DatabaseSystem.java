package mx.refahub.hub.board;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import mx.refahub.domain.hub.OutsideSystem;

/** The hub's own database, as the map of routes shows it. */
final class DatabaseSystem implements OutsideSystem {
    private static final int SECONDS = 2;
    private final DataSource database;

    DatabaseSystem(DataSource database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public State state() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(SECONDS) ? State.UP : State.DOWN;
        } catch (SQLException e) {
            return State.DOWN;
        }
    }
}
