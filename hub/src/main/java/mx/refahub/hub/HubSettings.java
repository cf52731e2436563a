package mx.refahub.hub;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator sets of the hub; docs/operating.md explains each.
 *
 * @param data folder of everything that the hub keeps on disk
 * @param codeLife how long a one-time code may be used
 */
@Validated
@ConfigurationProperties(prefix = "refahub.hub", ignoreUnknownFields = false)
public record HubSettings(
        @NotNull @DefaultValue("./data/hub") Path data,
        @NotNull @DefaultValue("15m") Duration codeLife,
        @Valid @DefaultValue Database database,
        @Valid @DefaultValue Company company,
        @Valid @DefaultValue Tokens tokens,
        @NotNull @DefaultValue("AUTO") Tls tls,
        @NotNull @DefaultValue("ALL") Role role) {
    /** What this process does: everything, or slices of the work of a hub that runs already. */
    public enum Role {
        ALL,
        WORKER
    }

    /** Over HTTP and at the broker; {@code AUTO}: on as soon as another machine can connect to either. */
    public enum Tls {
        AUTO,
        ON,
        OFF
    }

    /**
     * @param url JDBC address of an external PostgreSQL; empty: the hub runs its own under {@code data}
     * @param port of the hub's own PostgreSQL, on loopback; 0: any free one
     * @param connections most connections that the hub opens
     * @param parameters further settings of the hub's own PostgreSQL, as in postgresql.conf
     */
    public record Database(
            @NotNull @DefaultValue("") String url,
            @NotNull @DefaultValue("refahub") String username,
            @NotNull @DefaultValue("") String password,
            @Min(0) @Max(65535) @DefaultValue("8432") int port,
            @Min(5) @Max(200) @DefaultValue("30") int connections,
            @NotNull @DefaultValue Map<String, String> parameters) {
        public boolean isEmbedded() {
            return url.isBlank();
        }

        /** Never the password. */
        @Override
        public String toString() {
            return "Database[" + (isEmbedded() ? "embedded" : url) + "]";
        }
    }

    /** Written to the database at the first start; SAT's public test company unless set. */
    public record Company(
            @Pattern(regexp = "[A-Z&Ñ]{3,4}[0-9]{6}[A-Z0-9]{3}") @DefaultValue("EKU9003173C9")
            String rfc,

            @NotBlank @DefaultValue("ESCUELA KEMPER URGATE") String name,

            @Pattern(regexp = "[0-9]{3}") @DefaultValue("601")
            String regime,

            @NotNull @DefaultValue("Gracias por su compra") String receiptFooter) {}

    /** @param issuer stands in each token and must match; {@code life} is how long one may be used */
    public record Tokens(
            @NotBlank @DefaultValue("refahub") String issuer,
            @NotNull @DefaultValue("1h") Duration life) {}
}
