package mx.refahub.hub.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import mx.refahub.domain.wire.SaleBody;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What only some lines have, as the JSON that came. */
final class ParticularsHandler extends BaseTypeHandler<SaleBody.ParticularsBody> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Override
    public void setNonNullParameter(
            PreparedStatement statement, int i, SaleBody.ParticularsBody value, @Nullable JdbcType type)
            throws SQLException {
        statement.setObject(i, JSON.writeValueAsString(value), Types.OTHER);
    }

    private static SaleBody.@Nullable ParticularsBody read(@Nullable String text) {
        return text == null ? null : JSON.readValue(text, SaleBody.ParticularsBody.class);
    }

    @Override
    public SaleBody.@Nullable ParticularsBody getNullableResult(ResultSet row, String column) throws SQLException {
        return read(row.getString(column));
    }

    @Override
    public SaleBody.@Nullable ParticularsBody getNullableResult(ResultSet row, int column) throws SQLException {
        return read(row.getString(column));
    }

    @Override
    public SaleBody.@Nullable ParticularsBody getNullableResult(CallableStatement call, int column)
            throws SQLException {
        return read(call.getString(column));
    }
}
