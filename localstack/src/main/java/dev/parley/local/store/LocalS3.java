package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobProviderMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.reference.FilesystemConstants;
import org.jclouds.logging.slf4j.config.SLF4JLoggingModule;
import org.jspecify.annotations.Nullable;

/**
 * S3 on 127.0.0.1, with its objects as files of a folder. Starts at the first use.
 * Clients address buckets by path, not by host name, and send checksums only where S3 requires them
 * ({@code AWS_REQUEST_CHECKSUM_CALCULATION=when_required}), for s3proxy refuses those in trailers. Thread-safe.
 */
public final class LocalS3 implements AutoCloseable {

    private final Path folder;
    private final String accessKey;
    private final Secret secret;
    private @Nullable BlobStoreContext store;
    private @Nullable S3Proxy proxy;
    private boolean closed;

    /**
     * Does not start it yet.
     *
     * @param folder where the objects are and stay: one folder for each bucket
     * @param accessKey the only access key that it takes
     * @param secret the key's secret; requests must be signed with it (Signature Version 4)
     */
    public LocalS3(Path folder, String accessKey, Secret secret) {
        this.folder = folder;
        this.accessKey = accessKey;
        this.secret = secret;
    }

    /**
     * Where it listens; the first call starts it.
     *
     * @throws LocalStoreException if it does not start, or is closed
     */
    public synchronized URI endpoint() {
        if (closed) {
            throw new LocalStoreException("S3 is closed");
        }
        S3Proxy running = proxy;
        if (running == null) {
            running = start();
            proxy = running;
        }
        return URI.create("http://127.0.0.1:" + running.getPort());
    }

    /** Creates a bucket if it is not there; starts S3 if it does not run. */
    public synchronized void createBucket(String bucket) {
        endpoint();
        if (store != null) {
            store.getBlobStore().createContainerInLocation(null, bucket);
        }
    }

    /** Stops it if it has started. The objects stay. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (proxy != null) {
                proxy.stop();
            }
        } catch (Exception e) {
            throw new LocalStoreException("S3 does not stop: " + e.getMessage(), e);
        } finally {
            proxy = null;
            if (store != null) {
                store.close();
            }
            store = null;
        }
    }

    /** As the bucket in the cloud: whoever has a signed link may use it from any page. */
    private static CrossOriginResourceSharing anyPage() {
        return new CrossOriginResourceSharing(List.of("*"), List.of("PUT", "GET", "HEAD"), List.of("*"), List.of(), "");
    }

    private S3Proxy start() {
        Properties properties = new Properties();
        properties.setProperty(FilesystemConstants.PROPERTY_BASEDIR, folder.toString());
        BlobStoreContext context = ContextBuilder.newBuilder(new FilesystemNio2BlobProviderMetadata())
                .credentials(accessKey, secret.value())
                .modules(List.of(new SLF4JLoggingModule()))
                .overrides(properties)
                .build(BlobStoreContext.class);
        store = context;
        try {
            S3Proxy starting = S3Proxy.builder()
                    .blobStore(context.getBlobStore())
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secret.value())
                    .ignoreUnknownHeaders(true)
                    .corsRules(anyPage())
                    .jettyMaxThreads(20)
                    .build();
            starting.start();
            return starting;
        } catch (Exception e) {
            context.close();
            throw new LocalStoreException("S3 does not start: " + e.getMessage(), e);
        }
    }
}
