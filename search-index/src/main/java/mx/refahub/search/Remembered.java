package mx.refahub.search;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * What was worked out before, for texts that come again and again: a million parts have some thousand names and vehicles between them. Forgets all
 * of it when there is too much. For many threads; what it hands out is shared and not to be changed.
 */
final class Remembered<K, V> {
    private final ConcurrentMap<K, V> known = new ConcurrentHashMap<>();
    private final Function<K, V> worked;
    private final int limit;

    Remembered(int limit, Function<K, V> worked) {
        this.limit = limit;
        this.worked = worked;
    }

    V of(K key) {
        V value = known.get(key);
        if (value != null) return value;
        value = worked.apply(key);
        // About the limit will do: several threads may step over it together.
        if (known.size() >= limit) known.clear();
        known.put(key, value);
        return value;
    }
}
