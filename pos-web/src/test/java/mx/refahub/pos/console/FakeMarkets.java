package mx.refahub.pos.console;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.market.MarketDesk;

/** Nothing listed, nothing sold; one hook is known, and one place to be let in. */
final class FakeMarkets {
    static final String HOOK = "abc123";

    private FakeMarkets() {}

    static MarketDesk desk() {
        return (MarketDesk) Proxy.newProxyInstance(
                MarketDesk.class.getClassLoader(),
                new Class<?>[] {MarketDesk.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "notified" -> HOOK.equals(arguments[0]);
                    case "authorise" -> Outcome.done(URI.create("https://auth.mercadolibre.com.mx/authorization"));
                    case "picture" -> MarketDesk.Picture.NONE;
                    case "toString" -> "FakeMarkets";
                    case "rules" -> arguments.length == 1 ? List.of() : Outcome.done(arguments[1]);
                    default ->
                        method.getReturnType() == List.class ? List.of() : Outcome.refused("market-order-unknown");
                });
    }
}
