package mx.refahub.batch.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Transactions that the database knows by the run they belong to, so that a statement of a run that has taken too long can be ended. */
public final class RunTransactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    static final ScopedValue<Long> RUN = ScopedValue.newInstance();

    public RunTransactions(DataSource dataSource) {
        super(dataSource);
    }

    /** At most 63 letters, as PostgreSQL takes them. */
    static String name(long run) {
        return "refahub run " + run;
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        if (!RUN.isBound()) return;
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local application_name = '" + name(RUN.get()) + "'");
        }
    }
}
