package mx.refahub.hub;

public final class HubApplication {
    private HubApplication() {}

    public static void main(String[] arguments) {}
}
