package dev.parley.local.lambda;

/** The AWS account and Region that the local cloud shows to functions and in ARNs. */
public final class LocalAccount {

    /** The Region in ARNs and events. */
    public static final String REGION = "us-east-1";

    /** The account id in ARNs and queue URLs. */
    public static final String ID = "000000000000";

    private LocalAccount() {}

    /** The ARN of a function, without version or alias. */
    public static String functionArn(String functionName) {
        return "arn:aws:lambda:" + REGION + ":" + ID + ":function:" + functionName;
    }

    /** The ARN of a queue. */
    public static String queueArn(String queueName) {
        return "arn:aws:sqs:" + REGION + ":" + ID + ":" + queueName;
    }

    /** The ARN of a schedule in the default group. */
    public static String scheduleArn(String scheduleName) {
        return "arn:aws:scheduler:" + REGION + ":" + ID + ":schedule/default/" + scheduleName;
    }
}
