package mx.refahub.hub.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import mx.refahub.hub.TestHub;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.scripting.defaults.RawSqlSource;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.Test;

/** A statement that no test happens to run is still one that the database understands: the mappers' fixed ones are prepared, none is run. */
class StatementsTest {
    /** Names of columns and tables, words out of place; not what only a value's type would tell. */
    private static final Set<String> WRONG = Set.of("42703", "42P01", "42601", "42702", "42803", "42P10");

    @Test
    void every_fixed_statement_is_understood_by_the_database() throws SQLException {
        Configuration mappers = TestHub.bean(SqlSessionFactory.class).getConfiguration();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        try (Connection connection = TestHub.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            for (String name : mappers.getMappedStatementNames()) {
                if (!name.contains(".")) continue;
                MappedStatement mapped = mappers.getMappedStatement(name, false);
                if (!(mapped.getSqlSource() instanceof RawSqlSource fixed)) continue;
                String sql = numbered(fixed.getBoundSql(null).getSql()).strip();
                // Of the session, not of data: what cannot be prepared.
                if (sql.startsWith("set ")) continue;
                tried++;
                try {
                    statement.execute("prepare one as " + sql);
                    statement.execute("deallocate one");
                } catch (SQLException e) {
                    if (WRONG.contains(e.getSQLState())) wrong.add(name + ": " + e.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(300);
    }

    private static String numbered(String sql) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        int number = 0;
        for (char c : sql.toCharArray()) {
            if (c == '\'') quoted = !quoted;
            if (c == '?' && !quoted) text.append('$').append(++number);
            else text.append(c);
        }
        return text.toString();
    }
}
