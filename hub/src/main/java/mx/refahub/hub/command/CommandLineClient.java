package mx.refahub.hub.command;

public final class CommandLineClient {
    private CommandLineClient() {}

    public static int run(String[] arguments) {
        return arguments.length == 0 ? 64 : 1;
    }
}
