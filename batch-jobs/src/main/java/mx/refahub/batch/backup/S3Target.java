package mx.refahub.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a store that speaks S3. A copy goes up in parts as it is written, and is there once all are put together. */
final class S3Target implements BackupTarget {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int MOST_PARTS = 10_000;

    private final BackupSettings.S3 settings;
    private final S3Client s3;

    S3Target(BackupSettings.S3 settings) {
        this.settings = settings;
        s3 = client(settings);
    }

    private static S3Client client(BackupSettings.S3 settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .region(Region.of(settings.region()))
                // What other stores than Amazon's take, too.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(!settings.endpoint().isBlank())
                        .chunkedEncodingEnabled(false)
                        .build());
        if (!settings.endpoint().isBlank()) builder.endpointOverride(URI.create(settings.endpoint()));
        if (!settings.accessKey().isBlank())
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
        return builder.build();
    }

    private interface Call<T> {
        T go();
    }

    private <T> T call(String what, Call<T> call) throws IOException {
        try {
            return call.go();
        } catch (SdkException e) {
            if (Thread.currentThread().isInterrupted()) throw new InterruptedIOException(what);
            throw new TargetTrouble(sentence(e), e);
        }
    }

    private String sentence(SdkException e) {
        if (!(e instanceof AwsServiceException said))
            return "No se pudo llegar al almacén de respaldos " + address()
                    + ". Revisa que el hub tenga red, que el almacén esté encendido y que su dirección sea la correcta (refahub.backup.s3.endpoint).";
        return switch (said.statusCode()) {
            case 401, 403 ->
                "El almacén de respaldos " + address()
                        + " no aceptó la llave. Revisa refahub.backup.s3.access-key y secret-key, y que esa llave pueda leer, escribir y borrar ahí.";
            case 404 ->
                "En el almacén de respaldos " + address()
                        + " no está lo que se buscaba. Revisa que exista el almacén (refahub.backup.s3.bucket).";
            default ->
                "El almacén de respaldos " + address() + " contestó con el error " + said.statusCode()
                        + ". Espera un rato; si sigue, pregunta a quien lo administra.";
        };
    }

    private String address() {
        return "«" + settings.bucket() + "»" + (settings.endpoint().isBlank() ? "" : " en " + settings.endpoint());
    }

    @Override
    public String name() {
        return "s3://" + settings.bucket() + "/" + settings.prefix();
    }

    private String key(String name) {
        return settings.prefix() + name;
    }

    @Override
    public Sink write(String name) {
        return new Upload(key(name));
    }

    private final class Upload extends Sink {
        private final String key;
        private final byte[] part = new byte[Math.toIntExact(settings.partSize().toBytes())];
        private final List<CompletedPart> done = new ArrayList<>();
        private int length;
        private @Nullable String id;
        private boolean committed;

        private Upload(String key) {
            this.key = key;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int from = offset;
            int left = count;
            while (left > 0) {
                if (length == part.length) flushPart();
                int some = Math.min(left, part.length - length);
                System.arraycopy(bytes, from, part, length, some);
                length += some;
                from += some;
                left -= some;
            }
        }

        private void flushPart() throws IOException {
            int number = done.size() + 1;
            if (number > MOST_PARTS)
                throw new IOException(
                        "the copy has more than " + MOST_PARTS + " parts: refahub.backup.s3.part-size must be larger");
            String upload = begun();
            String tag = call(
                    "part " + number + " of " + key,
                    () -> s3.uploadPart(
                                    to -> to.bucket(settings.bucket())
                                            .key(key)
                                            .uploadId(upload)
                                            .partNumber(number),
                                    body())
                            .eTag());
            done.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            length = 0;
        }

        private String begun() throws IOException {
            String known = id;
            if (known != null) return known;
            String made = call(
                    "upload of " + key,
                    () -> s3.createMultipartUpload(
                                    to -> to.bucket(settings.bucket()).key(key))
                            .uploadId());
            id = made;
            return made;
        }

        private RequestBody body() {
            return RequestBody.fromByteBuffer(ByteBuffer.wrap(part, 0, length));
        }

        @Override
        void commit() throws IOException {
            String upload = id;
            if (upload == null)
                call(
                        "upload of " + key,
                        () -> s3.putObject(to -> to.bucket(settings.bucket()).key(key), body()));
            else {
                flushPart();
                call(
                        "end of " + key,
                        () -> s3.completeMultipartUpload(to -> to.bucket(settings.bucket())
                                .key(key)
                                .uploadId(upload)
                                .multipartUpload(all -> all.parts(done))));
            }
            committed = true;
        }

        @Override
        public void close() throws IOException {
            String upload = id;
            if (committed || upload == null) return;
            abort(key, upload);
        }
    }

    private void abort(String key, String upload) throws IOException {
        call(
                "end of " + key,
                () -> s3.abortMultipartUpload(
                        to -> to.bucket(settings.bucket()).key(key).uploadId(upload)));
    }

    @Override
    public List<String> list() throws IOException {
        return call(
                "list of " + name(),
                () -> s3
                        .listObjectsV2Paginator(
                                of -> of.bucket(settings.bucket()).prefix(settings.prefix()))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(settings.prefix().length()))
                        .filter(Backup::isName)
                        .sorted()
                        .toList());
    }

    @Override
    public InputStream read(String name) throws IOException {
        return call(name, () -> s3.getObject(of -> of.bucket(settings.bucket()).key(key(name))));
    }

    @Override
    public void delete(String name) throws IOException {
        call(name, () -> s3.deleteObject(of -> of.bucket(settings.bucket()).key(key(name))));
    }

    @Override
    public void sweep() throws IOException {
        List<String[]> left =
                call(
                        "uploads to " + name(),
                        () -> s3
                                .listMultipartUploads(
                                        of -> of.bucket(settings.bucket()).prefix(settings.prefix()))
                                .uploads()
                                .stream()
                                .filter(upload -> Backup.isName(
                                        upload.key().substring(settings.prefix().length())))
                                .map(upload -> new String[] {upload.key(), upload.uploadId()})
                                .toList());
        for (String[] upload : left) abort(upload[0], upload[1]);
    }
}
