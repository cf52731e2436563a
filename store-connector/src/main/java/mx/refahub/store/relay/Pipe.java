package mx.refahub.store.relay;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.routes.down.DownMessageJson;
import tools.jackson.databind.json.JsonMapper;

/** The child's end towards its parent: whole lines, each flushed before the call returns. */
final class Pipe implements DownLink {
    private final PrintStream out;
    private final JsonMapper json;

    Pipe(PrintStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void received(DownMessage message) {
        send(ChildLine.down(DownMessageJson.write(message)));
    }

    @Override
    public void halted(Relay.Cause cause, long sequence) {
        send(ChildLine.halted(cause, sequence));
    }

    synchronized void send(ChildLine line) {
        byte[] bytes = (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
        // A parent that is gone cannot be told; our standard input closes too, and that ends us.
        if (out.checkError()) throw new IllegalStateException("the connector is gone");
    }
}
