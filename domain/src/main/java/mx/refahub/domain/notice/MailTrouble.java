package mx.refahub.domain.notice;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a mail server, in words for whoever set it or wrote the letter: what happened, what to do, and what the server itself said in a line beneath. By the answer's number (RFC 5321, section
 * 4.2.3) or, where the server said nothing, by what broke off.
 */
public enum MailTrouble {
    UNKNOWN_HOST("No existe ningún servidor de correo con el nombre %s. Revisa cómo está escrito en Avisos → Correo."),
    NOTHING_THERE(
            "%s no contesta en ese puerto. Revisa servidor y puerto en Avisos → Correo, y que la red y el cortafuegos dejen salir."),
    TOO_SLOW(
            "%s tardó demasiado en contestar. Se intenta otra vez; si sigue así, revisa la red o pregunta a tu proveedor."),
    CERTIFICATE(
            "%s no demostró ser quien dice: su certificado no es de confianza, ya venció o es de otro nombre. Escribe el nombre que trae el certificado, o, si el servidor es tuyo, agrega su certificado en refahub.mail.trusted-certificates."),
    NOT_ENCRYPTED(
            "%s no ofrece cifrado en ese puerto, y sin él no se manda la contraseña. Usa TLS en el puerto 465, o pregunta a tu proveedor."),
    PASSWORD(
            "%s no aceptó el usuario o la contraseña. Escríbelos otra vez en Avisos → Correo; algunos proveedores piden una contraseña de aplicación."),
    NO_RECIPIENT(
            "%s dice que esa dirección no existe o no recibe correo. Corrige la dirección y manda la carta otra vez."),
    SENDER(
            "%s no deja mandar con ese remitente. Pon en Avisos → Correo la dirección de la cuenta con la que se entra."),
    TOO_LARGE(
            "%s no acepta una carta de ese tamaño, o el buzón está lleno. Manda menos archivos o avisa al destinatario."),
    NOT_WANTED(
            "%s rechazó la carta. Revisa la dirección y el remitente; si las toma por correo no deseado, pregunta a tu proveedor."),
    FULL_FOR_NOW(
            "El buzón del destinatario está lleno o no recibe por ahora, según %s. Se intenta otra vez más tarde."),
    BUSY("%s no puede por ahora. Se intenta otra vez más tarde, sin que hagas nada."),
    NO_FOLDER("%s no tiene esa carpeta. Escribe en Avisos → Correo una que exista."),
    OTHER("%s no tomó el correo. Se intenta otra vez; si sigue así, lo que dijo el servidor está abajo.");

    private static final int LONGEST = 300;
    private static final int DEEPEST = 20;

    private final String sentence;

    MailTrouble(String sentence) {
        this.sentence = sentence;
    }

    /** The sentence, and beneath it what the server said; that line is left out where it said nothing. */
    public String told(String host, @Nullable String said) {
        String words = said == null ? "" : said.strip().replaceAll("\\s+", " ");
        String line = String.format(Locale.ROOT, sentence, host);
        return words.isEmpty() || words.equals("null")
                ? line
                : line + "\n" + words.substring(0, Math.min(words.length(), LONGEST));
    }

    /**
     * @param code the server's answer, 0 if it gave none
     * @param command what was answered; empty if that is not known
     */
    public static MailTrouble byAnswer(int code, String command) {
        String verb = command.toUpperCase(Locale.ROOT);
        return switch (code) {
            case 530, 534, 535, 538 -> PASSWORD;
            case 421, 432, 451, 454, 455 -> BUSY;
            case 450, 452 -> FULL_FOR_NOW;
            case 552 -> TOO_LARGE;
            case 550, 551, 553 -> verb.startsWith("MAIL") ? SENDER : verb.equals(".") ? NOT_WANTED : NO_RECIPIENT;
            case 554, 521, 556 -> NOT_WANTED;
            default -> code >= 500 ? NOT_WANTED : code >= 400 ? BUSY : OTHER;
        };
    }

    /**
     * By what broke off, wherever in the chain it stands; empty if nothing tells.
     *
     * @param next what stands behind a failure besides its cause; null if nothing does
     */
    public static Optional<MailTrouble> byFailure(Throwable failure, UnaryOperator<@Nullable Throwable> next) {
        return byFailure(failure, next, 0);
    }

    private static Optional<MailTrouble> byFailure(
            @Nullable Throwable failure, UnaryOperator<@Nullable Throwable> next, int depth) {
        if (failure == null || depth > DEEPEST) return Optional.empty();
        Optional<MailTrouble> here = of(failure);
        if (here.isPresent()) return here;
        Optional<MailTrouble> behind = byFailure(next.apply(failure), next, depth + 1);
        return behind.isPresent() ? behind : byFailure(failure.getCause(), next, depth + 1);
    }

    private static Optional<MailTrouble> of(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        if (failure instanceof UnknownHostException) return Optional.of(UNKNOWN_HOST);
        if (failure instanceof SocketTimeoutException)
            return Optional.of(words.contains("onnect") ? NOTHING_THERE : TOO_SLOW);
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException)
            return Optional.of(NOTHING_THERE);
        if (failure instanceof CertificateException || failure instanceof SSLException)
            return Optional.of(words.contains("plaintext connection") ? NOT_ENCRYPTED : CERTIFICATE);
        if (words.contains("STARTTLS is required")) return Optional.of(NOT_ENCRYPTED);
        return words.startsWith("Can't verify identity of server") ? Optional.of(CERTIFICATE) : Optional.empty();
    }
}
