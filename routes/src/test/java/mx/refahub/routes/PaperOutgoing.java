package mx.refahub.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.Outgoing;
import org.jspecify.annotations.Nullable;

/** Letters in memory. */
final class PaperOutgoing implements Outgoing {
    final Map<UUID, Letter> waiting = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<UUID> sent = new ConcurrentLinkedQueue<>();
    final Map<UUID, FailureKind> failed = new ConcurrentHashMap<>();
    /** In words, as a person reads them. */
    final Map<UUID, String> told = new ConcurrentHashMap<>();

    volatile @Nullable MailServer server;

    Letter letter(String recipient, Letter.Attachment... files) {
        UUID id = UUID.randomUUID();
        return new Letter(
                id,
                "<" + id + "@refahub.example>",
                "Refacciones Ñandú <avisos@refahub.example>",
                recipient,
                "Orden de compra OC-000001 · Ñandú",
                "Buen día:\n\nLes pedimos 12 bujías.",
                "<p>Buen día:</p>",
                List.of(files));
    }

    Letter post(String recipient, Letter.Attachment... files) {
        Letter letter = letter(recipient, files);
        waiting.put(letter.id(), letter);
        return letter;
    }

    @Override
    public List<UUID> due() {
        return List.copyOf(waiting.keySet());
    }

    @Override
    public Optional<Letter> take(UUID letter) {
        return Optional.ofNullable(waiting.remove(letter));
    }

    @Override
    public void sent(UUID letter) {
        sent.add(letter);
    }

    @Override
    public void failed(UUID letter, Throwable reason) {
        for (Throwable t = reason; t != null; t = t.getCause())
            if (t instanceof Failure) told.put(letter, String.valueOf(t.getMessage()));
        failed.put(letter, Failure.kindOf(reason));
    }

    @Override
    public Optional<MailServer> server() {
        return Optional.ofNullable(server);
    }
}
