package mx.refahub.hub.postgres;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.Nullable;

/** Java arrays as PostgreSQL arrays: many rows in one statement by {@code unnest}, many keys by {@code = any}. */
abstract class ArrayHandler<E> extends BaseTypeHandler<E[]> {
    private final String element;

    private ArrayHandler(String element) {
        this.element = element;
    }

    @Override
    public void setNonNullParameter(PreparedStatement statement, int i, E[] value, @Nullable JdbcType type)
            throws SQLException {
        Array array = statement.getConnection().createArrayOf(element, wire(value));
        statement.setArray(i, array);
    }

    /** In the form that the driver knows how to send. */
    Object[] wire(E[] value) {
        return value;
    }

    abstract E[] read(Object[] elements);

    private E @Nullable [] read(@Nullable Array array) throws SQLException {
        return array == null ? null : read((Object[]) array.getArray());
    }

    @Override
    public E @Nullable [] getNullableResult(ResultSet row, String column) throws SQLException {
        return read(row.getArray(column));
    }

    @Override
    public E @Nullable [] getNullableResult(ResultSet row, int column) throws SQLException {
        return read(row.getArray(column));
    }

    @Override
    public E @Nullable [] getNullableResult(CallableStatement call, int column) throws SQLException {
        return read(call.getArray(column));
    }

    @MappedTypes(UUID[].class)
    static final class Uuids extends ArrayHandler<UUID> {
        Uuids() {
            super("uuid");
        }

        @Override
        UUID[] read(Object[] elements) {
            return Arrays.copyOf(elements, elements.length, UUID[].class);
        }
    }

    @MappedTypes(String[].class)
    static final class Texts extends ArrayHandler<String> {
        Texts() {
            super("text");
        }

        @Override
        String[] read(Object[] elements) {
            return Arrays.copyOf(elements, elements.length, String[].class);
        }
    }

    @MappedTypes(Long[].class)
    static final class Longs extends ArrayHandler<Long> {
        Longs() {
            super("int8");
        }

        @Override
        Long[] read(Object[] elements) {
            return Arrays.copyOf(elements, elements.length, Long[].class);
        }
    }

    @MappedTypes(Integer[].class)
    static final class Integers extends ArrayHandler<Integer> {
        Integers() {
            super("int4");
        }

        @Override
        Integer[] read(Object[] elements) {
            return Arrays.copyOf(elements, elements.length, Integer[].class);
        }
    }

    @MappedTypes(byte[][].class)
    static final class Bytes extends ArrayHandler<byte[]> {
        Bytes() {
            super("bytea");
        }

        @Override
        byte[][] read(Object[] elements) {
            return Arrays.copyOf(elements, elements.length, byte[][].class);
        }
    }

    @MappedTypes(Instant[].class)
    static final class Instants extends ArrayHandler<Instant> {
        Instants() {
            super("timestamptz");
        }

        @Override
        Object[] wire(Instant[] value) {
            return Arrays.stream(value).map(Instant::toString).toArray(String[]::new);
        }

        @Override
        Instant[] read(Object[] elements) {
            return Arrays.stream(elements)
                    .map(each -> ((java.sql.Timestamp) each).toInstant())
                    .toArray(Instant[]::new);
        }
    }
}
