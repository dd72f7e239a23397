package dev.parley.catalog;

/** What an alert makes of minutes without a number. */
public enum MissingData {
    /** Nothing happened, so nothing is wrong: nobody asked, so nobody got an error. */
    FINE,
    /** The number always comes, so its absence is the failure. */
    BAD,
    /** Nothing can be said: the alert stays as it is. */
    UNKNOWN
}
