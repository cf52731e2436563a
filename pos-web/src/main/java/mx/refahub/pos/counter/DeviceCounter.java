package mx.refahub.pos.counter;

import java.util.List;
import mx.refahub.domain.cash.CashDesk;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.device.Labels;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.Messages;
import mx.refahub.pos.web.Shell;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The counter's devices: their calls, their page's words, and the customer's window. */
@Configuration(proxyBeanMethods = false)
class DeviceCounter {
    @Bean
    Shell displayShell() {
        return new Shell("display", List.of("/pos/display"));
    }

    @Bean
    MessageFile deviceMessages() {
        return new MessageFile("messages_pos_devices");
    }

    @Bean
    AccessTable deviceAccess() {
        return new DeviceAccess();
    }

    @Bean
    DeviceEvents deviceEvents(Devices devices, CustomerView customers) {
        return new DeviceEvents(devices, customers);
    }

    @Bean
    DeviceApi deviceApi(Devices devices, CashDesk desk, DeviceEvents events, Messages messages) {
        return new DeviceApi(devices, desk, events, messages);
    }

    @Bean
    DeviceRegisterApi deviceRegisterApi(
            CashDrawer drawer, Devices devices, Labels labels, PartCatalogue catalogue, DeviceEvents events) {
        return new DeviceRegisterApi(drawer, devices, labels, catalogue, events);
    }

    @Bean
    DeviceTicketShown deviceTicketShown(CustomerView customers) {
        return new DeviceTicketShown(customers);
    }
}
