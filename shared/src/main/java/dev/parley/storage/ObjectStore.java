package dev.parley.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Files and images by their keys, in one bucket of S3. Bytes that are large go between client and S3 directly, through links
 * that are signed here.
 *
 * <p>Every call throws {@link StorageUnavailableException} if S3 does not answer. Thread-safe.
 */
public final class ObjectStore {

    /** "Amazon S3 API reference", DeleteObjects. */
    private static final int MOST_DELETED_AT_ONCE = 1000;

    private final Supplier<S3Client> s3;
    private final Supplier<S3Presigner> presigner;
    private final Supplier<String> bucket;

    /**
     * A store in a bucket.
     *
     * @param bucket asked for at each use, so that functions that store nothing need no setting
     */
    public ObjectStore(Supplier<S3Client> s3, Supplier<S3Presigner> presigner, Supplier<String> bucket) {
        this.s3 = s3;
        this.presigner = presigner;
        this.bucket = bucket;
    }

    /**
     * Stores an object; one with the same key is replaced.
     *
     * @param disposition {@code content-disposition} of those who read it; null for none
     */
    public void put(String key, byte[] bytes, String contentType, @Nullable String disposition) {
        call(
                "put",
                () -> s3.get()
                        .putObject(
                                put -> put.bucket(bucket.get())
                                        .key(key)
                                        .contentType(plain(contentType))
                                        .contentDisposition(disposition),
                                RequestBody.fromBytes(bytes)));
    }

    /**
     * Copies an object within the store.
     *
     * @param disposition {@code content-disposition} of those who read the copy; null for none
     * @return whether it was there
     */
    public boolean copy(String from, String to, String contentType, @Nullable String disposition) {
        return call("copy", () -> {
            try {
                s3.get()
                        .copyObject(copy -> copy.sourceBucket(bucket.get())
                                .sourceKey(from)
                                .destinationBucket(bucket.get())
                                .destinationKey(to)
                                .contentType(plain(contentType))
                                .contentDisposition(disposition)
                                .metadataDirective("REPLACE"));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    /** The first bytes of an object, at most {@code length}; empty if there is none. */
    public Optional<Contents> read(String key, int length) {
        return call("get", () -> {
            try (ResponseInputStream<GetObjectResponse> in =
                    s3.get().getObject(get -> get.bucket(bucket.get()).key(key))) {
                byte[] bytes = in.readNBytes(length);
                GetObjectResponse object = in.response();
                // The rest is not wanted: ending the connection is cheaper than reading on.
                in.abort();
                return Optional.of(new Contents(bytes, new StoredObject(object.contentLength(), object.contentType())));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            } catch (java.io.IOException e) {
                throw new StorageUnavailableException("S3 broke off: " + e.getMessage(), e);
            }
        });
    }

    /** Removes objects; what is not there is passed over. */
    public void delete(Collection<String> keys) {
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += MOST_DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = all.subList(from, Math.min(all.size(), from + MOST_DELETED_AT_ONCE)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            call(
                    "delete",
                    () -> s3.get()
                            .deleteObjects(delete -> delete.bucket(bucket.get())
                                    .delete(Delete.builder()
                                            .objects(some)
                                            .quiet(true)
                                            .build())));
        }
    }

    /** Removes every object whose key begins so. */
    public void deleteAll(String prefix) {
        List<String> keys =
                call(
                        "list",
                        () -> s3
                                .get()
                                .listObjectsV2Paginator(
                                        list -> list.bucket(bucket.get()).prefix(prefix))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .toList());
        delete(keys);
    }

    /** A link with which whoever has it stores an object of exactly this size. */
    public URI uploadLink(String key, long size, Duration validity) {
        return call(
                "presign",
                () -> URI.create(presigner
                        .get()
                        .presignPutObject(presign -> presign.signatureDuration(validity)
                                .putObjectRequest(
                                        put -> put.bucket(bucket.get()).key(key).contentLength(size)))
                        .url()
                        .toString()));
    }

    /** A link with which whoever has it reads an object. */
    public URI downloadLink(String key, Duration validity) {
        return call(
                "presign",
                () -> URI.create(presigner
                        .get()
                        .presignGetObject(presign -> presign.signatureDuration(validity)
                                .getObjectRequest(
                                        get -> get.bucket(bucket.get()).key(key)))
                        .url()
                        .toString()));
    }

    /** Where the links lead: scheme, host and port, as an {@code Origin} header has them. */
    public String origin() {
        URI link = downloadLink("origin", Duration.ofMinutes(1));
        return link.getScheme() + "://" + link.getAuthority();
    }

    /** UTF-8 in capitals: Jetty, and so s3proxy, reads {@code text/plain; charset=utf-8} so before it checks the signature. */
    private static String plain(String contentType) {
        return contentType.replace("charset=utf-8", "charset=UTF-8");
    }

    private static <T> T call(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (SdkException e) {
            throw new StorageUnavailableException("S3 did not " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * The beginning of an object.
     *
     * @param bytes not to be changed
     * @param object the whole of it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Contents(byte[] bytes, StoredObject object) {}
}
