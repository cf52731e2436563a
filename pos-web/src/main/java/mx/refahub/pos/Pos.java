package mx.refahub.pos;

import mx.refahub.pos.counter.CareCounter;
import mx.refahub.pos.counter.Counter;
import mx.refahub.pos.counter.PurchaseCounter;
import mx.refahub.pos.counter.StockCounter;
import mx.refahub.pos.web.WebBase;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The door of a store: the till's pages and calls. The process brings the ports {@code Till}, {@code CashDesk}, {@code PinAccess},
 * {@code PartSearch}, {@code PartCatalogue}, {@code Shelves}, {@code StoreStatus}, {@code StoreSetup}, {@code Paper}, perhaps {@code Precautions}, and a {@code Clock}.
 */
@Configuration(proxyBeanMethods = false)
@Import({WebBase.class, Counter.class, CareCounter.class, StockCounter.class, PurchaseCounter.class})
public class Pos {}
