package mx.refahub.store.branch;

import java.sql.SQLException;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.sqlite.Session;

/** Which registers of the branch have no drawer. */
public final class Stationary {
    private Stationary() {}

    /** Whether it is a station that sells by notes alone, and still is one. */
    public static boolean is(Session session, RegisterId register) throws SQLException {
        return session.exists("select 1 from station where id = ? and revoked_at is null", register.value());
    }
}
