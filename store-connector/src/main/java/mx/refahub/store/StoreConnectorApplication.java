package mx.refahub.store;

public final class StoreConnectorApplication {
    private StoreConnectorApplication() {}

    public static void main(String[] arguments) {}
}
