package mx.refahub.pos.console;

import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.job.Jobs;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.SessionCookie;
import mx.refahub.pos.web.SetupGate;
import mx.refahub.pos.web.Shell;
import mx.refahub.pos.web.WebBase;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The hub's door for people. The process brings the ports {@code StoreBoard}, {@code ConsoleAccess}, {@code Staff}, {@code RouteMap}, {@code Jobs}, {@code SupplierMappings}, {@code Schedules},
 * {@code Commands}, {@code PartSearch}, {@code PartCatalogue}, {@code Shelves}, {@code PartDesk}, {@code PartImages}, {@code PartGallery}, {@code ProposalDesk}, {@code LostSaleBoard}, {@code RateDesk}, a {@code StatusSource}, an {@code IdSource}, a {@code Clock} and a
 * {@code Commands}, {@code PartSearch}, {@code PartCatalogue}, {@code Shelves}, {@code PartDesk}, {@code PartImages}, {@code PartGallery}, {@code ProposalDesk}, {@code LostSaleBoard}, {@code AccountMap}, {@code ErpDoors}, {@code Reports}, a {@code StatusSource}, an {@code IdSource}, a {@code Clock} and a
 * {@code JwtDecoder} for the tokens that it signs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleSettings.class)
@Import({
    WebBase.class,
    MissingConsole.class,
    SecondFactorConsole.class,
    CustomersConsole.class,
    RatesConsole.class,
    CoresConsole.class,
    CommissionsConsole.class,
    ReturnsConsole.class,
    CreditNotesConsole.class,
    PricesConsole.class,
    PurchaseConsole.class,
    AccountingConsole.class,
    ConnectionsConsole.class,
    ReconcileConsole.class,
    CutOffConsole.class,
    PromisesConsole.class,
    MarketplacesConsole.class,
    StoreHealthConsole.class,
    JobRulesConsole.class,
    WorkersConsole.class,
    AlertsConsole.class,
    SessionsConsole.class,
    PartsController.class,
    PartImagesController.class,
    SessionController.class,
    StoresController.class,
    SalesOfDayController.class,
    PeopleController.class,
    StaffController.class,
    DocumentsController.class,
    JobsController.class,
    RunDecisionsController.class,
    MappingsController.class,
    SchedulesController.class,
    RoutesController.class,
    StockController.class,
    StockConsole.class,
    EventsController.class,
    MessagesConsole.class
})
public class Console {
    /** Above it a part of a request goes to disk; forms without files stay below. */
    private static final int IN_MEMORY = 64 * 1024;

    private static final String HOME = "/console";

    @Bean
    Shell consoleShell() {
        return new Shell(
                "console",
                List.of(
                        HOME,
                        "/console/stores/**",
                        "/console/documents/**",
                        "/console/messages/**",
                        "/console/imports/**",
                        "/console/jobs/**",
                        "/console/runs/**",
                        "/console/routes/**",
                        "/console/catalogue/**",
                        "/console/staff/**",
                        "/console/proposals/**",
                        "/console/stock/**",
                        "/console/account/**",
                        "/console/rates/**",
                        "/console/purchasing/**",
                        "/console/accounting/**",
                        "/console/connections/**",
                        "/console/marketplaces/**",
                        "/console/reports/**",
                        "/console/customers/**",
                        "/console/prices/**",
                        "/console/returns/**",
                        "/console/creditnotes/**",
                        "/console/cores/**",
                        "/console/serials/**",
                        "/console/promises/**",
                        "/console/commissions/**",
                        "/console/alerts/**"));
    }

    @Bean
    WebMvcConfigurer consoleHome() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/", HOME);
                registry.addRedirectViewController(HOME + "/", HOME);
            }
        };
    }

    @Bean
    MessageFile consoleMessages() {
        return new MessageFile("messages_console");
    }

    @Bean
    SessionCookie consoleCookie() {
        return new SessionCookie("refahub-console");
    }

    @Bean
    AccessTable consoleAccessRows() {
        return new ConsoleAccessRows();
    }

    @Bean
    SetupGate consoleSetupGate(ConsoleAccess access) {
        return access::needsSetup;
    }

    @Bean
    UploadFolder consoleUploads(ConsoleSettings settings, IdSource ids) throws IOException {
        return new UploadFolder(settings.uploadFolder(), ids);
    }

    @Bean
    MultipartConfigElement consoleMultipart(ConsoleSettings settings, UploadFolder folder) {
        return new MultipartConfigElement(
                folder.path().toString(),
                settings.uploadFile().toBytes(),
                settings.uploadRequest().toBytes(),
                IN_MEMORY);
    }

    @Bean
    LiveFeed consoleLiveFeed(StoreBoard board, Jobs jobs, Alerts alerts, Clock clock, ConsoleSettings settings) {
        return new LiveFeed(board, jobs, alerts, clock, settings);
    }
}
