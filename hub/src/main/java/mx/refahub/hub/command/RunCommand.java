package mx.refahub.hub.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mx.refahub.hub.command.HubClient.Job;
import mx.refahub.hub.command.HubClient.Parameter;
import mx.refahub.hub.command.HubClient.Run;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Runs a job at the hub and waits for it.",
        description = "Files are uploaded. Rejected rows come back beside the file they are from.",
        footer = {
            "",
            "Credentials: REFAHUB_EMAIL and REFAHUB_PASSWORD, or they are asked for.",
            "REFAHUB_CODE: the code of the authenticator, for who has a second step.",
            "Exit status: 0 done, 2 done with rejected rows, 1 failed, 64 wrong use."
        },
        exitCodeOnInvalidInput = CommandLineClient.USAGE,
        exitCodeOnExecutionException = CommandLineClient.FAILED)
final class RunCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 400;

    private final Map<String, String> environment;
    private final CommandLineClient.Prompt prompt;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--hub",
            paramLabel = "ADDRESS",
            description = "The hub; else REFAHUB_HUB, else http://127.0.0.1:8090.")
    private @Nullable String hub;

    @Parameters(index = "0", paramLabel = "JOB", description = "catalogue-import, opening-stock, index-build …")
    private String job = "";

    @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "Parameters of the job; a file by its path.")
    private List<String> parameters = new ArrayList<>();

    RunCommand(Map<String, String> environment, CommandLineClient.Prompt prompt, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.prompt = prompt;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> given = given();
        URI address = address();
        String email = credential("REFAHUB_EMAIL", "E-mail", false);
        if (CommandLineClient.travelsInTheOpen(address))
            err.println("Careful: " + address + " is not encrypted, the password can be read on the way.");
        String password = credential("REFAHUB_PASSWORD", "Password of " + email, true);
        HubClient client = new HubClient(address, email, password, environment.getOrDefault("REFAHUB_CODE", ""), key());
        client.signIn();
        Map<String, Path> files = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        sort(given, known(client), files, texts);
        Run run = client.start(job, texts, files);
        out.println("Run " + run.id() + " of " + job + " has started.");
        run = follow(client, run);
        return outcome(client, run, files);
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) throw ClientTrouble.usage("'" + parameter + "' is not NAME=VALUE.");
            if (given.put(parameter.substring(0, equals), parameter.substring(equals + 1)) != null)
                throw ClientTrouble.usage("'" + parameter.substring(0, equals) + "' is given twice.");
        }
        return given;
    }

    private URI address() {
        String text = Optional.ofNullable(hub)
                .or(() -> Optional.ofNullable(environment.get("REFAHUB_HUB")).filter(each -> !each.isBlank()))
                .orElse("http://127.0.0.1:8090");
        try {
            URI address = URI.create(text.strip().replaceAll("/+$", ""));
            if (address.getHost() != null && List.of("http", "https").contains(String.valueOf(address.getScheme())))
                return address;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw ClientTrouble.usage("'" + text + "' is not the address of a hub: http(s)://host[:port]");
    }

    /** Of a hub that speaks TLS with a certificate of its own: the file {@code keys/hub-public-key.pem} in its data folder. */
    private @Nullable String key() throws IOException {
        String file = environment.get("REFAHUB_HUB_KEY");
        if (file == null || file.isBlank()) return null;
        if (!Files.isReadable(Path.of(file)))
            throw ClientTrouble.usage("REFAHUB_HUB_KEY names '" + file + "', which cannot be read.");
        return Files.readString(Path.of(file));
    }

    private String credential(String variable, String what, boolean hidden) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .or(() -> prompt.ask(what, hidden))
                .orElseThrow(() ->
                        ClientTrouble.usage("Nobody is here to be asked: set REFAHUB_EMAIL and REFAHUB_PASSWORD."));
    }

    private Job known(HubClient client) throws IOException, InterruptedException {
        List<Job> jobs = client.jobs();
        return jobs.stream()
                .filter(each -> each.name().equals(job))
                .findFirst()
                .orElseThrow(() -> ClientTrouble.usage("The hub knows no job '" + job + "', only: "
                        + String.join(", ", jobs.stream().map(Job::name).toList()) + "."));
    }

    /** Files apart from texts, and every mistake that can be told before anything is sent. */
    private void sort(Map<String, String> given, Job known, Map<String, Path> files, Map<String, String> texts) {
        for (Map.Entry<String, String> each : given.entrySet()) {
            Parameter parameter = known.parameters().stream()
                    .filter(candidate -> candidate.name().equals(each.getKey()))
                    .findFirst()
                    .orElseThrow(() -> ClientTrouble.usage(
                            "Job " + job + " has no parameter '" + each.getKey() + "', only: " + names(known) + "."));
            if (parameter.isFile()) files.put(each.getKey(), file(each.getKey(), each.getValue()));
            else texts.put(each.getKey(), each.getValue());
        }
        for (Parameter parameter : known.parameters())
            if (parameter.required() && !given.containsKey(parameter.name()))
                throw ClientTrouble.usage("Job " + job + " needs " + parameter.name() + "=…");
    }

    private static String names(Job known) {
        return known.parameters().isEmpty()
                ? "none"
                : String.join(
                        ", ", known.parameters().stream().map(Parameter::name).toList());
    }

    private static Path file(String name, String value) {
        try {
            Path path = Path.of(value);
            if (Files.isRegularFile(path) && Files.isReadable(path)) return path;
        } catch (InvalidPathException e) {
            // said below
        }
        throw ClientTrouble.usage(name + ": there is no file '" + value + "' that can be read.");
    }

    private Run follow(HubClient client, Run started) throws IOException, InterruptedException {
        Progress progress = new Progress(out);
        Run run = started;
        progress.show(run);
        while (!run.isFinal()) {
            Thread.sleep(POLL_MILLIS);
            run = client.run(run.id());
            progress.show(run);
        }
        return run;
    }

    private int outcome(HubClient client, Run run, Map<String, Path> files) throws IOException, InterruptedException {
        if (!run.message().isBlank()) out.println(run.message());
        if (run.rejected() > 0) {
            out.println(run.rejected() + (run.rejected() == 1 ? " row was rejected:" : " rows were rejected:"));
            for (Path written : new RejectsFile(files, job, run.id()).keep(client.rejects(run.id())))
                out.println("  " + written);
        }
        if (run.isWaiting()) {
            out.println("Nothing is published yet: run " + run.id() + " waits for approval in the console.");
            return run.rejected() > 0 ? CommandLineClient.DONE_WITH_REJECTS : CommandLineClient.DONE;
        }
        if (!run.isDone()) {
            err.println("Run " + run.id() + " of " + job + " ended as " + run.status() + ".");
            return CommandLineClient.FAILED;
        }
        for (HubClient.MadeFile made : client.files(run.id())) {
            Path to = Path.of(job + "-" + run.id() + "-" + Path.of(made.name()).getFileName());
            client.download(run.id(), made.name(), to);
            out.println("  " + to);
        }
        out.println("Done.");
        return run.rejected() > 0 ? CommandLineClient.DONE_WITH_REJECTS : CommandLineClient.DONE;
    }
}
