package dev.parley.infra.edge;

import dev.parley.catalog.HttpRoute;
import dev.parley.edge.Edge;
import dev.parley.infra.AcceptedFinding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CacheCookieBehavior;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.HttpOriginProps;
import software.constructs.Construct;

/**
 * The CloudFront distribution in front of both APIs: {@code /gateway} is the WebSocket API, everything else the HTTP API, which
 * has the client for browsers besides. It adds the {@code Via} header, without which discord.py takes a 429 for an error.
 */
final class FrontDoor extends Construct {

    /** The errors that CloudFront keeps for ten seconds unless it is told not to ("How CloudFront caches error responses"). */
    static final List<Integer> KEPT_ERRORS = List.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);

    /** A little more than the longest that an HTTP API takes, 30 s. */
    private static final Duration PATIENCE = Duration.seconds(35);

    private static final Duration YEAR = Duration.days(365);

    private final Props props;
    private final Distribution distribution;
    private final FunctionAssociation viewerRequest;
    private final ResponseHeadersPolicy apiHeaders;
    private final ResponseHeadersPolicy pageHeaders;

    /**
     * What the distribution is made of.
     *
     * @param secret what it proves itself to the origins with
     * @param certificate the domain's, in us-east-1
     * @param firewall ARN of the web ACL
     * @param routes the routes of the REST API
     */
    record Props(
            EdgeAddresses addresses,
            EdgeSecret secret,
            ICertificate certificate,
            String firewall,
            List<HttpRoute> routes) {}

    FrontDoor(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        viewerRequest = viewerRequest();
        apiHeaders = apiHeaders();
        pageHeaders = pageHeaders();
        distribution = make();
        AcceptedFinding.of(
                        "AwsSolutions-CFR1",
                        "A chat has users everywhere; a team that must not serve a country adds that here")
                .in(distribution);
        AcceptedFinding.of(
                        "AwsSolutions-CFR3",
                        "Access logs hold whole paths and queries, in which tokens of webhooks and signatures of files are;"
                                + " the functions log every request without them, and AWS WAF what it refuses")
                .in(distribution);
    }

    Distribution distribution() {
        return distribution;
    }

    private Distribution make() {
        IOrigin rest = origin(props.addresses().restOrigin());
        IOrigin gateway = origin(props.addresses().gatewayOrigin());
        CachePolicy files = fileCache();
        Map<String, BehaviorOptions> behaviors = new TreeMap<>();
        EdgePaths.files(props.routes())
                .forEach(pattern -> behaviors.put(
                        pattern,
                        behavior(rest)
                                .allowedMethods(AllowedMethods.ALLOW_GET_HEAD)
                                .cachePolicy(files)
                                .responseHeadersPolicy(EdgePaths.isForPages(pattern) ? pageHeaders : apiHeaders)
                                .build()));
        EdgePaths.pages(props.routes())
                .forEach(pattern -> behaviors.put(
                        pattern,
                        behavior(rest)
                                .allowedMethods(AllowedMethods.ALLOW_GET_HEAD)
                                .cachePolicy(CachePolicy.CACHING_DISABLED)
                                .responseHeadersPolicy(pageHeaders)
                                // Somebody typed the name of the domain, and nothing secret went with it.
                                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                                .build()));
        for (String path : List.of("/" + EdgeAddresses.GATEWAY_PATH, "/" + EdgeAddresses.GATEWAY_PATH + "/")) {
            behaviors.put(
                    path,
                    behavior(gateway)
                            .allowedMethods(AllowedMethods.ALLOW_GET_HEAD)
                            .cachePolicy(CachePolicy.CACHING_DISABLED)
                            .build());
        }
        return Distribution.Builder.create(this, "Distribution")
                .comment("Parley: " + props.addresses().domain())
                .domainNames(List.of(props.addresses().domain()))
                .certificate(props.certificate())
                .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
                .httpVersion(HttpVersion.HTTP2_AND_3)
                .enableIpv6(true)
                .priceClass(PriceClass.PRICE_CLASS_ALL)
                .webAclId(props.firewall())
                .defaultBehavior(behavior(rest)
                        .allowedMethods(AllowedMethods.ALLOW_ALL)
                        .cachePolicy(CachePolicy.CACHING_DISABLED)
                        .build())
                .additionalBehaviors(behaviors)
                .errorResponses(KEPT_ERRORS.stream()
                        .map(status -> ErrorResponse.builder()
                                .httpStatus(status)
                                // One caller's "unknown channel" must never be another's, who may see it.
                                .ttl(Duration.seconds(0))
                                .build())
                        .toList())
                .build();
    }

    private BehaviorOptions.Builder behavior(IOrigin origin) {
        return BehaviorOptions.builder()
                .origin(origin)
                // Not redirected: a token that was sent without TLS should be seen to fail.
                .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                // With the token, the query and Sec-WebSocket-*, without Host, by which API Gateway finds its API.
                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                .responseHeadersPolicy(apiHeaders)
                .functionAssociations(List.of(viewerRequest));
    }

    private IOrigin origin(String host) {
        return new HttpOrigin(
                host,
                HttpOriginProps.builder()
                        .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                        .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                        .readTimeout(PATIENCE)
                        .keepaliveTimeout(Duration.seconds(60))
                        .customHeaders(Map.of(Edge.PROOF_HEADER, props.secret().sent()))
                        .build());
    }

    /**
     * How files and images are kept: by their whole link, whose signature is what gives the right to a file, and for as long
     * as the functions say.
     */
    private CachePolicy fileCache() {
        return CachePolicy.Builder.create(this, "FileCache")
                .comment("Files and images of Parley, by their signed links")
                .minTtl(Duration.seconds(0))
                .defaultTtl(Duration.seconds(0))
                .maxTtl(YEAR)
                .queryStringBehavior(CacheQueryStringBehavior.all())
                .headerBehavior(CacheHeaderBehavior.none())
                .cookieBehavior(CacheCookieBehavior.none())
                .enableAcceptEncodingGzip(true)
                .enableAcceptEncodingBrotli(true)
                .build();
    }

    private FunctionAssociation viewerRequest() {
        return FunctionAssociation.builder()
                .eventType(FunctionEventType.VIEWER_REQUEST)
                .function(Function.Builder.create(this, "ViewerRequest")
                        .comment("Tells the origin who asks")
                        .runtime(FunctionRuntime.JS_2_0)
                        .code(FunctionCode.fromInline(ViewerRequest.source()))
                        .build())
                .build();
    }

    /** What the API answers is never to be rendered, framed or guessed at. */
    private ResponseHeadersPolicy apiHeaders() {
        return ResponseHeadersPolicy.Builder.create(this, "Headers")
                .comment("Security headers of Parley")
                .securityHeadersBehavior(securityHeaders()
                        .contentSecurityPolicy(ResponseHeadersContentSecurityPolicy.builder()
                                .contentSecurityPolicy("default-src 'none'; frame-ancestors 'none'; sandbox")
                                .override(true)
                                .build())
                        .build())
                .build();
    }

    /** Pages bring the content security policy that names what this system's client connects to. */
    private ResponseHeadersPolicy pageHeaders() {
        return ResponseHeadersPolicy.Builder.create(this, "PageHeaders")
                .comment("Security headers of the pages of Parley")
                .securityHeadersBehavior(securityHeaders().build())
                .build();
    }

    private static ResponseSecurityHeadersBehavior.Builder securityHeaders() {
        return ResponseSecurityHeadersBehavior.builder()
                .strictTransportSecurity(ResponseHeadersStrictTransportSecurity.builder()
                        .accessControlMaxAge(YEAR)
                        .includeSubdomains(true)
                        .override(true)
                        .build())
                .contentTypeOptions(ResponseHeadersContentTypeOptions.builder()
                        .override(true)
                        .build())
                .frameOptions(ResponseHeadersFrameOptions.builder()
                        .frameOption(HeadersFrameOption.DENY)
                        .override(true)
                        .build())
                .referrerPolicy(ResponseHeadersReferrerPolicy.builder()
                        .referrerPolicy(HeadersReferrerPolicy.NO_REFERRER)
                        .override(true)
                        .build());
    }
}
