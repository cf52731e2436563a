package mx.refahub.hub;

import java.util.Arrays;
import mx.refahub.batch.BatchJobs;
import mx.refahub.batch.BatchWork;
import mx.refahub.hub.command.CommandLineClient;
import mx.refahub.hub.command.RestoreCommand;
import mx.refahub.hub.http.MachineHttp;
import mx.refahub.hub.schedule.Scheduling;
import mx.refahub.hub.work.Working;
import mx.refahub.pos.console.Console;
import mx.refahub.routes.HubRoutes;
import mx.refahub.search.HubSearch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Process 1. {@code run …} is the command line client of a hub that runs already; anything else starts the hub. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    HubRooms.class,
    MachineHttp.class,
    HubSearch.class,
    HubRoutes.class,
    BatchJobs.class,
    BatchWork.class,
    Working.class,
    Scheduling.class,
    Console.class
})
public class HubApplication {
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("run"))
            System.exit(CommandLineClient.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        if (arguments.length > 0 && arguments[0].equals("restore")) {
            readOwnSettings();
            System.exit(RestoreCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length), System.out));
        }
        start(arguments);
    }

    private static void readOwnSettings() {
        // Boot also reads every file of this name in ./config: each process has its own beside the shared one.
        System.setProperty("spring.config.name", "application,hub");
    }

    private static void start(String[] arguments) {
        readOwnSettings();
        try {
            SpringApplication application = new SpringApplication();
            application.addListeners(new RoleOfProcess());
            application.run(arguments);
        } catch (RuntimeException e) {
            // The reporters have said why.
            System.exit(1);
        }
    }
}
