package mx.refahub.pos.counter;

import java.util.List;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.CustomerView.Line;
import mx.refahub.domain.device.CustomerView.Mode;
import mx.refahub.domain.device.CustomerView.Shown;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Whatever ticket a till is answered with, its customer sees, too: one place for every call there is and will be. A sale is shown when it is made, not when it is
 * looked up.
 */
@ControllerAdvice
class DeviceTicketShown implements ResponseBodyAdvice<Object> {
    private final CustomerView customers;

    DeviceTicketShown(CustomerView customers) {
        this.customers = customers;
    }

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
        return returnType.getParameterType() == TicketView.class || returnType.getParameterType() == SaleView.class;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof TicketView ticket) customers.show(new RegisterId(ticket.register()), shown(ticket));
        else if (body instanceof SaleView sale
                && HttpMethod.POST.equals(request.getMethod())
                && request.getURI().getPath().endsWith("/payment"))
            customers.show(new RegisterId(sale.register()), shown(sale));
        return body;
    }

    private static Shown shown(TicketView ticket) {
        if (ticket.lines().isEmpty()) return Shown.WELCOME;
        List<Line> lines = ticket.lines().stream()
                .map(line -> new Line(
                        line.fixed() ? "+ Casco" : line.name(),
                        line.quantity().text(),
                        line.total().text()))
                .toList();
        return new Shown(Mode.TICKET, lines, ticket.totals().total().text(), "");
    }

    private static Shown shown(SaleView sale) {
        return new Shown(
                Mode.THANKS,
                List.of(),
                sale.totals().total().text(),
                sale.change().minor() == 0 ? "" : sale.change().text());
    }
}
