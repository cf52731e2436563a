package mx.refahub.hub.command;

import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code refahub-hub.jar run JOB name=value …}: starts a job at a running hub, shows its progress, and says by its exit status how it went. */
public final class CommandLineClient {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int DONE_WITH_REJECTS = 2;
    static final int USAGE = 64;

    private CommandLineClient() {}

    /** @return the exit status of the process */
    public static int run(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(arguments, System.getenv(), CommandLineClient::ask, out, err);
    }

    /** Where credentials come from when the environment has none. */
    interface Prompt {
        /** Empty where there is nobody to ask. */
        Optional<String> ask(String what, boolean hidden);
    }

    static int run(
            String[] arguments, Map<String, String> environment, Prompt prompt, PrintWriter out, PrintWriter err) {
        RunCommand command = new RunCommand(environment, prompt, out, err);
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setExitCodeExceptionMapper(
                        failure -> failure instanceof ClientTrouble trouble ? trouble.exitCode() : FAILED)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.println(failure instanceof ClientTrouble ? failure.getMessage() : "Unexpected: " + failure);
                    return failure instanceof ClientTrouble trouble ? trouble.exitCode() : FAILED;
                })
                .execute(arguments);
    }

    private static Optional<String> ask(String what, boolean hidden) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) return Optional.empty();
        @Nullable String answer;
        if (hidden) {
            char[] typed = console.readPassword("%s: ", what);
            answer = typed == null ? null : new String(typed);
        } else {
            answer = console.readLine("%s: ", what);
        }
        return Optional.ofNullable(answer).filter(text -> !text.isEmpty());
    }

    /** Only on the way to another machine without TLS can a password be read. */
    static boolean travelsInTheOpen(URI hub) {
        String host = String.valueOf(hub.getHost());
        return "http".equals(hub.getScheme())
                && !host.equals("localhost")
                && !host.startsWith("127.")
                && !host.equals("[::1]");
    }
}
