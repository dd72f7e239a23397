package dev.parley.infra.region;

import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * What the first Region has made and the second one uses too. The first Region writes down in Parameter Store what it is called,
 * since nothing that is kept when its stack is deleted has a name that is known before.
 */
public enum SharedPart {
    /** The name of the bucket of files and images. */
    FILES("files"),
    /** The ARN of the key that the bucket is encrypted with. */
    FILES_KEY("files-key"),
    /** The ARN of the secret with the keys that links to files are signed with. */
    LINK_KEY("link-key");

    private final String title;

    SharedPart(String title) {
        this.title = title;
    }

    /** The name of its parameter. */
    String parameter(RegionPlace place) {
        return "/" + place.deployment() + "/shared/" + title;
    }

    /** Writes down what it is called. */
    public void publish(Construct scope, RegionPlace place, String value) {
        StringParameter.Builder.create(scope, "Shared-" + title)
                .parameterName(parameter(place))
                .description("For the other Region of Parley")
                .stringValue(value)
                .build();
    }
}
