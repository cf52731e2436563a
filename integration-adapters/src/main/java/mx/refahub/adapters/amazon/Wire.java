package mx.refahub.adapters.amazon;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mx.refahub.adapters.line.LineTrouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP exchange, whole or lost. An answer counts when its last byte is there; the time and the size of it are bounded. */
final class Wire {
    /** A page of a hundred orders or the report of a full feed stays well below. */
    private static final long LARGEST = 64L * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    sealed interface Exchange {}

    record Whole(int status, HttpHeaders headers, byte[] body) implements Exchange {
        String requestId() {
            return headers.firstValue("x-amzn-RequestId").orElse("");
        }

        /** Null if it is none. */
        @Nullable
        JsonNode json() {
            try {
                return body.length == 0 ? null : JSON.readTree(body);
            } catch (JacksonException notJson) {
                return null;
            }
        }
    }

    /** @param sent false only if it is certain that nothing left the house */
    record Lost(String why, boolean sent) implements Exchange {}

    private final HttpClient http;
    private final Duration timeout;

    Wire(Duration timeout) {
        this.timeout = timeout;
        // Redirects would carry the access token elsewhere; Amazon's API has none.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Exchange send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> coming = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
        try {
            HttpResponse<byte[]> answer = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Whole(answer.statusCode(), answer.headers(), answer.body());
        } catch (TimeoutException late) {
            coming.cancel(true);
            return new Lost("no contestó en " + timeout.toSeconds() + " s", true);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException)
                return new Lost("no contesta (" + request.uri().getHost() + "): " + LineTrouble.words(cause), false);
            if (cause instanceof IOException) return new Lost(LineTrouble.words(cause), true);
            throw new IllegalStateException("call to " + request.uri().getHost(), cause);
        } catch (InterruptedException stopped) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            return new Lost("se interrumpió", true);
        }
    }
}
