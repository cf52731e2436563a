package mx.refahub.store.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.Uuid7;
import mx.refahub.store.disk.OwnerOnly;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.KeyFile;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.setup.Adoption;
import mx.refahub.store.setup.TakeOver;
import mx.refahub.store.setup.TakeOver.Taken;
import mx.refahub.store.sqlite.SqliteFile;

/** The command {@code replace}: on an empty folder, or on one that was the store before. */
final class Replacing {
    private static final HubSettings LINK = new HubSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30));

    private Replacing() {}

    static Answer run(Path data, String address, String code, Clock clock) throws java.io.IOException {
        OwnerOnly.folder(data.resolve("keys"));
        SecureRandom random = new SecureRandom();
        try (SqliteFile sales = SqliteFile.open(data.resolve("sales.db"), "db/store/sales");
                HubHttp hub = new HubHttp(LINK, Desk.JSON, clock)) {
            Identities identities =
                    new Identities(sales, KeyFile.open(data.resolve("keys").resolve("secret.key"), random));
            TakeOver takeOver =
                    new TakeOver(sales, identities, hub, Desk.JSON, new Uuid7(clock, random), data, clock, () -> {});
            return switch (takeOver.byCode(address, code)) {
                case Outcome.Done<Taken>(Taken taken) -> told(taken);
                case Outcome.Refused<Taken>(Refusal refusal) -> Answer.failed(sentence(refusal));
            };
        }
    }

    /** The command {@code adopt}: what another machine of this store wrote and never delivered. */
    static Answer adopt(Path data, Path salvaged, Clock clock) {
        SecureRandom random = new SecureRandom();
        Uuid7 ids = new Uuid7(clock, random);
        try (SqliteFile sales = SqliteFile.open(data.resolve("sales.db"), "db/store/sales");
                HubHttp hub = new HubHttp(LINK, Desk.JSON, clock)) {
            Identities identities =
                    new Identities(sales, KeyFile.open(data.resolve("keys").resolve("secret.key"), random));
            Adoption.Adopted adopted = new Adoption(
                            sales,
                            identities,
                            hub,
                            new OutboxWriter(clock, ids, Desk.JSON),
                            new SaleRows(Desk.JSON, ids),
                            Desk.JSON)
                    .from(salvaged);
            List<String> lines = new ArrayList<>();
            lines.add("documentos del otro equipo que se entregarán desde aquí: " + adopted.adopted());
            lines.add("ya estaban en el hub o aquí: " + adopted.known());
            adopted.onlyDelivered().forEach((type, n) -> lines.add("sin cifras en esta caja: " + n + " de " + type));
            if (adopted.rejected() > 0)
                lines.add("ATENCIÓN: no son de esta tienda o nadie los firmó, se dejan fuera: " + adopted.rejected());
            lines.add("arranca el conector");
            return new Answer(adopted.rejected() == 0 ? Answer.DONE : Answer.NOT_RIGHT, lines);
        }
    }

    private static Answer told(Taken taken) {
        List<String> lines = new ArrayList<>();
        lines.add("este equipo es la tienda " + taken.slug() + " desde ahora, época " + taken.epoch());
        lines.add("documentos traídos del hub: " + taken.broughtBack());
        if (taken.resealed() > 0)
            lines.add("documentos de aquí que el hub no tenía y se entregarán: " + taken.resealed());
        taken.onlyDelivered().forEach((type, n) -> lines.add("sin cifras en esta caja: " + n + " de " + type));
        lines.add("los folios saltan " + taken.folioJump() + " números para que ninguno se repita");
        int tickets = taken.onTheCounter().getOrDefault("ticket", 0);
        int counts = taken.onTheCounter().getOrDefault("stock_count", 0);
        lines.add("tickets abiertos y en espera que volvieron: " + tickets + "; conteos en curso: " + counts);
        lines.add("arranca el conector");
        return new Answer(Answer.DONE, lines);
    }

    private static String sentence(Refusal refusal) {
        return switch (refusal.code()) {
            case "hub-address-invalid" -> "la dirección del hub no es http(s)://equipo[:puerto]";
            case "hub-unreachable" ->
                "el hub no contesta en " + refusal.arguments().getFirst()
                        + ": revisa la red y repite la orden con el mismo código";
            case "hub-refused" -> refusal.arguments().getFirst();
            case "folder-of-another-store" ->
                "esta carpeta es de la tienda " + refusal.arguments().getFirst()
                        + " y el código es de otra: indica otra carpeta con --data-dir";
            default -> refusal.toString();
        };
    }
}
